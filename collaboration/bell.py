"""Redis only rings: "board 12 is at version 345". The database knows what is new."""

import functools
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

CHANNEL = "waymark:bell"
LEFT_ALONE_SECONDS = 5.0
_left_alone_until: "WeakKeyDictionary[redis.Redis, float]" = WeakKeyDictionary()
logger = logging.getLogger(__name__)


@functools.cache
def connection() -> redis.Redis:
    """One client a process, with short deadlines: a bell that hangs must not hang a page."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=settings.REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=settings.REDIS_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


@contextmanager
def line() -> Iterator[redis.Redis]:
    """The client. After a silence it is left alone for some seconds and raises at once: not
    every edit has to wait for a Redis that does not answer."""
    client = connection()
    if time.monotonic() < _left_alone_until.get(client, 0.0):
        raise redis.ConnectionError("left alone")
    try:
        yield client
    except (redis.RedisError, OSError):
        _left_alone_until[client] = time.monotonic() + LEFT_ALONE_SECONDS
        raise


def ring(board_id: int, version: int) -> None:
    """Tell the live process; when Redis is away it finds out by asking the database."""
    try:
        with line() as client:
            client.publish(CHANNEL, f"{board_id}:{version}")
    except (redis.RedisError, OSError) as error:
        logger.warning("bell_not_heard", extra={"board": board_id, "error": type(error).__name__})

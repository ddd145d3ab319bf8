"""Redis only rings: "board 12 is at version 345". The database knows what is new."""

import functools
import logging

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

CHANNEL = "waymark:bell"
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


def ring(board_id: int, version: int) -> None:
    """Tell the live process; when Redis is away it finds out by asking the database."""
    try:
        connection().publish(CHANNEL, f"{board_id}:{version}")
    except (redis.RedisError, OSError) as error:
        logger.warning("bell_not_heard", extra={"board": board_id, "error": type(error).__name__})

"""In which cell somebody works: a hint in Redis that fades, never in the database."""

import json
import re
import time
from collections.abc import Iterable

import structlog
from redis import RedisError

from collaboration import bell

KEY = "waymark:at"
CHANNEL = "waymark:here"
FADES_AFTER_SECONDS = 45
PLACE = re.compile(r"(cell-\d{1,15}-\d{1,15}|[a-z]{1,20}(-name)?-\d{1,15})?")
logger = structlog.get_logger(__name__)


def key_of(board_id: int) -> str:
    return f"{KEY}:{board_id}"


def be_at(board_id: int, who: int, place: str) -> None:
    """Tell the live processes where somebody is; an empty place takes the mark away."""
    try:
        with bell.line() as client, client.pipeline(transaction=False) as commands:
            if place:
                commands.hset(key_of(board_id), str(who), json.dumps([time.time(), place]))
            else:
                commands.hdel(key_of(board_id), str(who))
            commands.expire(key_of(board_id), FADES_AFTER_SECONDS * 2)
            commands.publish(CHANNEL, str(board_id))
            commands.execute()
    except (RedisError, OSError) as error:
        logger.warning("place_not_told", board=board_id, error=type(error).__name__)


def places_in(kept: Iterable[tuple[str, str]], now: float) -> dict[int, str]:
    """Where people are by their ids, out of what Redis keeps; without what has faded."""
    found = {}
    for who, entry in kept:
        at, place = json.loads(entry)
        if at > now - FADES_AFTER_SECONDS:
            found[int(who)] = place
    return found

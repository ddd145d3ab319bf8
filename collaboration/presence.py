"""Who is here: kept in Redis as a hint that fades, shown as a piece of the page.

Each live process writes only its own people and reads everybody's. When Redis is away, or
forgets, a process shows the people whose streams it holds itself.
"""

import json
import secrets
import time
from collections.abc import Collection
from typing import NamedTuple

import structlog
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from redis import RedisError
from redis.asyncio import Redis

from collaboration import bell
from collaboration.live import pieces
from collaboration.places import CHANNEL, key_of, places_in

FADES_AFTER_SECONDS = 20
MOST_SHOWN = 8
logger = structlog.get_logger(__name__)


class Person(NamedTuple):
    user_id: int
    name: str
    initials: str
    colour: int
    place: str = ""

    @property
    def is_guest(self) -> bool:
        """Guests have numbers below nought: they have no account."""
        return self.user_id < 0


class Presence:
    """What this process knows and tells about who has which board open."""

    def __init__(self, redis: Redis) -> None:
        self.process = secrets.token_hex(4)
        self._redis = redis
        self._told: dict[int, frozenset[Person]] = {}
        self._retry_at = 0.0

    async def exchange(self, board_id: int, here: Collection[Person]) -> set[Person]:
        """Tell the others who is here with us, and learn who is here altogether."""
        people = frozenset(here)
        nothing_to_tell = not people and board_id not in self._told
        if nothing_to_tell or time.monotonic() < self._retry_at:
            return set(people)
        try:
            return await self._exchange(board_id, people)
        except (RedisError, OSError, TimeoutError) as error:
            self._retry_at = time.monotonic() + 5
            logger.warning("presence_alone", error=type(error).__name__)
            return set(people)

    async def _exchange(self, board_id: int, people: frozenset[Person]) -> set[Person]:
        key = f"{CHANNEL}:{board_id}"
        told = self._told.get(board_id, frozenset())
        now = time.time()
        async with self._redis.pipeline(transaction=False) as commands:
            for person in people:
                commands.hset(key, self._name(person), json.dumps([now, *person]))
            for person in told - people:
                commands.hdel(key, self._name(person))
            commands.expire(key, FADES_AFTER_SECONDS * 3)
            if people != told:
                commands.publish(CHANNEL, str(board_id))
            commands.hvals(key)
            commands.hgetall(key_of(board_id))
            *_, kept, places = await commands.execute()
        self._told[board_id] = people
        if not people:
            del self._told[board_id]
        entries = [json.loads(entry) for entry in kept]
        here = {Person(*rest) for at, *rest in entries if at > now - FADES_AFTER_SECONDS} | people
        at = places_in(places.items(), now)
        return {person._replace(place=at.get(person.user_id, "")) for person in here}

    def _name(self, person: Person) -> str:
        return f"{self.process}:{person.user_id}"


def people_at(board_ids: Collection[int]) -> dict[int, list[Person]]:
    """Who has these boards open, by name; one round trip, and nobody where Redis is away."""
    try:
        with bell.connection().pipeline(transaction=False) as commands:
            for board_id in board_ids:
                commands.hvals(f"{CHANNEL}:{board_id}")
            kept = commands.execute()
    except (RedisError, OSError) as error:
        logger.warning("presence_unknown", error=type(error).__name__)
        return {}
    since = time.time() - FADES_AFTER_SECONDS
    return {
        board_id: _by_name({Person(*rest) for at, *rest in map(json.loads, entries) if at > since})
        for board_id, entries in zip(board_ids, kept, strict=True)
    }


def _by_name(people: Collection[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.name.casefold(), person.user_id))


def draw_presence(people: Collection[Person], language: str) -> SafeString:
    """The piece of the page that shows who is here, in one language."""
    shown = _by_name(people)
    with translation.override(language):
        html = render_to_string(
            "collaboration/_presence.html",
            {"people": shown[:MOST_SHOWN], "others": shown[MOST_SHOWN:]},
        )
    return pieces([("presence", html)], "outerMorph")

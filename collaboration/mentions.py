"""Mentions in comments: `@[Name](user:7)`, made true when a comment is written.

A stored mention names somebody who could read the board then, by their own name; whatever
else looks like one is kept as plain text. So to show a comment needs no look-up and tells
nobody's name that its writer did not know.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from collaboration.mentioning import MARK
from collaboration.models import Board
from collaboration.roles import people_on
from teams.models import User

MOST_MENTIONS = 20
MOST_OFFERED = 8
NOT_IN_NAMES = str.maketrans("[]()", "    ")


def readers_of(board: Board, among: Iterable[int] | None = None) -> list[User]:
    """The people who may read a board, by name; of `among` alone where it is given."""
    people = people_on(board).order_by("name", "email")
    return list(people if among is None else people.filter(pk__in=list(among)))


def people_called(board: Board, words: str) -> list[User]:
    """Readers of the board whose name or address has a word that starts so; a few."""
    found = readers_of(board)
    start = " ".join(words.split()).casefold()
    return [person for person in found if _starts(person, start)][:MOST_OFFERED]


def _starts(person: User, start: str) -> bool:
    name = str(person).casefold()
    return name.startswith(start) or any(word.startswith(start) for word in name.split())


def true_mentions(board: Board, body: str) -> str:
    """The text with true mentions only: of readers, by their present names, 20 at most.

    A typed `@Name` is one, too, where exactly one reader has that name.
    """
    if "@" not in body:
        return body
    readers = readers_of(board)
    asked = mentioned_in(body)
    people = {person.pk: person for person in readers if person.pk in asked}

    def rewritten(found: re.Match[str]) -> str:
        person = people.get(int(found[2]))
        return mention(person) if person else f"@{found[1]}"

    return _with_typed_names(MARK.sub(rewritten, body), readers)


def _with_typed_names(body: str, readers: Iterable[User]) -> str:
    """The longest name that stands there counts; of two people with one name neither is meant."""
    named: dict[str, list[User]] = defaultdict(list)
    for person in readers:
        named[name_in_mention(person).casefold()].append(person)
    longest_first = sorted(named, key=len, reverse=True)
    known = set(mentioned_in(body))

    def rewritten(found: re.Match[str]) -> str:
        people = named.get(found[1].casefold(), [])
        if len(people) != 1 or len(known | {people[0].pk}) > MOST_MENTIONS:
            return found[0]
        known.add(people[0].pk)
        return mention(people[0])

    names = "|".join(map(re.escape, longest_first))
    return re.sub(rf"(?<!\w)@({names})(?!\w)", rewritten, body, flags=re.IGNORECASE)


def mention(person: User) -> str:
    return f"@[{name_in_mention(person)}](user:{person.pk})"


def name_in_mention(person: User) -> str:
    return " ".join(str(person).translate(NOT_IN_NAMES).split()) or str(person.pk)


def mentioned_in(body: str) -> list[int]:
    """Ids of the people whom a stored text mentions, each once."""
    return list(dict.fromkeys(int(found[2]) for found in MARK.finditer(body)))[:MOST_MENTIONS]


def mentions(user_id: int) -> Q:
    """Comments whose text mentions this person."""
    return Q(body__contains=f"](user:{user_id})")

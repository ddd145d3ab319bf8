"""The summary on one page, for those who decide and have five minutes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workshops.summary.fitting import Room, fit
from workshops.summary.journey import Size
from workshops.summary.matter import Matter

WIDTH = 24.0
"""Of a column, in em of its text."""

VOTES = 3.0
"""Room for how many votes a problem has, beside it."""

HEIGHTS = (26.0, 20.0, 14.0, 8.0)
"""Of a list, in em; the first that leaves all of it on one page."""


def drafts(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    for height in HEIGHTS:
        yield "workshops/summary/page.html", _lists(matter, height)


def _lists(matter: Matter, height: float) -> dict[str, Any]:
    room = Room(WIDTH, height, extra=0.8, most_lines=2)
    two_lines = replace(room, extra=room.extra + room.line)
    return {
        "problems": fit(
            matter.problems, replace(room, width=WIDTH - VOTES), lambda one: one.item.text
        ),
        "solutions": fit(matter.solutions, two_lines, lambda one: one.rated.proposal.title),
        "actions": fit(matter.actions, two_lines, str),
        "strips": matter.journey.strips_of(40, Size(660, 90)),
    }

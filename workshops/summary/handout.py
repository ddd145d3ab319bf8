"""A table to work on with a pen: problems beside what is done about them, and room for notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workshops.models import Action
from workshops.summary.fitting import shortened
from workshops.summary.matter import Matter
from workshops.summary.problems import Said
from workshops.summary.solutions import Solution

TEXT_WIDTH, MOST_LINES = 21.0, 10
"""Of a problem, in em of its text; the whole of it stands in the whole summary."""


@dataclass(frozen=True)
class Line:
    """A problem, or a proposal that solves none of them, with what was decided about it."""

    said: Said | None
    text: str
    solutions: list[Solution]
    actions: list[Action]


@dataclass(frozen=True)
class Block:
    title: str
    lines: list[Line]


def drafts(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "workshops/summary/handout.html", {"blocks": blocks_of(matter), "rest": rest_of(matter)}


def blocks_of(matter: Matter) -> list[Block]:
    """Stage by stage, the problems with the most votes first."""
    return [
        Block(part.stage.title if part.stage else "", [_line(matter, one) for one in part.problems])
        for part in matter.words
        if part.problems
    ]


def rest_of(matter: Matter) -> list[Line]:
    """Proposals that solve no problem in particular, and actions that come from no proposal."""
    loose = [one for one in matter.solutions if not _solves_a_problem(matter, one)]
    lines = [Line(None, "", [one], _actions_of(matter, [one])) for one in loose]
    alone = [action for action in matter.actions if action.proposal_id is None]
    return [*lines, *(Line(None, "", [], [action]) for action in alone)]


def _solves_a_problem(matter: Matter, solution: Solution) -> bool:
    problems = {one.item.pk for one in matter.problems}
    return solution.rated.proposal.solves_id in problems


def _line(matter: Matter, said: Said) -> Line:
    answers = [one for one in matter.solutions if one.rated.letter in said.letters]
    text = shortened(said.item.text, TEXT_WIDTH, MOST_LINES)
    return Line(said, text, answers, _actions_of(matter, answers))


def _actions_of(matter: Matter, answers: list[Solution]) -> list[Action]:
    proposals = {one.rated.proposal.pk for one in answers}
    return [action for action in matter.actions if action.proposal_id in proposals]

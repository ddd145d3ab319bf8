"""Findings of walks that become problems of workshops: the next workshop on the journey gets them.

Workshops are an app above this one; it registers what keeps problems in AppConfig.ready().
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from collaboration.editing import Refused
from journeys.models import Journey
from teams.access import Actor
from touchpoints.walk_models import Answer, WalkStep

MOST_LETTERS = 700
"""Of what was found; the problem says where it comes from, too."""


@dataclass(frozen=True)
class Place:
    """Where a finding stands as a problem: the workshop's title, and the address of the problem."""

    item_id: int
    title: str
    address: str


class ProblemBook(Protocol):
    def take(self, journey: Journey, step: WalkStep, *, by: Actor) -> bool:
        """Write the finding down as a problem of the next workshop; False where none is planned.

        The journey is being edited, so nobody plans a workshop on it meanwhile.
        """

    def places(self, step_ids: Collection[int]) -> dict[int, Place]:
        """Where findings stand now, by the step's id, in workshops that are not deleted."""


_books: list[ProblemBook] = []


def register(book: ProblemBook) -> None:
    _books.append(book)


def places_of(step_ids: Collection[int]) -> dict[int, Place]:
    """One query a book, whatever the number of steps."""
    return {pk: place for book in _books for pk, place in book.places(step_ids).items()}


def bring_problem(step: WalkStep, *, by: Actor) -> None:
    """Make a finding a problem for the next workshop: written down there at once where one is
    planned, kept on the journey until one is otherwise. Done once, however often it is asked."""
    journey = Journey.objects.select_related("workspace").get(pk=step.board_id)
    with journey.editing(by=by) as edit:
        present = WalkStep.objects.select_related("walk", "stage", "touchpoint").get(pk=step.pk)
        if present.waits or places_of([present.pk]):
            return
        if not is_finding(present):
            raise Refused(_("Nothing was found wrong here, and nothing better: say more first."))
        if any(book.take(journey, present, by=by) for book in _books):
            edit.touch(present)
        else:
            present.waits = True
            present.save()


def keep_problem_back(step: WalkStep, *, by: Actor) -> None:
    """The finding waits for the next workshop no more."""
    with step.board.editing(by=by):
        step.waits = False
        step.save()


# --- In words ----------------------------------------------------------------------------------
def is_finding(step: WalkStep) -> bool:
    """Whether it says anything that could be a problem of ours."""
    faults = {Answer.NO, Answer.PARTLY}
    wrong = step.missing or step.worked in faults or step.helped_goal in faults
    return bool(wrong or (step.walk.competitor and step.better))


def words_of(step: WalkStep) -> str:
    """The finding as the text of a problem."""
    said = [words for words in (_fault(step), step.missing, _better(step)) if words]
    origin = _("Walk: %(company)s, %(place)s") % {"company": step.walk, "place": step.where}
    found = "\n".join(said)[:MOST_LETTERS]
    return f"{found}\n({origin})"


def _fault(step: WalkStep) -> str:
    """Said only where no words say what was missing."""
    if step.missing:
        return ""
    if step.worked in {Answer.NO, Answer.PARTLY}:
        did_not = _("“%(place)s” did not work.")
        half = _("“%(place)s” worked only in part.")
        return (did_not if step.worked == Answer.NO else half) % {"place": step.where}
    if step.helped_goal in {Answer.NO, Answer.PARTLY}:
        return _("“%(place)s” did not bring the customer to the goal.") % {"place": step.where}
    return ""


def _better(step: WalkStep) -> str:
    if not (step.walk.competitor and step.better):
        return ""
    words = _("%(company)s does it better: %(better)s")
    return words % {"company": step.walk.company, "better": step.better}

"""Where voting and rating stand: what waits for its reveal, and what came out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workshops.agenda_models import AgendaItem
from workshops.models import Contribution, Participant, Workshop
from workshops.round_models import Ask, Round
from workshops.rounds import answers_in
from workshops.selectors import Column

MOST_VOTED = 12


@dataclass(frozen=True)
class Waiting:
    """A round that is not revealed: how many of the participants have answered."""

    round: Round
    title: str
    answered: int
    expected: int

    @property
    def ask(self) -> str:
        return self.round.ask

    @property
    def scale(self) -> int:
        """The end of a bar, never nought."""
        return max(self.expected, self.answered, 1)


@dataclass(frozen=True)
class Voted:
    """A contribution with its dots; `share` of 100 of the dots of the first."""

    contribution: Contribution
    dots: int
    share: int


def rounds_of(workshop: Workshop) -> list[Round]:
    return list(Round.objects.filter(board=workshop.pk).order_by("pk"))


def waiting_rounds(rounds: Sequence[Round], agenda: Sequence[AgendaItem]) -> list[Waiting]:
    """One query for the participants, one for each round."""
    sealed = [one for one in rounds if one.is_sealed]
    if not sealed:
        return []
    expected = Participant.objects.filter(board=sealed[0].board_id).count()
    titles = {item.pk: str(item) for item in agenda}
    return [
        Waiting(
            one,
            titles.get(one.activity_id, one.get_ask_display()),
            answers_in(one),
            expected,
        )
        for one in sealed
    ]


def last_revealed(rounds: Sequence[Round], ask: Ask) -> Round | None:
    """The latest round of a kind, where nothing of that kind is sealed."""
    of_kind = [one for one in rounds if one.ask == ask.value]
    return of_kind[-1] if of_kind and not any(one.is_sealed for one in of_kind) else None


def most_voted(columns: Iterable[Column]) -> list[Voted]:
    """The first of those that have dots."""
    said = (one for column in columns for one in column.contributions)
    given = [(one, one.dots) for one in said if one.dots]  # type: ignore[attr-defined]
    given.sort(key=lambda pair: (-pair[1], pair[0].pk))
    most = given[0][1] if given else 1
    return [Voted(one, dots, round(100 * dots / most)) for one, dots in given[:MOST_VOTED]]

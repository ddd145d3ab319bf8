"""What was said, stage by stage, with the votes for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshops.models import Contribution, ContributionKind, ScopeStage
from workshops.selectors import Column, RatedProposal


@dataclass(frozen=True)
class Said:
    """A contribution with its votes and the letters of the proposals that solve it."""

    item: Contribution
    stage: ScopeStage | None
    votes: int
    letters: tuple[str, ...]

    @property
    def is_problem(self) -> bool:
        return self.item.kind == ContributionKind.PROBLEM


@dataclass(frozen=True)
class StageWords:
    """What was said about a stage; `stage` is None for the whole journey."""

    stage: ScopeStage | None
    problems: list[Said]
    others: list[Said]

    @property
    def votes(self) -> int:
        return sum(one.votes for one in self.problems)


def stage_words(
    columns: Sequence[Column], votes: Mapping[int, int], rated: Sequence[RatedProposal]
) -> list[StageWords]:
    """In the order of the board, without stages that nobody said anything about; in each the
    problems with the most votes first."""
    letters = _letters(rated)
    told = []
    for column in columns:
        said = [
            Said(item, column.stage, votes.get(item.pk, 0), tuple(letters[item.pk]))
            for item in column.contributions
        ]
        if said:
            said.sort(key=lambda one: -one.votes)
            problems = [one for one in said if one.is_problem]
            others = sorted((one for one in said if not one.is_problem), key=_order_of_kinds)
            told.append(StageWords(column.stage, problems, others))
    return told


def _letters(rated: Sequence[RatedProposal]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in rated:
        if one.proposal.solves_id is not None:
            found[one.proposal.solves_id].append(one.letter)
    return found


def _order_of_kinds(said: Said) -> int:
    return ContributionKind.values.index(said.item.kind)


def most_wanted(words: Sequence[StageWords]) -> list[Said]:
    """All problems, those with the most votes first, then those that somebody has an answer to."""
    problems = [one for part in words for one in part.problems]
    return sorted(problems, key=lambda one: (-one.votes, not one.letters))


def unsolved(words: Sequence[StageWords]) -> list[Said]:
    """Problems that no proposal solves, those with the most votes first."""
    return [one for one in most_wanted(words) if not one.letters]


def questions(words: Sequence[StageWords]) -> list[Said]:
    """Questions that nobody has answered by a proposal."""
    return [
        one
        for part in words
        for one in part.others
        if one.item.kind == ContributionKind.QUESTION and not one.letters
    ]

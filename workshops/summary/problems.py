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
    def about(self) -> str:
        """Who said it, where nobody asked to be left out, at which touchpoint, in which group."""
        item = self.item
        department = item.participant.department if item.participant else ""
        group = item.cluster.name if item.cluster else ""
        return " · ".join(
            filter(None, (item.author_name, department, item.touchpoint_title, group))
        )

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


@dataclass(frozen=True)
class Group:
    """Contributions about one thing, with all votes for them."""

    name: str
    said: list[Said]

    @property
    def votes(self) -> int:
        return sum(one.votes for one in self.said)


def groups_of(words: Sequence[StageWords]) -> list[Group]:
    """The groups that have a name, those with the most votes first, then the largest."""
    found: dict[int, Group] = {}
    for part in words:
        for one in (*part.problems, *part.others):
            cluster = one.item.cluster
            if cluster and cluster.name:
                found.setdefault(cluster.pk, Group(cluster.name, [])).said.append(one)
    return sorted(found.values(), key=lambda group: (-group.votes, -len(group.said)))


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

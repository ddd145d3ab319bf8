"""Proposals with what the group thinks of them, and how far it agrees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from collaboration.drawings import image_of
from workshops.chart import chart_of
from workshops.selectors import RatedProposal

FAR_APART = 3
"""Marks of one proposal this far from each other are worth talking about."""


@dataclass(frozen=True)
class Solution:
    """A proposal in its rank; `is_decided` where an action came of it."""

    rated: RatedProposal
    is_decided: bool

    @property
    def feasibilities(self) -> tuple[int, int]:
        """The lowest and the highest mark."""
        return _ends([rating.feasibility for rating in self.rated.ratings])

    @property
    def effects(self) -> tuple[int, int]:
        return _ends([rating.effect for rating in self.rated.ratings])

    @property
    def is_disputed(self) -> bool:
        return any(high - low >= FAR_APART for low, high in (self.feasibilities, self.effects))


def _ends(marks: Sequence[int]) -> tuple[int, int]:
    return (min(marks), max(marks)) if marks else (0, 0)


def solutions_of(ranked: Sequence[RatedProposal], decided: Collection[int]) -> list[Solution]:
    return [Solution(one, one.proposal.pk in decided) for one in ranked]


def chart_image(rated: Sequence[RatedProposal]) -> str:
    return image_of("workshops/_rating_chart.html", {"chart": chart_of(rated)})

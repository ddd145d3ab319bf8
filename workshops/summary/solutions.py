"""Proposals with what the group thinks of them, and how far it agrees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from collaboration.drawings import image_of
from workshops.chart import chart_of
from workshops.selectors import RatedProposal


@dataclass(frozen=True)
class Solution:
    """A proposal in its rank; `is_decided` where an action came of it."""

    rated: RatedProposal
    is_decided: bool

    @property
    def is_disputed(self) -> bool:
        return bool(self.rated.disputes)


def solutions_of(ranked: Sequence[RatedProposal], decided: Collection[int]) -> list[Solution]:
    return [Solution(one, one.proposal.pk in decided) for one in ranked]


def chart_image(rated: Sequence[RatedProposal]) -> str:
    return image_of("workshops/_rating_chart.html", {"chart": chart_of(rated)})

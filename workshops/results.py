"""What a rating showed: how far marks lie apart, what departments think, what to talk about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median, quantiles

from workshops.models import Rating

FEW = 4
"""Below so many marks, the whole range is their spread."""

FAR_APART = 2
"""So many marks apart is worth talking about."""

MOST_TO_TALK_ABOUT = 5


@dataclass(frozen=True)
class Marks:
    """What was given on one scale, in order; `earlier` is the median of the round before."""

    given: tuple[int, ...]
    earlier: float | None = None

    @property
    def median(self) -> float:
        return median(self.given)

    @property
    def low(self) -> int:
        return self.given[0]

    @property
    def high(self) -> int:
        return self.given[-1]

    @cached_property
    def middle(self) -> tuple[float, float]:
        """Between these lies the middle half of the marks; of few marks, all."""
        if len(self.given) < FEW:
            return self.low, self.high
        first, _second, third = quantiles(self.given, n=4, method="inclusive")
        return first, third

    @property
    def spread(self) -> float:
        """How far the middle half of the marks lies apart, 0 to 4: one stray mark is no dispute."""
        low, high = self.middle
        return high - low


@dataclass(frozen=True)
class DepartmentMarks:
    """What the people of one department gave, by their medians."""

    name: str
    count: int
    feasibility: float
    effect: float


def marks_of(ratings: Iterable[Rating], scale: str) -> Marks | None:
    """On the scale `feasibility` or `effect`; None where nothing was given."""
    rows = list(ratings)
    before = [getattr(one, f"earlier_{scale}") for one in rows]
    again = [mark for mark in before if mark is not None]
    # Whoever did not rate again had the same mark in the round before.
    stayed = [getattr(one, scale) for one, mark in zip(rows, before, strict=True) if mark is None]
    earlier = median(again + stayed) if again else None
    given = tuple(sorted(getattr(one, scale) for one in rows))
    return Marks(given, earlier) if given else None


def departments_in(ratings: Iterable[Rating]) -> list[DepartmentMarks]:
    """By name; without what nobody of a known department gave. Each rating has its participant."""
    groups: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings:
        if rating.participant and rating.participant.department:
            groups[rating.participant.department].append(rating)
    return [
        DepartmentMarks(
            name,
            len(group),
            median(one.feasibility for one in group),
            median(one.effect for one in group),
        )
        for name, group in sorted(groups.items(), key=lambda pair: pair[0].casefold())
    ]


@dataclass(frozen=True)
class Dispute:
    """On one scale of one proposal: people or departments see it differently."""

    scale: str
    marks: Marks
    highest: DepartmentMarks | None = None
    lowest: DepartmentMarks | None = None

    @property
    def gap(self) -> float:
        """Between the medians of the two departments that lie farthest apart."""
        if self.highest is None or self.lowest is None:
            return 0
        return float(getattr(self.highest, self.scale) - getattr(self.lowest, self.scale))

    @property
    def size(self) -> float:
        return max(self.marks.spread, self.gap)

    @property
    def is_between_departments(self) -> bool:
        return self.gap >= FAR_APART

    @property
    def high_mark(self) -> float | None:
        return self._mark_of(self.highest)

    @property
    def low_mark(self) -> float | None:
        return self._mark_of(self.lowest)

    def _mark_of(self, department: DepartmentMarks | None) -> float | None:
        return None if department is None else float(getattr(department, self.scale))


def disputes_in(ratings: Sequence[Rating]) -> list[Dispute]:
    """The scales on which marks or departments lie far apart, the farthest first."""
    departments = departments_in(ratings)
    found = []
    for scale in ("feasibility", "effect"):
        marks = marks_of(ratings, scale)
        if marks is None:
            continue
        ends = sorted(departments, key=lambda one, scale=scale: getattr(one, scale))  # type: ignore[misc]
        pair = (ends[-1], ends[0]) if len(ends) > 1 else (None, None)
        dispute = Dispute(scale, marks, *pair)
        if dispute.size >= FAR_APART:
            found.append(dispute)
    return sorted(found, key=lambda one: -one.size)

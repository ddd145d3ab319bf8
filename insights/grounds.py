"""On what a map rests: for each claim whether it was assumed, observed or contradicted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collaboration.models import Board
from insights.models import Evidence, InsightKind, News, SourceKind
from journeys.lanes import CellKey
from journeys.models import Lane, Note, Stage
from touchpoints.models import Touchpoint

Item = tuple[str, int]
"""What a claim is: ("note", 12) or ("touchpoint", 3)."""

OPINION = 1
STRENGTH = {
    SourceKind.INTERVIEW: 5,
    SourceKind.LISTENING: 4,
    SourceKind.SURVEY: 3,
    SourceKind.REVIEW: 3,
    SourceKind.VISIT: 2,
    SourceKind.ANALYTICS: 2,
}
"""How much a source weighs; without one it is an opinion, which proves nothing."""

WHAT = frozenset(
    {InsightKind.CHALLENGE, InsightKind.PAIN, InsightKind.GAIN, InsightKind.PERFORMANCE}
)
"""Kinds that tell what happens; the others tell why."""


class Status(TextChoices):
    ASSUMED = "assumed", gettext_lazy("Assumed")
    OBSERVED = "observed", gettext_lazy("Observed")
    CONTRADICTED = "contradicted", gettext_lazy("Contradicted")


@dataclass
class Ground:
    """What is known of one claim, or of several together."""

    supports: int = 0
    contradicts: int = 0
    strength: int = 0
    """Of the strongest source, 0 to 5."""

    def add(self, stance: str, strength: int) -> None:
        if stance == Evidence.Stance.CONTRADICTS:
            self.contradicts += 1
        else:
            self.supports += 1
        self.strength = max(self.strength, strength)

    def join(self, other: "Ground") -> None:
        self.supports += other.supports
        self.contradicts += other.contradicts
        self.strength = max(self.strength, other.strength)

    @property
    def status(self) -> Status:
        if self.contradicts:
            return Status.CONTRADICTED
        return Status.OBSERVED if self.strength > OPINION else Status.ASSUMED

    @property
    def words(self) -> str:
        """The status with what it rests on, as a sentence for people."""
        parts = [str(self.status.label)]
        if self.supports:
            parts.append(
                ngettext("%(n)s insight for it", "%(n)s insights for it", self.supports)
                % {"n": self.supports}
            )
        if self.contradicts:
            parts.append(
                ngettext("%(n)s against it", "%(n)s against it", self.contradicts)
                % {"n": self.contradicts}
            )
        if self.supports or self.contradicts:
            parts.append(_("strength %(strength)s of 5") % {"strength": self.strength or OPINION})
        return " · ".join(parts)


def strength_of(source_kind: str | None) -> int:
    return STRENGTH.get(source_kind or "", OPINION)  # type: ignore[call-overload, no-any-return]


# --- Claims --------------------------------------------------------------------------------
def grounds_of(board: Board) -> dict[Item, Ground]:
    """The ground of every note, touchpoint and stage about which there is evidence; one query."""
    rows = Evidence.objects.filter(board=board.pk).values_list(
        "stage_id", "note_id", "touchpoint_id", "stance", "insight__source__kind"
    )
    found: dict[Item, Ground] = defaultdict(Ground)
    for stage_id, note_id, touchpoint_id, stance, kind in rows:
        item = (
            ("note", note_id)
            if note_id
            else ("touchpoint", touchpoint_id)
            if touchpoint_id
            else ("stage", stage_id)
        )
        found[item].add(stance, strength_of(kind))
    return dict(found)


def hung_on(board: Board) -> dict[Item, tuple[str, str, str]]:
    """What the marks of a map show of it: status, words, and where the quotes are."""
    address = reverse("insights:grounds", args=[board.pk])
    return {
        item: (ground.status.value, ground.words, f"{address}?type={item[0]}&id={item[1]}")
        for item, ground in grounds_of(board).items()
        if item[0] != "stage"
    }


def is_about_an_item(evidence: Mapping[str, object]) -> bool:
    return bool(evidence.get("note_id") or evidence.get("touchpoint_id"))


# --- Coverage ------------------------------------------------------------------------------
@dataclass
class CellGround:
    """A cell of the map: its claims, those with evidence, and their ground together."""

    claims: int = 0
    proven: int = 0
    ground: Ground = field(default_factory=Ground)


@dataclass
class Coverage:
    """How much of a map rests on evidence."""

    stages: list[Stage]
    lanes: list[Lane]
    cells: dict[CellKey, CellGround]
    on_stages: dict[int, Ground]
    """What insights say about a stage as a whole."""
    kinds: Counter[str]
    news: Counter[str]
    """How often insights confirm, are new, or contradict, by `News`."""
    contradicted: list[Evidence]

    def of_stage(self, stage: Stage) -> CellGround:
        whole = _together(cell for (pk, _lane), cell in self.cells.items() if pk == stage.pk)
        whole.ground.join(self.on_stages.get(stage.pk, Ground()))
        return whole

    def of_lane(self, lane: Lane) -> CellGround:
        return _together(cell for (_stage, pk), cell in self.cells.items() if pk == lane.pk)

    @property
    def whole(self) -> CellGround:
        return _together(self.cells.values())

    @property
    def what(self) -> int:
        return sum(number for kind, number in self.kinds.items() if kind in WHAT)

    @property
    def why(self) -> int:
        return self.learnt - self.what

    @property
    def confirmed(self) -> int:
        return self.news[News.CONFIRMS]

    @property
    def new(self) -> int:
        return self.news[News.NEW]

    @property
    def learnt(self) -> int:
        return sum(self.kinds.values())


def coverage_of(board: Board) -> Coverage:
    """Eight queries, whatever the size of the map."""
    stages = list(Stage.objects.filter(board=board.pk).order_by("position"))
    lanes = list(Lane.objects.filter(board=board.pk).order_by("position"))
    places, grounds = _claims(board, lanes), grounds_of(board)
    cells: dict[CellKey, CellGround] = defaultdict(CellGround)
    for item, place in places.items():
        cell = cells[place]
        cell.claims += 1
        if ground := grounds.get(item):
            cell.proven += ground.strength > OPINION
            cell.ground.join(ground)
    on_stages = {pk: ground for (kind, pk), ground in grounds.items() if kind == "stage"}
    used = {lane_id for _stage, lane_id in cells}
    return Coverage(
        stages,
        [lane for lane in lanes if lane.pk in used],
        dict(cells),
        on_stages,
        _kinds(board),
        _news(board),
        _contradictions(board),
    )


def _claims(board: Board, lanes: Iterable[Lane]) -> dict[Item, CellKey]:
    """Every note and touchpoint with the cell in which it stands."""
    notes = Note.objects.filter(board=board.pk).values_list("pk", "stage_id", "lane_id")
    found: dict[Item, CellKey] = {("note", pk): (stage, lane) for pk, stage, lane in notes}
    lane = next((lane.pk for lane in lanes if lane.kind == "touchpoints"), None)
    if lane is not None:
        touchpoints = Touchpoint.objects.filter(board=board.pk).values_list("pk", "stage_id")
        found |= {("touchpoint", pk): (stage, lane) for pk, stage in touchpoints}
    return found


def _together(cells: Iterable[CellGround]) -> CellGround:
    whole = CellGround()
    for cell in cells:
        whole.claims += cell.claims
        whole.proven += cell.proven
        whole.ground.join(cell.ground)
    return whole


def _kinds(board: Board) -> Counter[str]:
    rows = Evidence.objects.filter(board=board.pk).order_by().values("insight__kind")
    counted: Any = rows.annotate(number=Count("insight", distinct=True))
    return Counter({row["insight__kind"]: row["number"] for row in counted})


def _news(board: Board) -> Counter[str]:
    rows = Evidence.objects.filter(board=board.pk).only("stance", "new_to_us", "stage")
    return Counter(one.news.value for one in rows)


def _contradictions(board: Board) -> list[Evidence]:
    against = Evidence.objects.filter(board=board.pk, stance=Evidence.Stance.CONTRADICTS)
    return list(
        against.defer("insight__found_by")
        .select_related("insight__source", "note", "touchpoint", "stage")
        .order_by("stage__position", "position")
    )

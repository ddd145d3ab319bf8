"""Every touchpoint of a journey in the order in which customers meet them, as a table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collaboration.live import Viewer
from collaboration.models import Board, Change
from journeys.models import Journey, Period, Persona, Stage
from journeys.selectors import personas_of
from touchpoints.choices import Contact, Use, Verdict
from touchpoints.models import Channel, Touchpoint
from touchpoints.selectors import channels_of
from touchpoints.side_pages import SidePage


@dataclass(frozen=True)
class Column:
    """What is read and edited together in one cell of the table."""

    key: str
    title: str | Promise
    fields: tuple[str, ...]
    kind: str = "text"


COLUMNS = (
    Column("title", _("Touchpoint"), ("title",), "title"),
    Column("channel", _("Channel"), ("channel",)),
    Column("use", _("Customers use it"), ("use", "why_unused")),
    Column("importance", _("Importance to them"), ("importance",), "number"),
    Column("our_importance", _("Importance to us"), ("our_importance",), "number"),
    Column("satisfaction", _("How well it works"), ("satisfaction",), "number"),
    Column("marks", _("Marks"), ("moment_of_truth", "missing")),
    Column("with", _("With whom"), ("party", "actor", "contact", "persona")),
    Column("device", _("Device"), ("device",)),
    Column("verdict", _("Verdict"), ("verdict", "verdict_on")),
    Column("owner", _("Responsible"), ("department", "owner")),
    Column("helpers", _("Also involved"), ("helpers", "downstream")),
    Column("strengths", _("Strengths"), ("strengths",), "long"),
    Column("weaknesses", _("Weaknesses"), ("weaknesses",), "long"),
    Column("voice", _("Thinks, feels, says"), ("thinks", "feels", "says"), "long"),
)
BY_KEY = {column.key: column for column in COLUMNS}
USUAL = {"contact": Contact.WITH, "verdict": Verdict.UNKNOWN}
"""What goes without saying."""
MARKS = {"moment_of_truth": _("Moment of truth"), "missing": _("Missing")}


@dataclass(frozen=True)
class Cell:
    column: Column
    said: list[str]


@dataclass(frozen=True)
class Row:
    """A touchpoint with its number among those of its stage."""

    item: Touchpoint
    number: int

    @property
    def cells(self) -> list[Cell]:
        return [Cell(column, said(self.item, column)) for column in COLUMNS]


@dataclass
class StageRows:
    stage: Stage
    number: int
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Inventory:
    """All that the table shows; a constant number of queries."""

    journey: Journey
    stages: list[StageRows]
    channels: list[Channel]
    personas: list[Persona]

    @property
    def count(self) -> int:
        return sum(len(stage.rows) for stage in self.stages)

    @property
    def periods(self) -> list[tuple[str, str]]:
        return [(period.value, str(period.label)) for period in Period]

    @property
    def uses(self) -> list[tuple[str, str]]:
        return [(use.value, str(use.label)) for use in Use]


def inventory_of(journey: Journey) -> Inventory:
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    return Inventory(
        journey,
        [
            StageRows(stage, number, rows)
            for number, (stage, rows) in enumerate(_by_stage(stages, journey), 1)
        ],
        list(channels_of(journey.workspace_id)),
        personas_of(journey),
    )


def _by_stage(stages: Iterable[Stage], journey: Journey) -> list[tuple[Stage, list[Row]]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for item in ordered_touchpoints(journey):
        rows = found[item.stage_id]
        rows.append(Row(item, len(rows) + 1))
    return [(stage, found[stage.pk]) for stage in stages]


def ordered_touchpoints(journey: Journey) -> Any:
    """In the exact order in which customers meet them."""
    rows = Touchpoint.objects.filter(board=journey.pk).select_related("channel", "persona")
    return rows.order_by("stage__position", "position")


def said(item: Touchpoint, column: Column) -> list[str]:
    """What a cell says, one line for each field that says something."""
    lines = (_line(item, name) for name in column.fields)
    return [line for line in lines if line]


def _line(item: Touchpoint, name: str) -> str:
    value = getattr(item, name)
    if value in (None, "", False) or value == USUAL.get(name):
        return ""
    if name in MARKS:
        return str(MARKS[name])
    one: Any = Touchpoint._meta.get_field(name)
    if one.choices:
        return str(dict(one.flatchoices)[value])
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value)


def field_title(name: str) -> str:
    return str(capfirst(str(Touchpoint._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]


# --- The page --------------------------------------------------------------------------------
ROW = "inventory-row-"


class InventoryPage(SidePage):
    view: ClassVar[str] = "inventory"
    region: ClassVar[str] = "inventory"
    WHOLE: ClassVar[frozenset[str]] = frozenset({"inventory"})
    shows: ClassVar[frozenset[str]] = frozenset({"touchpoint", "stage", "journeypersona"})

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        ours = [change for change in changes if change.item_type in self.shows]
        if all(_stays(change) for change in ours):
            return {f"{ROW}{change.item_id}" for change in ours}
        return {self.region}

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        wanted = {int(name.removeprefix(ROW)) for name in regions if name.startswith(ROW)}
        drawn = super().draw(board, regions, viewer)
        if wanted:
            journey = Journey.objects.get(pk=board.pk)
            rows = (row for _stage, rows in _by_stage(_stages(journey), journey) for row in rows)
            drawn |= {
                f"{ROW}{row.item.pk}": row_html(journey, row, viewer)
                for row in rows
                if row.item.pk in wanted
            }
        return drawn

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return inventory_html(inventory_of(journey), viewer)


def _stages(journey: Journey) -> Iterable[Stage]:
    return Stage.objects.filter(board=journey.pk)


def _stays(change: Change) -> bool:
    """Whether it changes a row of the table and nothing else."""
    moved = {"stage_id", "position"} & change.after.keys()
    return change.item_type == "touchpoint" and change.action == Change.Action.UPDATE and not moved


def inventory_html(inventory: Inventory, viewer: Viewer) -> str:
    rows: Mapping[int, list[str]] = {
        stage.stage.pk: [row_html(inventory.journey, row, viewer) for row in stage.rows]
        for stage in inventory.stages
    }
    context = {
        "journey": inventory.journey,
        "inventory": inventory,
        "columns": COLUMNS,
        "stages": [(stage, rows[stage.stage.pk]) for stage in inventory.stages],
        "viewer": viewer,
    }
    return render_to_string("touchpoints/_inventory.html", context)


def row_html(journey: Journey, row: Row, viewer: Viewer) -> str:
    context = {"journey": journey, "row": row, "item": row.item, "viewer": viewer}
    return render_to_string("touchpoints/_inventory_row.html", context)

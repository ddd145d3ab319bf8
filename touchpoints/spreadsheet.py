"""Touchpoints as rows of a spreadsheet: what each column is, how a cell is said and understood.

What `said` writes, `understood` takes: in any of our languages, whoever wrote it.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from collaboration.cells import csv_lines, put
from collaboration.exporting import Options, Progress
from collaboration.importing.kinds import Field, WrongCells
from collaboration.importing.words import (
    NO,
    YES,
    NotUnderstood,
    choice_in,
    day_in,
    tick_in,
    whole_number_in,
)
from collaboration.models import Board
from journeys.models import Journey
from teams.access import Actor
from touchpoints.choices import Contact, Device, Party, Use, Verdict
from touchpoints.inventory import ordered_touchpoints
from touchpoints.models import Touchpoint

NAMED = ("stage", "channel", "persona")
CHOICES: dict[str, Any] = {
    "use": Use, "party": Party, "contact": Contact, "device": Device, "verdict": Verdict,
}  # fmt: skip
NUMBERS = ("importance", "our_importance", "satisfaction")
TICKS = ("moment_of_truth", "missing")
PLAIN = (
    "title", "use", "why_unused", "device", "party", "actor", "contact", "importance",
    "our_importance", "satisfaction", "moment_of_truth", "missing", "strengths", "weaknesses",
    "verdict", "verdict_on", "thinks", "feels", "says", "message", "department", "owner", "helpers",
    "downstream",
)  # fmt: skip
ALSO = {
    "title": ("touch point", "contact point", "name", "titel", "kontaktpunkt", "contactpunt"),
    "use": ("used", "usage", "brug", "användning", "gebruik"),
    "owner": ("responsible", "responsible person", "ansvarlig", "ansvarig", "verantwoordelijke"),
    "satisfaction": ("satisfaction", "tilfredshed", "nöjdhet", "tevredenheid"),
    "importance": ("importance", "vigtighed", "vikt", "belang"),
}


def _field(name: str) -> Field:
    title = capfirst(Touchpoint._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return Field(name, title, required=name == "title", also=ALSO.get(name, ()))


FIELDS = (
    Field("stage", gettext_lazy("Stage"), also=("phase", "step", "fase", "fas", "etape", "trin")),
    _field("title"),
    Field("channel", gettext_lazy("Channel"), also=("medium", "media")),
    *(_field(name) for name in PLAIN if name != "title"),
    Field("persona", gettext_lazy("Whose touchpoint"), also=("persona",)),
)


# --- Out -------------------------------------------------------------------------------------
def said(item: Touchpoint, key: str) -> Any:
    """A cell, in the language in force."""
    value = getattr(item, key)
    if key in NAMED:
        return str(value) if value else ""
    if key in CHOICES:
        return str(dict(CHOICES[key].choices).get(value, ""))
    if key in TICKS:
        return str(YES if value else NO)
    return value


def rows_of(journey: Journey) -> Iterator[list[Any]]:
    """The headings, and every touchpoint in the order in which customers meet it."""
    yield [str(field.title) for field in FIELDS]
    items = ordered_touchpoints(journey).select_related("stage", "channel", "persona")
    for item in items:
        yield [said(item, field.key) for field in FIELDS]


def render_inventory_csv(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    separator = "," if get_language() == "en" else ";"
    rows = rows_of(Journey.objects.get(pk=board.pk))
    return "".join(csv_lines(rows, separator=separator)).encode()


def render_inventory_xlsx(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    from journeys.export.archive import steady

    journey = Journey.objects.get(pk=board.pk)
    return steady(workbook_of(_("Touchpoints"), rows_of(journey)), journey.updated_at)


def workbook_of(title: str, rows: Iterator[list[Any]]) -> bytes:
    """One sheet with a row for each; the heads stay in sight."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    page = book.active
    page.title = title[:28]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = put(page, number, column, value)
            if number == 1:
                cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# --- In --------------------------------------------------------------------------------------
def understood(cells: Mapping[str, str]) -> dict[str, Any]:
    """The plain values of a touchpoint; raises WrongCells."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for key, text in cells.items():
        if key in NAMED:
            continue
        try:
            values[key] = _value(key, text)
        except NotUnderstood as reason:
            wrong[key] = str(reason)
    if values.get("use") == Use.NOT and not values.get("why_unused"):
        wrong["use"] = _("Say why customers do not use it.")
    if wrong:
        raise WrongCells(wrong)
    return values


def _value(key: str, text: str) -> Any:
    if key in CHOICES:
        return choice_in(CHOICES[key], text)
    if key in NUMBERS:
        return whole_number_in(text)
    if key in TICKS:
        return tick_in(text)
    return day_in(text) if key == "verdict_on" else text

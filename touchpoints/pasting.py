"""Touchpoints pasted as rows of a spreadsheet: all of them, as one edit, or none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.ordering import room_for
from journeys.models import Journey, Stage
from journeys.pasting import rows_of
from teams.access import Actor
from touchpoints.choices import Use
from touchpoints.models import Channel, Touchpoint
from touchpoints.selectors import channels_of

MOST_CHARACTERS = 1_000_000
MOST_ROWS = 1_000
MOST_WRONG = 20
"""How many wrong rows are told at once."""

STAGE, CHANNEL = "stage", "channel"
PASTED = (
    STAGE, "title", CHANNEL, "use", "why_unused", "importance", "our_importance", "satisfaction",
    "moment_of_truth", "missing", "actor", "department", "owner", "helpers", "downstream",
    "strengths", "weaknesses", "thinks", "feels", "says", "message",
)  # fmt: skip
"""The columns in their usual order, for a table whose first row does not name them."""
TICKS = {"1", "x", "✓", "true", "yes"}
NUMBERS = ("importance", "our_importance", "satisfaction")


class WrongRows(Refused):
    """Rows that cannot be touchpoints; `lines` says for each why not."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(_("Nothing was added.") + " " + " ".join(lines))
        self.lines = list(lines)


@dataclass(frozen=True)
class Library:
    """What the rows may name, by how it is written, in capitals or not."""

    stages: Mapping[str, Stage]
    channels: Mapping[str, Channel]


def titles_of_columns() -> dict[str, str]:
    """What a column may be called at the head of a pasted table, in the language in force."""
    titles = {
        name: str(Touchpoint._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in PASTED
        if name not in (STAGE, CHANNEL)
    }
    return {STAGE: _("Stage"), CHANNEL: _("Channel"), **titles}


def paste_touchpoints(
    journey: Journey, text: str, *, stage: Stage | None = None, by: Actor
) -> list[Touchpoint]:
    """New touchpoints, each last in its stage; rows without a stage go to `stage`.

    Raises WrongRows, and adds nothing, where a row has no title, names a stage or channel that
    is not there, or holds a value that a touchpoint cannot have.
    """
    rows = _named_cells(text)
    with journey.editing(by=by) as edit:
        library = _library(journey)
        made, wrong = [], []
        for number, cells in rows:
            try:
                made.append(_touchpoint(journey, cells, library, stage))
            except ValidationError as error:
                words = " ".join(error.messages)
                wrong.append(_("Row %(row)s: %(words)s") % {"row": number, "words": words})
        if wrong:
            raise WrongRows(wrong[:MOST_WRONG])
        _place(made)
        edit.create(made)
    return made


def _named_cells(text: str) -> list[tuple[int, dict[str, str]]]:
    """Each row's number and its cells by field; the first row may name the columns."""
    if len(text) > MOST_CHARACTERS:
        raise Refused(_("That is too much text to paste at once."))
    rows = [[cell.strip() for cell in row] for row in rows_of(text, separator=_separator(text))]
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not filled:
        raise Refused(_("There is no text to paste."))
    names = _heads(filled[0][1])
    if names:
        filled = filled[1:]
    if len(filled) > MOST_ROWS:
        raise Refused(_("At most %(most)s rows can be pasted at once.") % {"most": MOST_ROWS})
    columns = names or list(PASTED)
    return [(number, dict(zip(columns, row, strict=False))) for number, row in filled]


def _separator(text: str) -> str:
    """What stands between the cells: a tab, or the semicolon of a file opened as text."""
    return ";" if "\t" not in text and ";" in text.strip().partition("\n")[0] else "\t"


def _heads(row: Sequence[str]) -> list[str]:
    """The fields that a first row names; empty where it names none but holds values."""
    known = {title.casefold(): name for name, title in titles_of_columns().items()}
    known |= {name: name for name in PASTED}
    found = [known.get(cell.casefold(), "") for cell in row]
    return found if "title" in found else []


def _library(journey: Journey) -> Library:
    stages = Stage.objects.filter(board=journey.pk).order_by("-position")
    channels = channels_of(journey.workspace_id).select_for_update(no_key=True)
    return Library(
        {stage.title.casefold(): stage for stage in stages},
        {channel.name.casefold(): channel for channel in channels},
    )


def _touchpoint(
    journey: Journey, cells: Mapping[str, str], library: Library, stage: Stage | None
) -> Touchpoint:
    """A touchpoint as a row describes it; raises ValidationError in words."""
    values = {name: text for name, text in cells.items() if name and text}
    stage = (
        _named(library.stages, values.pop(STAGE, ""), _("There is no stage “%(name)s”.")) or stage
    )
    channel = _named(
        library.channels, values.pop(CHANNEL, ""), _("There is no channel “%(name)s”.")
    )
    if stage is None:
        raise ValidationError(_("It names no stage."))
    item = Touchpoint(board_id=journey.pk, stage=stage, channel=channel)
    for name, text in values.items():
        setattr(item, name, _value(name, text))
    item.clean_fields(exclude=["board", "stage", "channel", "persona", "position", "origin"])
    if item.use == Use.NOT and not item.why_unused:
        raise ValidationError(_("Say why customers do not use it."))
    return item


def _named(known: Mapping[str, Any], name: str, words: str) -> Any:
    if not name:
        return None
    if name.casefold() not in known:
        raise ValidationError(words % {"name": name[:60]})
    return known[name.casefold()]


def _value(name: str, text: str) -> object:
    if name in NUMBERS:
        return text
    if name == "use":
        return _use(text)
    if name in ("moment_of_truth", "missing"):
        return text.casefold() in TICKS | {_("yes").casefold()}
    return text


def _use(text: str) -> str:
    words = {str(use.label).casefold(): use.value for use in Use} | {u.value: u.value for u in Use}
    if text.casefold() not in words:
        raise ValidationError(
            _("“%(text)s” says nothing of use: write %(words)s.")
            % {"text": text[:40], "words": ", ".join(str(use.label) for use in Use)}
        )
    return words[text.casefold()]


def _place(items: Sequence[Touchpoint]) -> None:
    by_stage: dict[int, list[Touchpoint]] = defaultdict(list)
    for item in items:
        by_stage[item.stage_id].append(item)
    for stage_id, group in by_stage.items():
        places = room_for(len(group), Touchpoint.objects.filter(stage=stage_id))
        for item, position in zip(group, places, strict=True):
            item.position = position

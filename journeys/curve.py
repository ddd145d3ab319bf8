"""The emotion curve and the table beside it, as regions of the map's page."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from collaboration.live import Viewer
from collaboration.models import Change
from journeys.emotion import STEP, WORDS, Handle, curves, handles, rows_of
from journeys.models import Emotion, Persona, Stage
from journeys.selectors import JourneyMap, emotions_of
from journeys.spots import Spot, SpotKind, spot_kinds

if TYPE_CHECKING:
    from journeys.page import Places

CURVE = "emotion-curve"
TABLE = "feelings-table"
ROW = "feelings-"
"""Before the id of a stage: the part of the table that is about it."""


# --- Which regions a change touches --------------------------------------------------------
def felt_regions(change: Change, places: "Places") -> set[str]:
    """The parts of curve and table that a change of a feeling, or of where it is felt, touches."""
    stages = _stages_touched(change, places)
    if not stages:
        return set()
    cells = {
        f"cell-{stage}-{lane.pk}" for stage in stages for lane in places.lanes_showing("emotion")
    }
    return {CURVE} | cells | {f"{ROW}{stage}" for stage in stages}


def _stages_touched(change: Change, places: "Places") -> set[int]:
    versions = places.versions_of(change)
    if change.item_type == "emotion":
        return {item["stage_id"] for item in versions if "stage_id" in item}
    for kind in spot_kinds():
        if change.item_type == kind.place_model.type_name() and _is_shown(kind, change):
            return {item["stage_id"] for item in versions if "stage_id" in item}
        if change.item_type == kind.feeling_model.type_name():
            known = places.stages_of_spots(kind)
            at = {item[f"{kind.key}_id"] for item in versions if f"{kind.key}_id" in item}
            return {known[pk] for pk in at if pk in known}
    return set()


def _is_shown(kind: SpotKind, change: Change) -> bool:
    return change.action != Change.Action.UPDATE or bool(kind.shown_fields & change.after.keys())


# --- Drawing -------------------------------------------------------------------------------
def felt_among(regions: Collection[str]) -> set[str]:
    """Those of these regions that this module draws."""
    return {name for name in regions if name == CURVE or name.startswith(ROW)}


def shows_feelings(loaded: JourneyMap, cells: Collection[str]) -> bool:
    lanes = [f"-{lane.pk}" for lane in loaded.lanes if lane.kind == "emotion"]
    return any(name.endswith(lane) for lane in lanes for name in cells)


def draw_felt(loaded: JourneyMap, names: Collection[str], viewer: Viewer) -> dict[str, str]:
    """HTML by region of a map whose personas and spots are loaded; one query."""
    if not names:
        return {}
    drawn, emotions = {}, emotions_of(loaded.journey)
    if CURVE in names:
        drawn[CURVE] = curve_html(loaded, emotions)
    if TABLE in names:
        drawn[TABLE] = table_html(loaded, emotions, viewer)
    for stage in loaded.stages:
        if f"{ROW}{stage.pk}" in names:
            drawn[f"{ROW}{stage.pk}"] = row_html(loaded, stage, emotions, viewer)
    return drawn


def curve_html(loaded: JourneyMap, emotions: Iterable[Emotion]) -> str:
    """The drawing of the curves, the same on the page and in the PDF."""
    context = {
        "curves": curves(loaded.stages, loaded.personas, emotions, loaded.spots),
        "moments": [
            STEP * index
            for index, stage in enumerate(loaded.stages)
            if any(spot.moment for spot in loaded.spots.get(stage.pk, []))
        ],
        "words": WORDS.items(),
        "stage_count": len(loaded.stages),
        "width": STEP * max(1, len(loaded.stages)),
    }
    return render_to_string("journeys/_emotion_curve.html", context)


# --- The table -----------------------------------------------------------------------------
@dataclass(frozen=True)
class FeltRow:
    """What each persona feels in a stage as a whole, or at one spot in it."""

    spot: Spot | None
    cells: list[Handle]


def table_html(loaded: JourneyMap, emotions: Iterable[Emotion], viewer: Viewer) -> str:
    """Every stage with what each persona feels and why; the curve for those who cannot see it."""
    felt = list(emotions)
    context = {
        "map": loaded,
        "people": rows_of(loaded.personas),
        "rows": [row_html(loaded, stage, felt, viewer) for stage in loaded.stages],
        "viewer": viewer,
    }
    return render_to_string("journeys/_feelings_table.html", context)


def row_html(loaded: JourneyMap, stage: Stage, emotions: Iterable[Emotion], viewer: Viewer) -> str:
    spots = loaded.spots.get(stage.pk, [])
    own = [emotion for emotion in emotions if emotion.stage_id == stage.pk]
    context: dict[str, Any] = {
        "journey": loaded.journey,
        "stage": stage,
        "number": loaded.stages.index(stage) + 1,
        "rows": felt_rows(own, loaded.personas, spots),
        "unfelt": [spot for spot in spots if not _felt_by(spot, loaded.personas)],
        "viewer": viewer,
    }
    return render_to_string("journeys/_feelings_row.html", context)


def felt_rows(
    emotions: Iterable[Emotion], personas: Sequence[Persona], spots: Iterable[Spot]
) -> list[FeltRow]:
    """What each persona feels in the stage as a whole, and below at spots where one does."""
    whole = FeltRow(None, handles(emotions, personas))
    felt = [spot for spot in spots if _felt_by(spot, personas)]
    people = rows_of(personas)
    return [whole, *(FeltRow(spot, [_cell(spot, one) for one in people]) for spot in felt)]


def _cell(spot: Spot, persona: Persona | None) -> Handle:
    return Handle(0, persona, spot.feelings.get(persona.pk if persona else None), spot)


def _felt_by(spot: Spot, personas: Sequence[Persona]) -> bool:
    return any((one.pk if one else None) in spot.feelings for one in rows_of(personas))

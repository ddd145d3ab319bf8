"""The map as regions that can be drawn one by one, for the page and for live updates."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, ClassVar, cast

from django.http import HttpRequest
from django.template.loader import get_template, render_to_string

from collaboration.comments import comments_region
from collaboration.fragments import cached
from collaboration.itemtypes import item_model
from collaboration.live import BoardPage, Viewer
from collaboration.marks import MARKS, draw_about, is_told_by_marks
from collaboration.models import Board, Change
from collaboration.undo import undo_region
from journeys import selectors
from journeys.curve import (
    CURVE,
    TABLE,
    curve_html,
    draw_felt,
    felt_among,
    felt_regions,
    shows_feelings,
)
from journeys.lanes import BACKSTAGE, CellKey
from journeys.models import Emotion, Journey, Lane, Metric, Stage
from journeys.path_regions import ARROWS, PATHS_TABLE, arrows_html, draw_paths
from journeys.path_regions import REGIONS as PATH_REGIONS
from journeys.selectors import JourneyMap
from journeys.spots import SpotKind, spots_of

HEAD = "journey-head"
GRID = "map-grid"
LAYOUT = {"position", "period", "collapsed"}
"""Fields whose change moves other things than the item's own region."""


class JourneyPage(BoardPage):
    kind: ClassVar[str] = "journey"
    WHOLE: ClassVar[frozenset[str]] = frozenset({HEAD, GRID, TABLE, PATHS_TABLE, MARKS})

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        places = Places(board, changes)
        found: set[str] = set()
        for change in changes:
            found |= _regions_of(change, places)
        if TABLE in found:
            found = {name for name in found if name == TABLE or not name.startswith("feelings-")}
        if GRID in found:
            parts = ("cell-", "stage-", "lane-", CURVE, ARROWS)
            return {name for name in found if not name.startswith(parts)}
        return found

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        return _Drawing(cast(Journey, board), viewer).draw(regions)

    EMBEDDED: ClassVar[str] = "journeys/embed.html"

    def embedded(self, board: Board, viewer: Viewer) -> dict[str, object]:
        loaded = selectors.map_of(cast(Journey, board))
        return {"journey": board, "map": loaded, "grid": grid_html(loaded, viewer)}

    def personal(self, request: HttpRequest, board: Board) -> dict[str, str]:
        return undo_region(request, board)


# --- Which regions a change touches --------------------------------------------------------
class Places:
    """Where changed items stand now, looked up with one query an item type."""

    def __init__(self, board: Board, changes: Iterable[Change]) -> None:
        self.board = board
        self.changes = list(changes)
        self._now: dict[str, dict[int, dict[str, Any]]] = {}
        self._spots: dict[str, dict[int, int]] = {}
        wanted: dict[str, set[int]] = defaultdict(set)
        for change in self.changes:
            if change.action == Change.Action.UPDATE and change.item_type not in (
                "journey",
                "lane",
            ):
                wanted[change.item_type].add(change.item_id)
        for item_type, ids in wanted.items():
            model: Any = item_model(item_type)
            rows = model._base_manager.filter(pk__in=ids).values()
            self._now[item_type] = {row["id"]: row for row in rows}

    @cached_property
    def lanes(self) -> list[Lane]:
        return list(Lane.objects.filter(board=self.board.pk))

    @cached_property
    def stages_of_metrics(self) -> dict[int, int]:
        return dict(Metric.objects.filter(board=self.board.pk).values_list("pk", "stage"))

    def versions_of(self, change: Change) -> list[dict[str, Any]]:
        """The item's fields before and after the change, as far as they are known."""
        now = self._now.get(change.item_type, {}).get(change.item_id, {})
        return [{**now, **change.before}, {**now, **change.after}]

    def stages_of_spots(self, kind: SpotKind) -> dict[int, int]:
        """The stage of each place at which a feeling of this kind changed; one query a kind."""
        if kind.key not in self._spots:
            item_type, name = kind.feeling_model.type_name(), f"{kind.key}_id"
            felt = [change for change in self.changes if change.item_type == item_type]
            ids = {item[name] for one in felt for item in self.versions_of(one) if name in item}
            places: Any = kind.place_model._base_manager.filter(pk__in=ids)
            self._spots[kind.key] = dict(places.values_list("pk", "stage_id"))
        return self._spots[kind.key]

    def lanes_showing(self, item_type: str) -> list[Lane]:
        return [
            lane for lane in self.lanes if lane.kind_of.item_model._meta.model_name == item_type
        ]


def _stage_regions(change: Change, places: Places) -> set[str]:
    """The head of a changed stage, and the cells that show its fields."""
    cells = {f"cell-{change.item_id}-{lane.pk}" for lane in places.lanes_showing("stage")}
    return cells | {f"stage-{change.item_id}", f"feelings-{change.item_id}"} | PATH_REGIONS


def _cell_regions(change: Change, places: Places) -> set[str]:
    found = set()
    for item in places.versions_of(change):
        if item.get("stage_id") is None:
            continue
        lane_ids = (
            [item["lane_id"]]
            if "lane_id" in item
            else [lane.pk for lane in places.lanes_showing(change.item_type)]
        )
        found |= {f"cell-{item['stage_id']}-{lane_id}" for lane_id in lane_ids}
    return found


def _comment_regions(versions: list[dict[str, Any]]) -> set[str]:
    found = {MARKS}
    for comment in versions:
        if "target_type" in comment:
            found.add(comments_region(comment["target_type"], comment["target_id"]))
            if comment["target_type"] == "stage":
                found.add(f"stage-{comment['target_id']}")
    return found


def _measured_regions(change: Change, places: Places) -> set[str]:
    """The cells of the metric that was measured."""
    metrics = {item.get("metric_id") for item in places.versions_of(change)}
    stages = {places.stages_of_metrics[pk] for pk in metrics if pk in places.stages_of_metrics}
    lanes = places.lanes_showing("metric")
    return {f"cell-{stage_id}-{lane.pk}" for stage_id in stages for lane in lanes}


_REGIONS: dict[str, Callable[[Change, Places], set[str]]] = {
    "journey": lambda change, places: {HEAD},
    "journeypersona": lambda change, places: {HEAD, GRID, TABLE},
    "stage": _stage_regions,
    "path": lambda change, places: set(PATH_REGIONS),
    "lane": lambda change, places: {f"lane-name-{change.item_id}"},
    "comment": lambda change, places: _comment_regions(places.versions_of(change)),
    "assignment": lambda change, places: {MARKS},
    "metricpoint": _measured_regions,
}
"""By item type; whatever is not named here is drawn in cells, and on the curve."""


def _regions_of(change: Change, places: Places) -> set[str]:
    layout = change.action != Change.Action.UPDATE or LAYOUT & change.after.keys()
    if layout and change.item_type in {"stage", "lane"}:
        return {GRID, TABLE, PATHS_TABLE} if change.item_type == "stage" else {GRID}
    if change.item_type in _REGIONS:
        return _REGIONS[change.item_type](change, places)
    is_marked = is_told_by_marks(change, places.versions_of(change))
    marked = {MARKS} if is_marked else set()
    return _cell_regions(change, places) | felt_regions(change, places) | marked


# --- Drawing -------------------------------------------------------------------------------
class _Drawing:
    """Draws regions of one map for one kind of viewer, loading only what they show."""

    def __init__(self, journey: Journey, viewer: Viewer) -> None:
        self.viewer = viewer
        self.map = selectors.outline_of(journey)
        self.base = {"journey": journey, "viewer": viewer, "map": self.map}

    def draw(self, regions: set[str]) -> dict[str, str]:
        cells = {name for name in regions if name.startswith("cell-")}
        felt = felt_among(regions)
        if cells or felt or {HEAD, GRID} & regions:
            self.map.personas = selectors.personas_of(self.map.journey)
        if felt or shows_feelings(self.map, cells):
            self.map.spots = spots_of(self.map.journey)
        drawn = self._draw_cells(cells) | draw_felt(self.map, felt, self.viewer)
        drawn |= draw_paths(self.map, regions, self.viewer)
        for name in sorted(regions - cells - felt - PATH_REGIONS):
            html = self._draw_one(name)
            if html is not None:
                drawn[name] = html
        return drawn

    def _draw_one(self, name: str) -> str | None:
        if name == GRID:
            return self._draw_grid()
        if name == HEAD:
            relatives = selectors.relatives_of(self.map.journey)
            context = {**self.base, "relatives": relatives}
            return render_to_string("journeys/_journey_head.html", context)
        kind, _, rest = name.rpartition("-")
        if kind == "stage":
            return self._draw_stage(int(rest))
        if kind == "lane-name":
            return self._draw_lane_name(int(rest))
        return draw_about(self.map.journey, name, self.viewer)

    def _draw_grid(self) -> str:
        return kept_grid_html(self.map, self.viewer)

    def _draw_stage(self, stage_id: int) -> str | None:
        stage = next((stage for stage in self.map.stages if stage.pk == stage_id), None)
        if stage is None:
            return None
        self.map.open_comments = selectors.open_comments_by_stage(self.map.journey)
        return stage_html(self.map, stage, self.viewer)

    def _draw_lane_name(self, lane_id: int) -> str | None:
        lane = next((lane for lane in self.map.lanes if lane.pk == lane_id), None)
        if lane is None:
            return None
        return render_to_string("journeys/_lane_name.html", {**self.base, "lane": lane})

    def _draw_cells(self, names: set[str]) -> dict[str, str]:
        keys = {tuple(int(part) for part in name.split("-")[1:]) for name in names}
        stages = {stage.pk for stage in self.map.stages} & {stage for stage, _ in keys}
        lanes = [lane for lane in self.map.lanes if lane.pk in {lane for _, lane in keys}]
        self.map.cells = selectors.cells_of(self.map.journey, lanes, sorted(stages))
        wanted = [
            (stage, lane)
            for stage in self.map.stages
            for lane in lanes
            if (stage.pk, lane.pk) in keys
        ]
        html = cells_html(self.map, wanted, self.viewer)
        return {f"cell-{stage_id}-{lane_id}": text for (stage_id, lane_id), text in html.items()}


def kept_grid_html(outline: JourneyMap, viewer: Viewer) -> str:
    """The whole grid of a map of which stages, lanes and personas are loaded.

    Everything on a map changes with its board's version, so a grid that was drawn for this
    version is right; only when there is none are the cells loaded.
    """
    journey = outline.journey

    def draw(_: str) -> str:
        outline.cells = selectors.cells_of(journey, outline.lanes)
        outline.open_comments = selectors.open_comments_by_stage(journey)
        outline.spots = spots_of(journey)
        outline.paths = selectors.paths_of(journey)
        return grid_html(outline, viewer)

    needs = {"grid": ("grid", journey.pk, journey.version)}
    return cached(needs, viewer, draw, keep_in="grids")["grid"]


def grid_html(loaded: JourneyMap, viewer: Viewer) -> str:
    """The whole grid of a loaded map; cells that were drawn before come from the cache."""
    cells = cells_html(
        loaded, [(stage, lane) for lane in loaded.lanes for stage in loaded.stages], viewer
    )
    rows = [
        {
            "lane": lane,
            "cells": [cells[stage.pk, lane.pk] for stage in loaded.stages],
            "curve": curve_html(loaded, _emotions_in(loaded, lane))
            if lane.kind == "emotion"
            else "",
        }
        for lane in loaded.lanes
    ]
    context = {"map": loaded, "journey": loaded.journey, "viewer": viewer, "rows": rows}
    context["backstage"] = next((lane for lane in loaded.lanes if lane.kind == BACKSTAGE), None)
    context["paths"] = arrows_html(loaded, viewer)
    context["heads"] = [stage_html(loaded, stage, viewer) for stage in loaded.stages]
    return render_to_string("journeys/_map_grid.html", context)


def _emotions_in(loaded: JourneyMap, lane: Lane) -> list[Emotion]:
    return [
        emotion for stage in loaded.stages for emotion in loaded.cells.get((stage.pk, lane.pk), [])
    ]


def cells_html(
    loaded: JourneyMap, wanted: Iterable[tuple[Stage, Lane]], viewer: Viewer
) -> dict[CellKey, str]:
    """HTML of cells by (stage id, lane id); drawn once, then kept under all they depend on."""
    places = {(stage.pk, lane.pk): (stage, lane) for stage, lane in wanted}
    needs = {
        key: (
            "cell", key, lane.kind, lane.collapsed,
            lane.kind_of.depends_on(loaded.cells.get(key, [])),
            lane.kind_of.surroundings(loaded, stage, loaded.cells.get(key, [])),
        )
        for key, (stage, lane) in places.items()
    }  # fmt: skip

    def draw(key: CellKey) -> str:
        return _cell_html(loaded, *places[key], viewer)

    return dict(cached(needs, viewer, draw))


def _cell_html(loaded: JourneyMap, stage: Stage, lane: Lane, viewer: Viewer) -> str:
    kind = lane.kind_of
    items = loaded.cells.get((stage.pk, lane.pk), [])
    context = {
        "journey": loaded.journey,
        "stage": stage,
        "lane": lane,
        "kind": kind,
        "items": items,
        "viewer": viewer,
        **kind.context(loaded, stage, items),
    }
    return get_template(kind.template).render(context)


def stage_html(loaded: JourneyMap, stage: Stage, viewer: Viewer) -> str:
    comments = loaded.open_comments.get(stage.pk, 0)
    number = loaded.stages.index(stage) + 1
    told_below = any(lane.kind == "situation" for lane in loaded.lanes)
    needs = {stage.pk: ("stage", stage.pk, stage.version, comments, number, told_below)}
    context = {
        "journey": loaded.journey,
        "stage": stage,
        "viewer": viewer,
        "comments": comments,
        "number": number,
        "told_below": told_below,
    }
    return cached(needs, viewer, lambda _: render_to_string("journeys/_stage_head.html", context))[
        stage.pk
    ]

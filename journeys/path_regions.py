"""Arrows and table of paths as regions of the map's page."""

from collections.abc import Collection

from django.template.loader import render_to_string

from collaboration.live import Viewer
from journeys.arrows import arrows_of
from journeys.selectors import JourneyMap, paths_of

ARROWS = "map-paths"
PATHS_TABLE = "paths-table"
REGIONS = frozenset({ARROWS, PATHS_TABLE})


def draw_paths(loaded: JourneyMap, names: Collection[str], viewer: Viewer) -> dict[str, str]:
    """HTML by region of a map whose stages are loaded; one query."""
    drawn = {}
    if REGIONS & set(names):
        loaded.paths = paths_of(loaded.journey)
    if ARROWS in names:
        drawn[ARROWS] = arrows_html(loaded, viewer)
    if PATHS_TABLE in names:
        drawn[PATHS_TABLE] = paths_table_html(loaded, viewer)
    return drawn


def arrows_html(loaded: JourneyMap, viewer: Viewer) -> str:
    """The row of arrows above the stage heads; hidden where there are none."""
    drawing = arrows_of(loaded.stages, loaded.paths)
    context = {"journey": loaded.journey, "viewer": viewer, "drawing": drawing, "map": loaded}
    return render_to_string("journeys/_paths.html", context)


def paths_table_html(loaded: JourneyMap, viewer: Viewer) -> str:
    drawing = arrows_of(loaded.stages, loaded.paths)
    context = {"journey": loaded.journey, "viewer": viewer, "drawing": drawing, "map": loaded}
    return render_to_string("journeys/_paths_table.html", context)

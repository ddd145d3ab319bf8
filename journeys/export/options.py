"""What can be chosen for a file of a map, in one form for pages, API and worker."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from collaboration.exporting import BadOptions, Options
from collaboration.models import Board, BoardItem
from journeys.models import Lane, Stage
from teams.access import Actor

PAGE, TILES = "page", "tiles"
PAPERS = ("A4", "A3")
NARROWEST, WIDEST, USUAL_WIDTH = 800, 6000, 3200
"""Of a picture, in pixels."""


def map_options(board: Board, wanted: Options, _by: Actor | None = None) -> Options:
    """Only what differs from the usual file, with stages and lanes of this map by id."""
    unknown = set(wanted) - {"layout", "paper", "width", "stages", "lanes"}
    if unknown:
        raise BadOptions(_("Unknown: %(names)s") % {"names": ", ".join(sorted(unknown))})
    chosen: Options = {}
    if _one_of("layout", wanted.get("layout", PAGE), (PAGE, TILES)) == TILES:
        chosen |= {
            "layout": TILES,
            "paper": _one_of("paper", wanted.get("paper", PAPERS[0]), PAPERS),
        }
    if (width := _width(wanted.get("width"))) != USUAL_WIDTH:
        chosen["width"] = width
    for name, model in (("stages", Stage), ("lanes", Lane)):
        if ids := _ids_of(board, name, model, wanted.get(name)):
            chosen[name] = ids
    return chosen


def _one_of(name: str, value: Any, known: Iterable[str]) -> Any:
    if value not in known:
        raise BadOptions(f"{name}: {' | '.join(known)}")
    return value


def _width(value: Any) -> int:
    if value is None:
        return USUAL_WIDTH
    if isinstance(value, bool) or not isinstance(value, int) or not NARROWEST <= value <= WIDEST:
        raise BadOptions(f"width: {NARROWEST}-{WIDEST}")
    return value


def _ids_of(board: Board, name: str, model: type[BoardItem], value: Any) -> list[int]:
    """The ids in the order of the map; empty where all or none are named."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(type(one) is int for one in value):
        raise BadOptions(f"{name}: [1, 2, …]")
    present = list(
        model.objects.filter(board=board.pk).order_by("position").values_list("pk", flat=True)
    )
    if not set(value) <= set(present):
        raise BadOptions(_("%(name)s: not on this map.") % {"name": name})
    return [] if set(value) == set(present) else [one for one in present if one in set(value)]

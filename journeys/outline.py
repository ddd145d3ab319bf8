"""The same map as an outline and as a table, for whoever would rather read than look.

Their cells are those of the map; headings and frame are their own. Both are edited in place by
the map's forms, and live by the map's regions.
"""

from typing import ClassVar, cast

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from collaboration.live import Viewer
from collaboration.models import Board, Change
from journeys import selectors
from journeys.curve import CURVE
from journeys.models import Journey
from journeys.page import GRID, JourneyPage, cells_html
from journeys.selectors import JourneyMap


class OutlinePage(JourneyPage):
    view: ClassVar[str] = "outline"
    template: ClassVar[str] = "journeys/_outline.html"
    HEADED_BY: ClassVar[tuple[str, ...]] = ("stage-", "lane-name-")
    """What stands at several places of the page: a change to it draws the whole."""

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        found = super().regions(board, changes) - {CURVE}
        if any(name.startswith(self.HEADED_BY) for name in found):
            found.add(GRID)
        if GRID in found:
            return {name for name in found if not name.startswith(("cell-", *self.HEADED_BY))}
        return found

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        whole = {name for name in regions if name == GRID or name.startswith(self.HEADED_BY)}
        drawn = super().draw(board, regions - whole, viewer)
        drawn = {
            name: plain(html) if name.startswith("cell-") else html for name, html in drawn.items()
        }
        if whole:
            loaded = selectors.map_of(cast(Journey, board))
            drawn[GRID] = self.whole(loaded, viewer)
        return drawn

    def whole(self, loaded: JourneyMap, viewer: Viewer) -> str:
        wanted = [(stage, lane) for stage in loaded.stages for lane in loaded.lanes]
        cells = cells_html(loaded, wanted, viewer)
        stages = [
            {
                "stage": stage,
                "number": number,
                "comments": loaded.open_comments.get(stage.pk, 0),
                "lanes": [(lane, plain(cells[stage.pk, lane.pk])) for lane in loaded.lanes],
            }
            for number, stage in enumerate(loaded.stages, 1)
        ]
        context = {"journey": loaded.journey, "stages": stages, "viewer": viewer}
        return render_to_string(self.template, context)


class TablePage(OutlinePage):
    view: ClassVar[str] = "table"
    template: ClassVar[str] = "journeys/_table.html"


def plain(cell: str) -> SafeString:
    """A cell of the map outside of its grid, where it is no cell of a table."""
    return mark_safe(cell.replace(' role="cell"', "", 1))  # noqa: S308 - our own template's

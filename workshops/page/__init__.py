"""The workshop's board as regions that can be drawn one by one."""

from typing import ClassVar, cast

from django.http import HttpRequest

from collaboration.live import BoardPage, Viewer
from collaboration.marks import MARKS
from collaboration.models import Board, Change
from collaboration.undo import undo_region
from workshops.mine import MINE, STAMP, draw_mine, types_in_stamps
from workshops.models import Workshop
from workshops.page.drawing import Drawing
from workshops.page.regions import BOARD, DOOR, HEAD, NOW, Places, outermost, regions_of_change

__all__ = ["BOARD", "DOOR", "HEAD", "NOW", "STAMP", "WorkshopPage"]


class WorkshopPage(BoardPage):
    kind: ClassVar[str] = Workshop.KIND
    WHOLE: ClassVar[frozenset[str]] = frozenset({HEAD, NOW, STAMP, DOOR, BOARD, MARKS})

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        places = Places(changes)
        found: set[str] = set()
        for change in changes:
            found |= regions_of_change(change, places)
        if any(change.item_type in types_in_stamps() for change in changes):
            found.add(STAMP)
        return outermost(found)

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        drawing = Drawing(cast(Workshop, board), viewer)
        wanted = regions | {HEAD, NOW, STAMP} if BOARD in regions else regions
        drawn = {name: drawing.draw(name) for name in sorted(wanted)}
        return {name: html for name, html in drawn.items() if html is not None}

    def personal(self, request: HttpRequest, board: Board) -> dict[str, str]:
        workshop = cast(Workshop, board.specific)
        return {**undo_region(request, board), MINE: draw_mine(request, workshop)}

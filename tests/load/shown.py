"""The page of one viewer as the live pieces have left it."""

import re

from tests.load.editor import grid_text
from tests.pages import tree_of, with_pieces
from tests.streams import Reader

PIECE = re.compile(r'<hx-partial hx-target="#([\w-]+)".*?</hx-partial>', re.DOTALL)


class Shown:
    """The HTML that was opened, and the last piece of each region since.

    Only the grid is compared, so a piece of the whole grid makes all earlier ones out of date.
    """

    def __init__(self, reader: Reader, version: int, html: str) -> None:
        self.reader = reader
        self.version = version
        self.html = html
        self.pieces: dict[str, str] = {}

    def fold(self) -> None:
        """Take what has arrived; keeps the reader's last event, which tells its version."""
        events, self.reader.events = self.reader.events[:], self.reader.events[-1:]
        for event in events:
            for found in PIECE.finditer(event.text):
                self._take(found[1], found[0])

    def _take(self, region: str, piece: str) -> None:
        if region == "map-grid":
            self.pieces.clear()
        self.pieces.pop(region, None)
        self.pieces[region] = piece

    def story(self) -> tuple[int, frozenset[tuple[str, str]]]:
        """What was opened and what came since; pages of one story are the same page."""
        return self.version, frozenset(self.pieces.items())

    def text(self) -> str:
        page = with_pieces(tree_of(self.html), "".join(self.pieces.values()))
        return grid_text(page)

"""The map as regions that can be drawn one by one."""

from collections import defaultdict
from typing import ClassVar

from collaboration.live import BoardPage


class JourneyPage(BoardPage):
    kind: ClassVar[str] = "journey"
    WHOLE: ClassVar[str] = "map-grid"

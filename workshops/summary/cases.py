"""How others solved the like: the cases that the workshop was shown."""

from dataclasses import dataclass

from journeys.export.album import small_print
from journeys.export.paper import address_of
from workshops.inspiration_models import ShownCase
from workshops.inspiring import shown_cases
from workshops.models import Workshop

LONGEST_SIDE = 480
MOST_PICTURES = 12


@dataclass(frozen=True)
class Example:
    """A case with its picture as an address; empty where it has none that can be read."""

    shown: ShownCase
    image: str


def examples_of(workshop: Workshop) -> list[Example]:
    return [
        Example(shown, _image(shown.case.picture) if index < MOST_PICTURES else "")
        for index, shown in enumerate(shown_cases(workshop))
    ]


def _image(stored: str) -> str:
    content = small_print(stored, LONGEST_SIDE) if stored else None
    return address_of(content) if content else ""

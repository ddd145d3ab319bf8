"""How the documents of the demo look."""

from collaboration.branding import change_branding
from workshops.demo.drawn import logo_file
from workshops.demo.people import Cast

COLOUR = "#0f5e6e"


def wear_colours(cast: Cast) -> None:
    change_branding(cast.workspace, colour=COLOUR, upload=logo_file(), by=cast.actors["owner"])

"""How the documents of a workspace look: its logo and its colour."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collaboration.branding import branding_of, readable
from collaboration.exporting import ExportFailed
from collaboration.pictures import BROKEN, as_data_address, require_readable
from teams.models import Workspace


@dataclass(frozen=True)
class Look:
    """The colour can be read on white; the logo is the address of a picture, or empty."""

    colour: str
    logo: str = ""


def look_of(workspace: Workspace) -> Look:
    """Raises ExportFailed where the logo cannot be read: nobody wants a document without it."""
    branding = branding_of(workspace)
    colour = readable(branding.colour)
    if not branding.logo:
        return Look(colour)
    try:
        require_readable(branding.logo)
        return Look(colour, as_data_address(branding.logo))
    except BROKEN as reason:
        words = _("The logo of the workspace cannot be read. Choose it again and try again.")
        raise ExportFailed(words) from reason

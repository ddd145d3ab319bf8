"""How a workspace looks on the documents that it sends: its logo and its colour."""

import re
from typing import IO

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from collaboration.pictures import StoredPictureField, keep_picture
from teams.access import Actor
from teams.models import Role, Timestamped, Workspace

HOUSE_COLOUR = "#05526b"
READABLE = 4.5
"""The contrast that text needs on white paper (WCAG 2.2, 1.4.3)."""


def require_colour(value: str) -> None:
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ValidationError(_("A colour is written like #05526b."))


class Branding(Timestamped):
    """The logo and colour of a workspace; without a row it has our own."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="branding")
    logo = StoredPictureField()
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default=HOUSE_COLOUR,
        validators=[require_colour],
        help_text=_("For headings and numbers. A light colour is darkened until it can be read."),
    )

    def __str__(self) -> str:
        return self.colour


def branding_of(workspace: Workspace) -> Branding:
    """The workspace's own, or our colour without a logo."""
    return Branding.objects.filter(workspace=workspace).first() or Branding(workspace=workspace)


@transaction.atomic
def change_branding(
    workspace: Workspace,
    *,
    colour: str,
    upload: IO[bytes] | None = None,
    without_logo: bool = False,
    by: Actor,
) -> Branding:
    """Set the colour, and take a new logo or none; a logo that is left out stays.

    Raises NotAPicture.
    """
    by.must(Role.OWNER)
    branding = branding_of(workspace)
    branding.colour = colour
    if without_logo:
        branding.logo = ""
    if upload:
        branding.logo = keep_picture(upload).name
    branding.save()
    return branding


# --- Colours -------------------------------------------------------------------------------
def readable(colour: str) -> str:
    """The colour itself, or as much darker as it takes to be read on white and to carry white."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    while 1.05 / (_luminance(parts) + 0.05) < READABLE:
        parts = [part * 19 // 20 for part in parts]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(parts: list[int]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [_linear(part / 255) for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

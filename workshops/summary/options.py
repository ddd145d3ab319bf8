"""The forms of a summary, one for each kind of reader, and how one is asked for."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.exporting import BadOptions, Options
from collaboration.models import Board
from teams.access import Actor


class Variant(models.TextChoices):
    FULL = "full", gettext_lazy("The whole summary")
    PAGE = "page", gettext_lazy("One page, for the board")
    HANDOUT = "handout", gettext_lazy("Working handout, with room for notes")
    POSTER_A1 = "poster-a1", gettext_lazy("Wall poster A1, on eight sheets of A4")
    POSTER_A1_WHOLE = "poster-a1-whole", gettext_lazy("Wall poster A1, in one piece")
    POSTER_A3 = "poster-a3", gettext_lazy("Wall poster A3, on two sheets of A4")
    CARDS = "cards", gettext_lazy("Cards to cut out")


def summary_options(_board: Board, wanted: Options, _by: Actor) -> Options:
    """Only what differs from the whole summary."""
    unknown = set(wanted) - {"variant"}
    if unknown:
        raise BadOptions(_("Unknown: %(names)s") % {"names": ", ".join(sorted(unknown))})
    variant = wanted.get("variant", Variant.FULL)
    if variant not in Variant.values:
        raise BadOptions(f"variant: {' | '.join(Variant.values)}")
    return {} if variant == Variant.FULL else {"variant": variant}


def variant_of(options: Options) -> Variant:
    return Variant(options.get("variant", Variant.FULL))


def summary_name(options: Options) -> str:
    """What the file is called, in the language in force."""
    variant = variant_of(options)
    return "" if variant == Variant.FULL else str(variant.label)

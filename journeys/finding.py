"""What of journeys can be found by searching the workspace."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from collaboration.search import Findable
from journeys.models import Journey, Note, Persona, Stage


def on_map(item: Any, words: str) -> str:
    """The map with this item in sight and the words marked."""
    anchor = f"{item.type_name()}-{item.pk}"
    return f"{reverse('journeys:map', args=[item.board_id])}?{urlencode({'find': words})}#{anchor}"


FINDABLE = (
    Findable(
        "journeys",
        _("Journeys"),
        Journey,
        ("title", "scope", "customer_goal", "business_goal"),
        lambda journey, _words: reverse("journeys:map", args=[journey.pk]),
    ),
    Findable("stages", _("Stages"), Stage, ("title", "situation"), on_map),
    Findable("notes", _("Notes"), Note, ("text",), on_map),
    Findable(
        "personas",
        _("Personas"),
        Persona,
        ("name", "segment", "quote", "summary", "goals", "pains", "gains", "behaviours"),
        lambda persona, _words: reverse("journeys:persona", args=[persona.pk]),
    ),
)

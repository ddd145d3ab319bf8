"""Which journeys the dashboard shows, and in which order, as its reader has asked."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models import Journey, Persona
from journeys.selectors import Card
from teams.models import Workspace

SOON_DAYS = 30


class DashboardForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    perspective = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *Journey.Perspective.choices],
    )
    persona = forms.ModelChoiceField(
        label=_("Persona"),
        required=False,
        queryset=Persona.objects.none(),
        empty_label=_("All personas"),
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("Last changed first")),
            ("title", _("By title")),
            ("review", _("Review due first")),
        ],
    )
    archived = forms.BooleanField(label=_("Archive"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, workspace: Workspace) -> None:
        super().__init__(data)
        persona = cast("forms.ModelChoiceField[Persona]", self.fields["persona"])
        persona.queryset = Persona.objects.filter(workspace=workspace)

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, without what makes no sense."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_narrowed(self) -> bool:
        return any(self.asked.get(name) for name in ("q", "perspective", "persona"))

    def wanted(self) -> Q:
        asked = self.asked
        wanted = Q(archived_at__isnull=not asked.get("archived"))
        if asked.get("q"):
            wanted &= Q(title__icontains=asked["q"]) | Q(scope__icontains=asked["q"])
        if asked.get("perspective"):
            wanted &= Q(perspective=asked["perspective"])
        return wanted

    def arranged(self, cards: list[Card]) -> list[Card]:
        asked = self.asked
        if persona := asked.get("persona"):
            cards = [card for card in cards if persona in card.personas]
        if asked.get("sort") == "title":
            return sorted(cards, key=lambda card: card.journey.title.casefold())
        if asked.get("sort") == "review":
            return sorted(cards, key=lambda card: card.journey.review_due or date.max)
        return cards


def review_state(journey: Journey) -> str:
    """`overdue`, `soon`, or nothing to say."""
    if journey.review_due is None:
        return ""
    today = timezone.localdate()
    if journey.review_due < today:
        return "overdue"
    return "soon" if journey.review_due <= today + timedelta(days=SOON_DAYS) else ""

"""The history of a map: who changed what, and the versions that were saved on the way."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from collaboration.access import board_view
from collaboration.history import LARGEST, Filters, cursor, feed_of, people_of
from collaboration.itemtypes import item_models
from collaboration.live import viewer_of
from collaboration.models import Change
from journeys.anchors import anchors
from journeys.models import Journey, Lane, Note, Stage
from teams.access import Request
from teams.models import Role

DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What the address of the page asks for; what makes no sense in it is passed over."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    lane = forms.ChoiceField(label=_("Lane"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DATE)
    until = forms.DateField(label=_("To"), required=False, widget=DATE)
    text = forms.BooleanField(label=_("Only texts"), required=False)
    item = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput
    )

    def __init__(self, journey: Journey, *args: Any) -> None:
        super().__init__(*args)
        stages = Stage.objects.filter(board=journey.pk).order_by("position")
        self.lanes = {lane.pk: lane for lane in Lane.objects.filter(board=journey.pk)}
        in_order = sorted(self.lanes.values(), key=lambda lane: lane.position)
        offered: dict[str, list[tuple[object, str]]] = {
            "person": [*people_of(journey)],
            "kind": [*_kinds_on(journey)],
            "stage": [(stage.pk, stage.title) for stage in stages],
            "lane": [(lane.pk, str(lane)) for lane in in_order],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]

    def cell(self) -> str:
        """Stage and lane as the form to go back takes them; "" where it is not about one cell."""
        asked = self.cleaned_data
        both = asked.get("stage") and asked.get("lane")
        return f"{asked['stage']}-{asked['lane']}" if both else ""

    def filters(self) -> Filters:
        self.is_valid()
        asked = self.cleaned_data
        within = [("stage_id", int(asked["stage"]))] if asked.get("stage") else []
        kind = asked.get("kind", "")
        if lane := self.lanes.get(int(asked.get("lane") or 0)):
            model = lane.kind_of.item_model
            if issubclass(model, Note):
                within.append(("lane_id", lane.pk))
            else:
                kind = model.type_name()
        return Filters(
            person=asked.get("person", ""),
            item_type=kind,
            item_id=asked.get("item"),
            within=tuple(within),
            since=asked.get("since"),
            until=asked.get("until"),
            only_text=asked.get("text", False),
        )


def _kinds_on(journey: Journey) -> list[tuple[str, str]]:
    """The types of items that were ever changed here, by their names."""
    changes = Change.objects.filter(board=journey.pk).order_by()
    types = {name for (name,) in changes.values_list("item_type").distinct()}
    names = {name: model._meta.verbose_name for name, model in item_models().items()}
    named = [(name, str(capfirst(names[name]))) for name in types & names.keys()]
    return sorted(named, key=lambda one: one[1])


@require_GET
@board_view(Role.VIEWER, Journey, members_only=True)
def history(request: Request, journey: Journey) -> HttpResponse:
    form = FilterForm(journey, request.GET)
    filters = form.filters()
    feed = feed_of(
        journey,
        filters,
        before=cursor(request, "before"),
        after=cursor(request, "after"),
        anchor_of=anchors(journey),
    )
    context = {
        "board": journey,
        "journey": journey,
        "address": journey.get_absolute_url(),
        "feed": feed,
        "form": form,
        "filtered": filters != Filters(),
        "cell": form.cell(),
        "query": _query(request),
        "viewer": viewer_of(request),
    }
    return render(request, "journeys/history.html", context)


def _query(request: Request) -> str:
    """The filters as they stand in the address, without the place in the list."""
    kept = request.GET.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    return kept.urlencode()

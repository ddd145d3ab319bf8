"""Going back: the whole map, a stage, a cell or one item becomes what it was."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collaboration.access import board_view
from collaboration.editing import Refused
from collaboration.itemtypes import item_models
from collaboration.restoring import Choice, alone, everything, restore, with_company
from collaboration.snapshots import snapshots_of
from collaboration.undo import NEVER_UNDONE
from journeys.models import Journey
from journeys.restoring import cell
from teams.access import Request
from teams.models import Role

LARGEST = 2**63 - 1
ITEM = RegexValidator(r"\A[a-z]{1,40}-[0-9]{1,15}(@[0-9]{1,15})?\Z")
CELL = RegexValidator(r"\A[0-9]{1,15}-[0-9]{1,15}(@[0-9]{1,15})?\Z")


class RestoreForm(forms.Form):
    """`item` is a type and an id, `cell` a stage and a lane; after an @ stands the edit before
    which it was as it shall be."""

    version = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    item = forms.CharField(required=False, validators=[ITEM])
    stage = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    cell = forms.CharField(required=False, validators=[CELL])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        for what in ("item", "cell"):
            asked[what], _at, edit = asked.get(what, "").partition("@")
            if edit:
                asked["version"] = max(0, int(edit) - 1)
        name = asked["item"]
        if asked.get("version") is None:
            raise forms.ValidationError(_("Say which version to go back to."))
        kind = name.partition("-")[0]
        if name and (kind not in item_models() or kind in NEVER_UNDONE):
            raise forms.ValidationError(_("This cannot be brought back."))
        return asked

    def choice(self) -> Choice:
        asked = self.cleaned_data
        if asked["item"]:
            kind, pk = asked["item"].split("-")
            return alone((kind, int(pk)))
        if asked["stage"]:
            return with_company(("stage", asked["stage"]))
        if asked["cell"]:
            return cell(*map(int, asked["cell"].split("-")))
        return everything


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def restore_version(request: Request, journey: Journey) -> HttpResponse:
    """Answers with the page that it was asked from, or the map; what was refused is said there."""
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise Refused(
            " ".join(str(reason) for reason in form.non_field_errors())
            or _("This cannot be brought back.")
        )
    version = form.cleaned_data["version"]
    saved = snapshots_of(journey).filter(version=version, automatic=False).first()
    label = saved.label if saved else ""
    try:
        done = restore(journey, version, choose=form.choice(), label=label, by=request.actor)
    except Refused as reason:
        messages.warning(request, str(reason))
    else:
        words = _("It is as it was. What was there before is saved as “%(label)s”.")
        messages.success(request, words % {"label": done.snapshot.label})
        for sentence in done.left_out:
            messages.warning(request, sentence)
    partly = form.cleaned_data["item"] or form.cleaned_data["cell"]
    return redirect("journeys:history" if partly else "journeys:map", journey.pk)

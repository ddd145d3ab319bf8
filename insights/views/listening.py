"""Writing down calls, one after another."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from collaboration.access import actor_on, library_view
from collaboration.editing import Refused
from collaboration.live import pieces, saying
from insights.listening import calls_of, sources_of_calls, write_down_call
from insights.models import Insight, Source
from insights.selectors import stages_by_journey, stages_of
from journeys.models import Persona, Stage
from teams.access import Actor, Request, is_htmx
from teams.models import Role

FORM = "insights/_call_form.html"
REMEMBERED = "listening"


class CallForm(forms.Form):
    """What a caller was in, wished for and struggled with: any of the three will do."""

    situation = forms.CharField(
        label=gettext_lazy("Situation"), max_length=600, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    wish = forms.CharField(
        label=gettext_lazy("Wish"), max_length=600, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    difficulty = forms.CharField(
        label=gettext_lazy("Difficulty"), max_length=600, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    source = forms.ModelChoiceField(
        Source.objects.none(),
        label=gettext_lazy("Where you listen in"),
        required=False,
        empty_label=None,
    )
    persona = forms.ModelChoiceField(
        Persona.objects.none(), label=gettext_lazy("Persona"), required=False
    )
    stage = forms.TypedChoiceField(
        label=gettext_lazy("Stage"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, request: Request, data: Any = None) -> None:
        remembered = request.session.get(REMEMBERED, {})
        super().__init__(data, initial=remembered, auto_id="id_call_%s")
        self.stages = {stage.pk: stage for stage in stages_of(request.workspace, request.user)}
        journeys = stages_by_journey(self.stages.values())
        groups = [(title, [(one.pk, one.title) for one in found]) for title, found in journeys]
        self.fields["stage"].choices = [("", "–"), *groups]  # type: ignore[attr-defined]
        self._offer_sources(sources_of_calls(request.workspace))
        self.fields["persona"].queryset = Persona.objects.filter(  # type: ignore[attr-defined]
            workspace=request.workspace
        )

    def _offer_sources(self, sources: QuerySet[Source]) -> None:
        """Asked only where there is a choice."""
        if len(sources) < 2:
            del self.fields["source"]
        else:
            self.fields["source"].queryset = sources  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not any(given.get(name) for name in ("situation", "wish", "difficulty")):
            raise ValidationError(_("Write at least one of the three."))
        return given


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def listen(request: Request) -> HttpResponse:
    form = CallForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _next(request, _write_down(request, form))
        except Refused as reason:
            form.add_error(None, str(reason))
    template = FORM if form.errors and is_htmx(request) else "insights/listening.html"
    context = {"form": form, "calls": calls_of(request.user, request.workspace)}
    return render(request, template, context, status=422 if form.errors else 200)


def _write_down(request: Request, form: CallForm) -> Insight:
    given = dict(form.cleaned_data)
    stage: Stage | None = form.stages.get(given.pop("stage"))
    place: tuple[Stage, Actor] | None = None
    if stage:
        place = stage, actor_on(stage.board, request.user)
    insight = write_down_call(request.workspace, **given, place=place, by=request.actor)
    persona = given["persona"]
    request.session[REMEMBERED] = {
        "source": insight.source_id,
        "persona": persona.pk if persona else None,
        "stage": stage.pk if stage else None,
    }
    return insight


def _next(request: Request, insight: Insight) -> HttpResponse:
    """The next empty form; what was written joins the list."""
    if not is_htmx(request):
        return redirect("insights:listening")
    fresh = render_to_string(FORM, {"form": CallForm(request), "begun": True}, request)
    call = render_to_string("insights/_call.html", {"insight": insight}, request)
    drawn = pieces([("call-form", fresh)], "outerHTML") + pieces([("calls", call)], "afterbegin")
    return HttpResponse(drawn + saying(_("Written down. The next one.")))

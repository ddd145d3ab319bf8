"""How customers feel: points of the curve, edited where they stand, and the curve as a table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from collaboration.access import board_view
from collaboration.inplace import item_of, typed_text
from collaboration.live import answer, page_of, pieces, viewer_of
from collaboration.merge import Clash
from collaboration.models import BoardItem, Change
from collaboration.undo import undo_context
from journeys import selectors
from journeys.beside import beside
from journeys.curve import table_html
from journeys.emotion import rows_of
from journeys.feeling_forms import FeelingForm
from journeys.feelings import feeling_at, felt_by, save_feeling
from journeys.models import Emotion, Feeling, Journey, Persona, Stage
from journeys.spots import spots_of
from journeys.views.places import id_in, named_item
from teams.access import Request, is_htmx
from teams.models import Role

ELEMENT = re.compile(r"[a-z0-9-]{1,60}")
FORM = "journeys/_feeling_form.html"


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def feel(request: Request, journey: Journey, stage_id: int) -> HttpResponse:
    def empty(stage: Any, persona: Persona | None) -> Feeling:
        return Emotion(board=journey, stage=stage, persona=persona)

    place = FeltPlace("journeys:emotion", Stage, stage_id, empty)
    return feeling_in_place(request, journey, place, FeelingForm)


@dataclass(frozen=True)
class FeltPlace:
    """Where a feeling is edited: the view's name, the place, and a feeling to start with."""

    route: str
    model: type[BoardItem]
    pk: int
    empty: Callable[[Any, Persona | None], Feeling]


def feeling_in_place(
    request: Request, journey: Journey, place: FeltPlace, form_class: type[FeelingForm]
) -> HttpResponse:
    """The form of one feeling, or what was posted with it; a slider posts its score alone.

    `at` names the element that the form takes the place of, `region` the part of the page to
    draw when it goes again.
    """
    sent = request.GET if request.method == "GET" else request.POST
    context = {
        "journey": journey,
        "address": reverse(place.route, args=[journey.pk, place.pk]),
        "at": _element(sent.get("at")),
        "region": _element(sent.get("region")),
    }
    if request.method == "POST":
        return _save(request, journey, place, form_class, context)
    item = named_item(journey, place.model, place.pk)
    if "persona" in sent:
        people = [selectors.persona_on(journey, id_in(sent["persona"]))]
    else:
        people = _still_unknown(journey, place.empty(item, None))
    context |= {"item": item, "persona": people[0], "people": people if people[1:] else []}
    form = form_class(instance=feeling_at(place.empty(item, people[0])))
    return render(request, FORM, {**context, "form": form})


def _still_unknown(journey: Journey, empty: Feeling) -> list[Persona | None]:
    """Whose feeling at this place can be given yet; where all are known, the first one's."""
    known, rows = felt_by(empty), rows_of(selectors.personas_of(journey))
    return [one for one in rows if (one.pk if one else None) not in known] or rows[:1]


def _save(
    request: Request,
    journey: Journey,
    place: FeltPlace,
    form_class: type[FeelingForm],
    context: dict[str, Any],
) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        item = item_of(journey, place.model, place.pk)
        if item is None:
            return typed_text(request)
        persona = selectors.persona_on(journey, id_in(request.POST.get("persona")))
        form = form_class(request.POST, instance=feeling_at(place.empty(item, persona)))
        context = {**context, "form": form, "item": item, "persona": persona}
        if not form.is_valid():
            return render(request, FORM, context, status=422)
        if clashes := form.clashes():
            return render(request, FORM, {**context, **_both(form, clashes)}, status=409)
        save_feeling(form.instance, by=request.actor)
    if not edit.changes:
        return HttpResponse(_put_back(request, journey, context["region"]))
    response = answer(request, edit)
    if f'hx-target="#{context["region"]}"' not in response.content.decode():
        response.write(_put_back(request, journey, context["region"]))
    return response


def _both(form: FeelingForm, clashes: list[Clash]) -> dict[str, Any]:
    item = form.instance
    last = Change.objects.filter(item_type=item.type_name(), item_id=item.pk).last()
    return {
        "form": form.retry(),
        "clashes": clashes,
        "other": last.actor_name if last else "",
    }


def _put_back(request: Request, journey: Journey, region: str) -> str:
    """What the form stood for, so that it gives way, where no change has drawn it."""
    if not region:
        return ""
    try:
        drawn = page_of(journey).draw(journey, {region}, viewer_of(request))
    except (ValueError, KeyError) as error:
        raise Http404 from error
    return pieces(drawn.items(), "outerHTML")


def _element(name: str | None) -> str:
    """The id of an element as it was sent; Http404 for what cannot be one."""
    if name and not ELEMENT.fullmatch(name):
        raise Http404
    return name or ""


@require_GET
@board_view(Role.VIEWER, Journey)
def table(request: Request, journey: Journey) -> HttpResponse:
    """The curve as a table: in the map's side panel, or as a page of its own."""
    loaded = selectors.outline_of(journey)
    loaded.personas = selectors.personas_of(journey)
    loaded.spots = spots_of(journey)
    viewer = viewer_of(request)
    html = table_html(loaded, selectors.emotions_of(journey), viewer)
    context = {"journey": journey, "board": journey, "table": html, "viewer": viewer}
    if is_htmx(request):
        return render(request, "journeys/_feelings_panel.html", context)
    return render(request, "journeys/feelings.html", context | undo_context(request, journey))


@require_GET
@board_view(Role.VIEWER, Journey)
def compare(request: Request, journey: Journey) -> HttpResponse:
    """Two of the map's personas side by side; without a choice, the first two."""
    personas = selectors.personas_of(journey)
    context = {"journey": journey, "board": journey, "personas": personas}
    chosen = [
        selectors.persona_on(journey, id_in(request.GET.get(side))) or default
        for side, default in zip(("left", "right"), personas, strict=False)
    ]
    if len(chosen) == 2:
        context |= {"beside": beside(journey, *chosen), "viewer": viewer_of(request)}
    if is_htmx(request) and chosen:
        return render(request, "journeys/_beside.html", context)
    return render(request, "journeys/beside.html", context | undo_context(request, journey))

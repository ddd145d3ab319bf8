"""Messages that must be the same: the page, its links, their verdicts and wordings."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, edit_in_place, item_of, typed_text
from collaboration.live import answer, viewer_of
from collaboration.undo import undo_context
from journeys.models import Journey
from journeys.views.places import id_in, named_item
from teams.access import Request
from teams.models import Role
from touchpoints import messages as services
from touchpoints.message_forms import AddLinkForm, AnotherForm, LinkForm, MessageForm
from touchpoints.message_models import LinkedMessage, MessageLink, MessageVerdict
from touchpoints.message_page import messages_html, messages_on
from touchpoints.models import Touchpoint
from touchpoints.selectors import channels_of
from touchpoints.services import save_touchpoint


@require_GET
@board_view(Role.VIEWER, Journey)
def page(request: Request, journey: Journey) -> HttpResponse:
    """`touchpoint` names one that is to be linked."""
    messages, viewer = messages_on(journey), viewer_of(request)
    wanted = id_in(request.GET.get("touchpoint"))
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "wanted": next((item for item in messages.items if item.pk == wanted), None),
        "counts": messages.counts,
        "channels": channels_of(journey.workspace_id),
        "list": messages_html(messages, viewer),
        **undo_context(request, journey),
    }
    return render(request, "touchpoints/messages.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey) -> HttpResponse:
    template, context = "touchpoints/_messagelink_new.html", {"journey": journey}
    if request.method == "GET":
        form = AddLinkForm(journey, chosen=id_in(request.GET.get("touchpoint")))
        return render(request, template, {**context, "form": form})
    return create_in_place(
        request,
        journey,
        AddLinkForm(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: services.create_link(journey, **data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, messagelink_id: int) -> HttpResponse:
    template, context = "touchpoints/_messagelink_form.html", {"journey": journey}
    return edit_in_place(
        request,
        journey,
        (MessageLink, messagelink_id),
        LinkForm,
        template=template,
        context=context,
        save=lambda form: services.save_link(form.instance, by=request.actor),
    )


@require_POST
@board_view(Role.EDITOR, Journey)
def judge(request: Request, journey: Journey, messagelink_id: int) -> HttpResponse:
    verdict = request.POST.get("verdict", "")
    if verdict not in MessageVerdict.values:
        raise Http404
    with journey.editing(by=request.actor) as edit:
        link = named_item(journey, MessageLink, messagelink_id)
        seen = request.POST.get("of", "")
        services.judge_link(link, verdict=verdict, of=seen, by=request.actor)
    said = _("“%(title)s”: %(verdict)s") % {"title": link, "verdict": link.get_verdict_display()}
    return answer(request, edit, said=said)


@require_POST
@board_view(Role.EDITOR, Journey)
def another(request: Request, journey: Journey, messagelink_id: int) -> HttpResponse:
    """One more touchpoint."""
    with journey.editing(by=request.actor) as edit:
        link = named_item(journey, MessageLink, messagelink_id)
        form = AnotherForm(journey, request.POST)
        if not form.is_valid():
            raise Http404
        services.add_touchpoint(link, **form.cleaned_data, by=request.actor)
    return answer(request, edit)


@require_POST
@board_view(Role.EDITOR, Journey)
def take_out(request: Request, journey: Journey, linkedmessage_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        message = named_item(journey, LinkedMessage, linkedmessage_id)
        services.take_out(message, by=request.actor)
    return answer(request, edit, said=_("Taken out of the link. Undo brings it back."))


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, messagelink_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        link = named_item(journey, MessageLink, messagelink_id)
        services.delete_link(link, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": link}
    return answer(request, edit, said=said)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def wording(request: Request, journey: Journey, linkedmessage_id: int) -> HttpResponse:
    """The message of a touchpoint, changed where it stands beside the others."""
    template = "touchpoints/_wording_form.html"
    message = item_of(journey, LinkedMessage, linkedmessage_id)
    if message is None:
        return typed_text(request)
    context: dict[str, Any] = {"journey": journey, "message": message}
    return edit_in_place(
        request,
        journey,
        (Touchpoint, message.touchpoint_id),
        MessageForm,
        template=template,
        context=context,
        save=lambda form: save_touchpoint(form.instance, by=request.actor),
    )

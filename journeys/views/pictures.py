"""Pictures in the cells of a map."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from collaboration.pictures import picture_response
from journeys import pictures
from journeys.models import Journey, Lane, Picture, Stage
from journeys.picture_forms import NewPictureForm, PictureForm
from journeys.views.places import named_item, target_of
from teams.access import Request
from teams.models import Role


@require_GET
@board_view(Role.VIEWER, Journey)
def file(request: Request, journey: Journey, picture_id: int) -> HttpResponse:
    return picture_response(named_item(journey, Picture, picture_id).stored)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    stage = named_item(journey, Stage, stage_id)
    lane = named_item(journey, Lane, lane_id)
    template = "journeys/_picture_new.html"
    context = {"journey": journey, "stage": stage, "lane": lane}
    if request.method == "GET":
        return render(request, template, {**context, "form": NewPictureForm()})

    form = NewPictureForm(request.POST, request.FILES)
    return create_in_place(
        request,
        journey,
        form,
        template=template,
        context=context,
        create=lambda data: pictures.create_picture(
            stage=stage, lane=lane, **data, by=request.actor
        ),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, picture_id: int) -> HttpResponse:
    template, context = "journeys/_picture_form.html", {"journey": journey}
    if request.method == "POST":
        return save_in_place(
            request, journey, (Picture, picture_id), PictureForm, template=template, context=context
        )
    picture = named_item(journey, Picture, picture_id)
    form = PictureForm(instance=picture)
    return render(request, template, {**context, "item": picture, "form": form})


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, picture_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        picture = named_item(journey, Picture, picture_id)
        if direction := request.POST.get("direction"):
            pictures.step_picture(picture, direction=direction, by=request.actor)
        else:
            pictures.move_picture(
                picture,
                stage=named_item(journey, Stage, request.POST.get("stage")),
                lane=named_item(journey, Lane, request.POST.get("lane")),
                before=target_of(journey, Picture, request.POST.get("before")),
                by=request.actor,
            )
    said = _("The picture is now in “%(stage)s”, “%(lane)s”.")
    return answer(request, edit, said=said % {"stage": picture.stage, "lane": picture.lane})


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, picture_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        picture = named_item(journey, Picture, picture_id)
        pictures.delete_picture(picture, by=request.actor)
    return answer(request, edit, said=_("The picture is deleted. Undo brings it back."))

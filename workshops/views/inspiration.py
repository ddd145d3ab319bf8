"""The library of inspiration: find, add, change, delete."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import library_view
from collaboration.editing import Refused
from collaboration.merge import MergeForm
from collaboration.pictures import NotAPicture, picture_response
from teams.access import Request, workspace_view
from teams.models import Role
from workshops import inspiration
from workshops.inspiration_forms import CaseForm, CasePictureForm, NewCaseForm
from workshops.inspiration_models import InspirationCase
from workshops.inspiring import cases_of, tags_of, workshops_showing

CASES_A_PAGE = 24


@require_GET
@workspace_view(Role.VIEWER)
def library(request: Request) -> HttpResponse:
    words, tag = request.GET.get("q", "")[:200], request.GET.get("tag", "")[:40]
    found = cases_of(request.workspace, words=words, tag=tag)
    filters = request.GET.copy()
    filters.pop("page", None)
    context = {
        "page": Paginator(found, CASES_A_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "words": words,
        "tag": tag,
        "tags": tags_of(request.workspace),
        "may_edit": request.actor.may(Role.EDITOR),
    }
    return render(request, "workshops/inspiration.html", context)


@require_GET
@workspace_view(Role.VIEWER)
def show(request: Request, inspirationcase_id: int) -> HttpResponse:
    return _page(request, _case(request, inspirationcase_id))


@require_GET
@workspace_view(Role.VIEWER)
def picture(request: Request, inspirationcase_id: int) -> HttpResponse:
    return picture_response(_case(request, inspirationcase_id).picture)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def new(request: Request) -> HttpResponse:
    form = NewCaseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = inspiration.create_case(request.workspace, **form.cleaned_data, by=request.actor)
            return redirect(case)
        except NotAPicture as reason:
            form.add_error("file", str(reason))
        except Refused as reason:
            form.add_error(None, str(reason))
    return _form(request, form, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def edit(request: Request, inspirationcase_id: int) -> HttpResponse:
    case = _case(request, inspirationcase_id)
    if request.method == "GET":
        return _form(request, CaseForm(instance=case))
    with inspiration.editing_case(case, by=request.actor) as present:
        form = CaseForm(request.POST, instance=present)
        if not form.is_valid():
            return _form(request, form, status=422)
        if clashes := form.clashes():
            return _form(request, form.retry(), status=409, clashes=clashes)
        inspiration.change_case(case, fields=form.changes(), by=request.actor)
    return redirect(case)


@require_POST
@library_view(Role.EDITOR)
def change_picture(request: Request, inspirationcase_id: int) -> HttpResponse:
    """Take the picture that was sent; without a file and with `remove`, take it away."""
    case = _case(request, inspirationcase_id)
    form = CasePictureForm(request.POST, request.FILES)
    if request.POST.get("remove"):
        inspiration.change_picture(case, file=None, by=request.actor)
        return redirect(case)
    if not form.is_valid():
        return _page(request, case, 422, form=form)
    try:
        inspiration.change_picture(case, file=form.cleaned_data["file"], by=request.actor)
    except NotAPicture as reason:
        form.add_error("file", str(reason))
        return _page(request, case, 422, form=form)
    return redirect(case)


@require_POST
@library_view(Role.EDITOR)
def delete(request: Request, inspirationcase_id: int) -> HttpResponse:
    case = _case(request, inspirationcase_id)
    inspiration.delete_case(case, by=request.actor)
    messages.success(request, _("“%(title)s” has left the library.") % {"title": case.title})
    return redirect("workshops:inspiration")


# --- Inside --------------------------------------------------------------------------------
def _case(request: Request, pk: int) -> InspirationCase:
    return get_object_or_404(cases_of(request.workspace), pk=pk)


def _page(
    request: Request, case: InspirationCase, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "case": case,
        "form": CasePictureForm(),
        "may_edit": request.actor.may(Role.EDITOR),
        "workshops": workshops_showing(case, request.user),
        **more,
    }
    return render(request, "workshops/inspiration_case.html", context, status=status)


def _form(request: Request, form: MergeForm, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "case": form.instance, **more}
    return render(request, "workshops/inspiration_form.html", context, status=status)

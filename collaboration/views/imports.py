"""Imports: take a file, say what its columns mean, look at what was found, say yes, take it back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view, library_view
from collaboration.cells import csv_lines
from collaboration.editing import Refused
from collaboration.importing import asking
from collaboration.importing.examples import example_file
from collaboration.importing.kinds import ImportKind, choices_of, kind_of
from collaboration.importing.models import Import
from collaboration.importing.tables import MOST_BYTES, MOST_ROWS, NotATable
from collaboration.models import Board
from teams.access import Request, signed_in, workspace_view
from teams.models import Role, Workspace

SHOWN = 5
View = Callable[..., HttpResponseBase]


# --- A new one -----------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def new(request: Request, kind: str) -> HttpResponse:
    return _new(request, _known(kind, on_board=False), request.workspace)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, members_only=True)
def new_on_board(request: Request, board: Board, kind: str) -> HttpResponse:
    if board.kind != "journey":
        raise Http404
    return _new(request, _known(kind, on_board=True), board)


def _known(key: str, *, on_board: bool) -> ImportKind:
    kind = kind_of(key)
    if kind is None or kind.on_board != on_board:
        raise Http404
    return kind


def _new(request: Request, kind: ImportKind, place: Workspace | Board) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        try:
            row = _started(request, kind, place)
            return redirect("collaboration:import", row.pk)
        except NotATable as reason:
            refused = str(reason)
    mine = asking.imports_of(request.user).filter(kind=kind.key)
    on_board = place if isinstance(place, Board) else None
    where = {"board": on_board} if on_board else {"board": None, "workspace": place}
    context = {
        "kind": kind,
        "board": on_board.specific if on_board else None,
        "refused": refused,
        "earlier": mine.filter(**where)[:SHOWN],
        "most_rows": MOST_ROWS,
        "most_megabytes": MOST_BYTES // 1_000_000,
    }
    return render(request, "collaboration/import_new.html", context, status=422 if refused else 200)


def _started(request: Request, kind: ImportKind, place: Workspace | Board) -> Import:
    upload = request.FILES.get("file")
    if upload is None:
        raise NotATable(_("Choose a file first."))
    language = get_language() or "en"
    return asking.start_import(
        kind=kind, place=place, upload=upload, language=language, by=request.actor
    )


@require_GET
@workspace_view(Role.VIEWER)
def example(request: Request, kind: str, file_format: str) -> HttpResponse:
    """A table as it could be, its heads in the reader's language."""
    found = kind_of(kind)
    if found is None or file_format not in ("csv", "xlsx"):
        raise Http404
    content, content_type = example_file(found, file_format)
    name = f"waymark-{found.key}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


# --- One's own -----------------------------------------------------------------------------------
def own_import(view: View) -> View:
    """The person's own import, where they may still edit what it goes to; what is refused is said
    on its page."""

    @wraps(view)
    def guarded(request: Request, import_id: int) -> HttpResponseBase:
        row = asking.imports_of(request.user).filter(pk=import_id).first()
        actor = asking.actor_for(row) if row else None
        if row is None or actor is None:
            raise Http404
        actor.must(asking.NEEDS)
        request.actor = actor
        try:
            return view(request, row)
        except Refused as reason:
            row.refresh_from_db()
            return _page(request, row, refused=str(reason), status=409)

    return signed_in(guarded)


@require_GET
@own_import
def show(request: Request, row: Import) -> HttpResponse:
    return _page(request, row)


@require_GET
@own_import
def state(request: Request, row: Import) -> HttpResponse:
    """The part of the page that changes, asked for while a worker is at it."""
    return render(request, "collaboration/_import.html", _context(row))


@require_POST
@own_import
def columns(request: Request, row: Import) -> HttpResponse:
    mapping = [request.POST.get(f"column-{index}", "") for index in range(len(row.heads))]
    choices = choices_of(asking.kind_of_import(row), asking.target_of(row))
    given = {one.key: request.POST.get(f"option-{one.key}") for one in choices}
    options = {key: value for key, value in given.items() if value is not None}
    asking.choose(row, mapping=mapping, options=options, by=request.actor)
    return redirect("collaboration:import", row.pk)


@require_POST
@own_import
def apply(request: Request, row: Import) -> HttpResponse:
    asking.approve(row, by=request.actor)
    return redirect("collaboration:import", row.pk)


@require_POST
@own_import
def take_back(request: Request, row: Import) -> HttpResponse:
    asking.take_back(row, by=request.actor)
    return redirect("collaboration:import", row.pk)


@require_POST
@own_import
def retry(request: Request, row: Import) -> HttpResponse:
    asking.retry(row, by=request.actor)
    return redirect("collaboration:import", row.pk)


@require_POST
@own_import
def discard(request: Request, row: Import) -> HttpResponse:
    asking.discard(row, by=request.actor)
    if row.board_id:
        return redirect("collaboration:import_new_on_board", row.board_id, row.kind)
    return redirect("collaboration:import_new", row.kind)


@require_GET
@own_import
def faults(request: Request, row: Import) -> HttpResponseBase:
    """What is wrong, row by row, as a table."""
    heads = [_("Row"), _("Column"), _("What is wrong")]
    lines = csv_lines([heads, *row.findings.get("faults", [])])
    headers = {"Content-Disposition": f'attachment; filename="waymark-errors-{row.pk}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _page(request: Request, row: Import, *, refused: str = "", status: int = 200) -> HttpResponse:
    context = {**_context(row), "refused": refused}
    return render(request, "collaboration/import.html", context, status=status)


def _context(row: Import) -> dict[str, Any]:
    kind = asking.kind_of_import(row)
    context: dict[str, Any] = {
        "row": row,
        "kind": kind,
        "board": row.board.specific if row.board else None,
        "address": kind.address(row),
        "step": STEPS.get(row.state, 2),
    }
    if row.state in asking.TO_BE_MAPPED:
        context |= {"columns": _columns(row), "choices": _choices(row, kind)}
    if row.state == Import.State.CHECKED:
        context["preview_heads"] = [
            head for head, key in zip(row.heads, row.mapping, strict=True) if key
        ]
    return context


STEPS = {"uploaded": 1, "read": 2, "mapped": 3, "checked": 3, "applying": 4, "done": 4,
         "undoing": 4, "undone": 4}  # fmt: skip


def _columns(row: Import) -> list[dict[str, Any]]:
    """Each column with some of what stands in it and the field that it is taken for."""
    return [
        {
            "head": head,
            "key": key,
            "samples": [one[index] for one in row.table["samples"] if one[index]][:3],
        }
        for index, (head, key) in enumerate(zip(row.heads, row.mapping, strict=True))
    ]


def _choices(row: Import, kind: ImportKind) -> list[tuple[Any, str]]:
    """What is to be decided, each with what was decided before."""
    choices = choices_of(kind, asking.target_of(row))
    return [(one, row.options.get(one.key, str(one.values[0][0]))) for one in choices]

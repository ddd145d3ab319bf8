"""Exports of a board: ask for one, watch it, fetch it, try again."""

import unicodedata

from csp.decorators import csp_replace
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.exporting import (
    NEEDS,
    BadOptions,
    CannotExport,
    exports_of,
    name_of,
    request_export,
    retry_export,
)
from collaboration.models import Board, Export
from teams.access import Request, is_htmx

SHOWN = 40
CONTENT_TYPES: dict[str, str] = {
    Export.Format.PDF: "application/pdf",
    Export.Format.PNG: "image/png",
    Export.Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Format.CSV: "text/csv",
}


def files_context(request: Request, board: Board) -> dict[str, object]:
    """The newest files of a member who may take some out."""
    may_export = request.actor.may(NEEDS) and not request.actor.is_guest
    return {"may_export": may_export, **(list_context(board, request) if may_export else {})}


def list_context(board: Board, request: Request) -> dict[str, object]:
    """What `collaboration/_exports.html` needs: the newest files that a person may fetch."""
    files = [_named(board, export) for export in exports_of(board, request.user)[:SHOWN]]
    return {"board": board, "exports": files}


@require_POST
@board_view(NEEDS, members_only=True)
def create(request: Request, board: Board) -> HttpResponse:
    try:
        request_export(
            board, kind=request.POST.get("kind", ""), language=get_language(), by=request.actor
        )
    except (BadOptions, CannotExport) as reason:
        raise Http404 from reason
    return _exports(request, board)


@require_POST
@board_view(NEEDS, members_only=True)
def retry(request: Request, board: Board, export_id: int) -> HttpResponse:
    export = _own(request, board, export_id)
    if export.requested_by != request.user:
        raise Http404
    retry_export(export, by=request.actor)
    return _exports(request, board)


@require_GET
@board_view(NEEDS, members_only=True)
def status(request: Request, board: Board, export_id: int) -> HttpResponse:
    context = {"board": board, "export": _own(request, board, export_id)}
    return render(request, "collaboration/_export.html", context)


# Browsers show a PDF with a viewer of their own, which counts as an object.
@csp_replace({"object-src": ["'self'"]})
@require_GET
@board_view(NEEDS, members_only=True)
def file(request: Request, board: Board, export_id: int) -> FileResponse:
    """The file itself, shown in the browser where it can; with `?download` for keeping."""
    export = _own(request, board, export_id)
    stored = export.file.name
    if export.status != Export.Status.DONE or not (stored and default_storage.exists(stored)):
        raise Http404
    return FileResponse(
        export.file.open(),
        as_attachment="download" in request.GET or not export.opens_in_browser,
        filename=file_name(export),
        content_type=CONTENT_TYPES[export.format],
        headers={"X-Content-Type-Options": "nosniff"},
    )


def file_name(export: Export) -> str:
    """The board's title and what the file is, without what a file name or header cannot hold."""
    with override(export.language):
        name = f"{export.board.title} - {name_of(export)}.{export.format}"
    printable = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    safe = "".join(letter for letter in printable if letter not in '<>:"/\\|?*')
    return " ".join(safe.split())


def _own(request: Request, board: Board, export_id: int) -> Export:
    export = exports_of(board, request.user).filter(pk=export_id).first()
    if export is None:
        raise Http404
    return _named(board, export)


def _named(board: Board, export: Export) -> Export:
    """The export with what its file is `called`, for its template."""
    export.board = board
    export.called = name_of(export)  # type: ignore[attr-defined]
    return export


def _exports(request: Request, board: Board) -> HttpResponse:
    if not is_htmx(request):
        return redirect(board.specific.get_absolute_url())
    return render(request, "collaboration/_exports.html", list_context(board, request))

"""Editing in place: one flow for every form that stands on a board.

422 gives the form back with its errors, 409 with both texts where two people changed the
same field, and 409 with the typed text where the item was deleted meanwhile.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from collaboration.editing import Refused
from collaboration.idempotency import NOT_SAID
from collaboration.live import answer
from collaboration.merge import MergeForm
from collaboration.models import Board, Change, Recorded
from teams.access import Request, is_htmx
from teams.models import Role

Context = dict[str, Any]


def item_of(board: Board, model: type[Recorded], pk: int) -> Any:
    """An item of this board, loaded now, or None: another board's items do not exist here."""
    if issubclass(model, Board):
        return model.objects.filter(pk=board.pk).first()
    rows: Any = model.objects
    return rows.filter(board=board.pk, pk=pk).first()


def edit_in_place(  # noqa: PLR0913 - facts about one form, named wherever it is called
    request: Request,
    board: Board,
    item: tuple[type[Recorded], int],
    form_class: type[MergeForm],
    *,
    template: str,
    context: Context,
    save: Callable[[MergeForm], object] | None = None,
) -> HttpResponse:
    """The form of an item of the board when it is asked for, and saved when it is sent."""
    if request.method != "GET":
        return save_in_place(
            request, board, item, form_class, template=template, context=context, save=save
        )
    present = item_of(board, *item)
    if present is None:
        raise Http404
    form = form_class(instance=present)
    return render(request, template, {**context, "form": form, "item": present})


def save_in_place(  # noqa: PLR0913 - facts about one form, named wherever it is called
    request: Request,
    board: Board,
    item: tuple[type[Recorded], int],
    form_class: type[MergeForm],
    *,
    template: str,
    context: Context,
    needs: Role = Role.EDITOR,
    save: Callable[[MergeForm], object] | None = None,
) -> HttpResponse:
    """Save the posted form onto an item of the board and answer with what changed."""
    with board.editing(by=request.actor, needs=needs) as edit:
        present = item_of(board, *item)
        if present is None:
            return typed_text(request)
        form = form_class(request.POST, instance=present)
        if not form.is_valid():
            return render(request, template, {**context, "form": form, "item": present}, status=422)
        if clashes := form.clashes():
            return _clash(request, form, clashes, template, context)
        (save or MergeForm.save)(form)
        if not edit.changes:
            # Nothing was changed, yet the form has to give way to what it stood for.
            edit.touch(present)
    return answer(request, edit)


def _clash(
    request: HttpRequest, form: MergeForm, clashes: list[Any], template: str, context: Context
) -> HttpResponse:
    item = form.instance
    last = Change.objects.filter(item_type=item._meta.model_name, item_id=item.pk).last()
    item.refresh_from_db()
    context = {
        **context,
        "form": form.retry(),
        "item": item,
        "clashes": clashes,
        "other": last.actor_name if last else "",
    }
    return render(request, template, context, status=409)


def typed_text(request: HttpRequest, missing: Exception | None = None) -> HttpResponse:
    """What was typed, in words that say why it could not be saved; nothing is lost.

    Http404 where the request carries no text.
    """
    texts = [
        value
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_SAID and not name.startswith("initial-") and len(value.strip()) > 1
    ]
    if not texts:
        raise Http404 from missing
    return _not_saved(request, "collaboration/_gone.html", {"texts": texts})


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Why something was not done: in the corner of the page that asked, or as a page."""
    return _not_saved(request, "collaboration/_refused.html", {"reason": reason})


def _not_saved(request: HttpRequest, piece: str, context: Context) -> HttpResponse:
    template = piece if is_htmx(request) else "collaboration/unsaved.html"
    return render(request, template, context, status=409)


def create_in_place(  # noqa: PLR0913 - facts about one form, named wherever it is called
    request: Request,
    board: Board,
    form: Any,
    *,
    template: str,
    context: Context,
    create: Callable[[dict[str, Any]], object],
    needs: Role = Role.EDITOR,
) -> HttpResponse:
    """Make a new item from the posted form and answer with what changed."""
    if not form.is_valid():
        return render(request, template, {**context, "form": form}, status=422)
    try:
        with board.editing(by=request.actor, needs=needs) as edit:
            create(form.cleaned_data)
    except Refused as reason:
        form.add_error(None, str(reason))
        return render(request, template, {**context, "form": form}, status=422)
    return answer(request, edit)

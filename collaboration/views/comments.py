"""Comments on any item of a board; the answer to each act is the thread drawn afresh."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration import services
from collaboration.access import board_view
from collaboration.comments import comments_region, draw_comments, target_of
from collaboration.forms import CommentForm, NewCommentForm, ReplyForm
from collaboration.inplace import item_of, save_in_place
from collaboration.live import answer, pieces, viewer_of
from collaboration.models import Board, Comment, Recorded
from collaboration.names import name_of
from teams.access import Request
from teams.models import Role

FORM = "collaboration/_comment_form.html"


@require_GET
@board_view(Role.VIEWER)
def show(request: Request, board: Board) -> HttpResponse:
    """The panel with the threads about one item: `?type=stage&id=7`."""
    target = target_or_404(board, request.GET.get("type", ""), request.GET.get("id", ""))
    return panel(request, board, target)


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER)
def create(request: Request, board: Board) -> HttpResponse:
    """A comment on an item, or with `parent` an answer to a comment on it."""
    asked = request.POST if request.method == "POST" else request.GET
    target = target_or_404(board, asked.get("type", ""), asked.get("id", ""))
    parent = comment_or_404(board, asked["parent"]) if asked.get("parent") else None
    if parent and (parent.target_type, parent.target_id) != (target.type_name(), target.pk):
        raise Http404
    form = (ReplyForm if parent else NewCommentForm)(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {**about(board, target), "form": form, "parent": parent}
        return render(request, FORM, context, status=422 if form.is_bound else 200)
    with board.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        body = form.cleaned_data["body"]
        services.create_comment(board, target=target, body=body, parent=parent, by=request.actor)
    return with_empty_form(
        answer(request, edit, said=_("Your comment is there.")), request, board, target
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER)
def edit(request: Request, board: Board, comment_id: int) -> HttpResponse:
    comment = comment_or_404(board, comment_id)
    services.must_be_author(comment, request.actor)
    target = target_or_404(board, comment.target_type, comment.target_id)
    context = {**about(board, target), "item": comment}
    if request.method == "GET":
        return render(request, FORM, {**context, "form": CommentForm(instance=comment)})
    saved = save_in_place(
        request,
        board,
        (Comment, comment_id),
        CommentForm,
        template=FORM,
        context=context,
        needs=Role.COMMENTER,
        save=lambda form: services.edit_comment(
            form.instance, body=form.cleaned_data["body"], by=request.actor
        ),
    )
    return with_empty_form(saved, request, board, target)


@require_POST
@board_view(Role.COMMENTER)
def delete(request: Request, board: Board, comment_id: int) -> HttpResponse:
    with board.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        comment = comment_or_404(board, comment_id)
        services.delete_comment(comment, by=request.actor)
    target = target_or_404(board, comment.target_type, comment.target_id)
    said = _("The comment is deleted.")
    return with_empty_form(answer(request, edit, said=said), request, board, target)


@require_POST
@board_view(Role.COMMENTER)
def resolve(request: Request, board: Board, comment_id: int) -> HttpResponse:
    with board.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        services.resolve_comment(comment_or_404(board, comment_id), by=request.actor)
    return answer(request, edit, said=_("Resolved."))


@require_POST
@board_view(Role.COMMENTER)
def reopen(request: Request, board: Board, comment_id: int) -> HttpResponse:
    with board.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        services.reopen_comment(comment_or_404(board, comment_id), by=request.actor)
    return answer(request, edit, said=_("Reopened."))


def panel(request: Request, board: Board, target: Recorded) -> HttpResponse:
    """The threads about one item, with a form for another one."""
    viewer = viewer_of(request)
    region = comments_region(target.type_name(), target.pk)
    context = {
        **about(board, target),
        "name": name_of(target),
        "form": NewCommentForm(),
        "threads": draw_comments(board, region, viewer),
        "viewer": viewer,
    }
    return render(request, "collaboration/_comments_panel.html", context)


def target_or_404(board: Board, target_type: str, target_id: str | int) -> Recorded:
    """The item of this board that is talked about; another board's items do not exist here."""
    number = int(target_id) if str(target_id).isdecimal() and len(str(target_id)) < 19 else 0
    target = target_of(board, target_type, number)
    if target is None:
        raise Http404
    return target


def comment_or_404(board: Board, comment_id: str | int) -> Comment:
    """A comment of this board about something that is still on it."""
    number = int(comment_id) if str(comment_id).isdecimal() and len(str(comment_id)) < 19 else 0
    comment: Comment | None = item_of(board, Comment, number)
    if comment is None:
        raise Http404
    target_or_404(board, comment.target_type, comment.target_id)
    return comment


def about(board: Board, target: Recorded) -> dict[str, Any]:
    return {"board": board, "target": target, "target_type": target.type_name()}


def with_empty_form(
    response: HttpResponse, request: Request, board: Board, target: Recorded
) -> HttpResponse:
    """The answer to what was said, with a fresh form for the next comment."""
    if response.status_code == HTTPStatus.OK:
        context = {**about(board, target), "form": NewCommentForm()}
        html = render_to_string(FORM, context, request)
        response.write(pieces([("comment-form", html)], "outerHTML"))
    return response

"""What changed, as pieces of the page: one function for streams, answers and polling.

A kind of board brings a BoardPage. It says which regions of its page a change touches and
draws them. `render_changes` draws every touched region once, for one kind of viewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from collaboration.editing import Edit
from collaboration.models import Board, Change
from teams.access import Actor
from teams.models import Role

MOST_CHANGES = 400


@dataclass(frozen=True)
class Viewer:
    """All that a piece of a page may depend on besides the board itself."""

    role: Role
    language: str
    is_guest: bool = False
    view: str = field(default="map", kw_only=True)
    """Which of the pages of its board: a map can be read as an outline or a table, too."""

    @property
    def can_comment(self) -> bool:
        return self.role.includes(Role.COMMENTER)

    @property
    def can_edit(self) -> bool:
        return self.role.includes(Role.EDITOR)


class TooFarBehind(LookupError):
    """A page too old to be brought up to date piece by piece: it has to be loaded anew."""


@dataclass(frozen=True)
class Delta:
    """The pieces that bring a page from one version to `version`."""

    version: int
    html: SafeString


class BoardPage:
    """How one kind of board is shown. Regions are named by the id of their element."""

    kind: ClassVar[str]
    view: ClassVar[str] = "map"
    WHOLE: ClassVar[frozenset[str]]
    """The regions that hold all others; drawn when too much has changed."""

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        """The ids of the elements that these changes touch."""
        raise NotImplementedError

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        """HTML by region id; an id that has gone from the page is left out."""
        raise NotImplementedError

    EMBEDDED: ClassVar[str] = ""
    """The template of a page for other sites to show; without one the board has none."""

    def embedded(self, board: Board, viewer: Viewer) -> dict[str, object]:
        """What that template shows."""
        return {}

    def personal(self, request: HttpRequest, board: Board) -> dict[str, str]:
        """Regions of this user alone (undo and redo), drawn with every answer to an edit."""
        return {}


_pages: dict[tuple[str, str], BoardPage] = {}


def register(page: BoardPage) -> None:
    """Called by each app's AppConfig.ready() for its kind of board."""
    _pages[page.kind, page.view] = page


def page_of(board: Board, view: str = "map") -> BoardPage:
    return _pages.get((board.kind, view)) or _pages[board.kind, "map"]


def kinds_of_boards() -> list[str]:
    return sorted({kind for kind, _face in _pages})


def viewer_of(request: HttpRequest) -> Viewer:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = request.headers.get("Board-View", "map")
    return Viewer(actor.role, translation.get_language(), actor.is_guest, view=view)


def render_changes(board: Board, since: int, viewer: Viewer, swap: str = "outerMorph") -> Delta:
    """The pieces of the page that changed after version `since`, for one kind of viewer.

    `board.version` must be fresh. Costs the queries of the touched regions, not of the page.
    Raises TooFarBehind when the changes from `since` on are no longer kept.
    """
    if since >= board.version:
        return Delta(board.version, mark_safe(""))
    newer = Change.objects.filter(board=board, version__gt=since, version__lte=board.version)
    changes = list(newer[: MOST_CHANGES + 1])
    if not changes or changes[0].version != since + 1:
        raise TooFarBehind(f"board {board.pk} keeps no changes right after version {since}")
    return _drawn(board, changes, viewer, swap)


def _drawn(board: Board, changes: list[Change], viewer: Viewer, swap: str) -> Delta:
    page = page_of(board, viewer.view)
    regions = page.regions(board, changes) if len(changes) <= MOST_CHANGES else set(page.WHOLE)
    with translation.override(viewer.language):
        drawn = page.draw(board.specific, regions, viewer)
    return Delta(board.version, pieces(drawn.items(), swap))


def pieces(drawn: Iterable[tuple[str, str]], swap: str) -> SafeString:
    """Elements by id as `<hx-partial>`, each of which replaces the element of that id."""
    return format_html_join(
        "",
        '<hx-partial hx-target="#{}" hx-swap="{}">{}</hx-partial>',
        # The HTML comes from our templates.
        ((name, swap, mark_safe(html)) for name, html in drawn),  # noqa: S308
    )


def answer(
    request: HttpRequest, edit: Edit, *, status: int = 200, said: str = "", warned: str = ""
) -> HttpResponse:
    """The answer to an edit made from a page: what this edit changed, drawn afresh.

    `said` is announced to screen readers; `warned` stands on the page until it is closed.
    """
    delta = _drawn(edit.board, edit.changes, viewer_of(request), swap="outerHTML")
    extra = page_of(edit.board).personal(request, edit.board)
    html = delta.html + pieces(extra.items(), "outerMorph") + saying(said) + warning(warned)
    return HttpResponse(html, status=status, headers={"Board-Version": str(delta.version)})


def saying(text: str) -> SafeString:
    """A sentence for the live region of the page."""
    if not text:
        return mark_safe("")
    return mark_safe(render_to_string("collaboration/_announcement.html", {"text": text}))  # noqa: S308


def warning(text: str) -> SafeString:
    """Words that stand on the page until they are closed."""
    if not text:
        return mark_safe("")
    return mark_safe(render_to_string("collaboration/_refused.html", {"reason": text}))  # noqa: S308

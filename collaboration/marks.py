"""Marks on items: open threads and owners, as one region that the browser hangs on the items.

Cells are kept whole under their items' versions; what is said about an item is drawn apart,
so that a comment redraws one small list and no cell.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.translation import override

from collaboration.attention import Assignment
from collaboration.comments import comments_region, draw_comments
from collaboration.live import Viewer
from collaboration.models import Board, Change, Comment

MARKS = "marks"

Target = tuple[str, int]
Ground = tuple[str, str, str]
"""On what an item rests: a word for it, the same as a sentence, and where more is told."""
Grounds = Callable[[Board], Mapping[Target, Ground]]
Shows = Callable[[Mapping[str, object]], bool]
_grounds: dict[str, tuple[str, Grounds, Shows]] = {}
Flags = Callable[[Board], Mapping[Target, tuple[str, str]]]
"""What needs a look, by item: why, and where to go."""
_flags: dict[str, Flags] = {}
_telling: dict[str, frozenset[str]] = {}
"""By type of item: the fields whose change is told by flags; without any, every change is."""


def hang_grounds(board_kind: str, item_type: str, grounds: Grounds, *, shows: Shows) -> None:
    """Called by the app that knows on what items of such a board rest, in one query.

    `item_type` is what tells it; `shows` says of such an item's fields whether marks show it.
    """
    _grounds[item_type] = (board_kind, grounds, shows)


def hang_flags(board_kind: str, flags: Flags, *, told_by: Mapping[str, Iterable[str]]) -> None:
    """Called by the app that knows what on such a board needs a look, in one query.

    `told_by` names the types of items whose changes raise or lower a flag, each with the fields
    that count; none means all.
    """
    _flags[board_kind] = flags
    _telling.update({name: frozenset(fields) for name, fields in told_by.items()})


def is_told_by_marks(change: Change, versions: Iterable[Mapping[str, object]]) -> bool:
    """Whether a change to such an item, with its fields before and after, shows in the marks."""
    kind = change.item_type
    if kind in _telling:
        fields = _telling[kind]
        return not fields or any(
            change.before.get(name) or change.after.get(name) for name in fields
        )
    return kind in _grounds and any(_grounds[kind][2](fields) for fields in versions)


@dataclass
class Mark:
    """What hangs on one item."""

    target_type: str
    target_id: int
    comments: int = 0
    owner: Assignment | None = None
    ground: Ground | None = None
    flag: tuple[str, str] | None = None

    @property
    def about(self) -> str:
        return f"{self.target_type}-{self.target_id}"


def marks_of(board: Board) -> list[Mark]:
    """Every marked item of the board; four queries."""
    threads = Comment.objects.filter(board=board.pk, parent=None, resolved_at=None)
    counts = threads.order_by().values_list("target_type", "target_id")
    found = {
        (kind, pk): Mark(kind, pk, comments)
        for kind, pk, comments in counts.annotate(count=Count("pk"))
    }
    for owner in Assignment.objects.filter(board=board.pk).select_related("member"):
        place = (owner.target_type, owner.target_id)
        found.setdefault(place, Mark(*place)).owner = owner
    for board_kind, grounds, _shows in _grounds.values():
        if board_kind == board.kind:
            for place, ground in grounds(board).items():
                found.setdefault(place, Mark(*place)).ground = ground
    if board.kind in _flags:
        for place, flag in _flags[board.kind](board).items():
            found.setdefault(place, Mark(*place)).flag = flag
    return [found[place] for place in sorted(found)]


def draw_marks(board: Board, viewer: Viewer) -> str:
    with override(viewer.language):
        return render_to_string(
            "collaboration/_marks.html", {"marks": marks_of(board), "viewer": viewer}
        )


def regions_about(change: Change, regions: Mapping[int, str]) -> set[str]:
    """What a comment or an owner touches on any board's page; `regions` are those of comments
    by their ids, for changes that do not name the item."""
    if change.item_type == "assignment":
        return {MARKS}
    if change.item_type != "comment":
        return set()
    where = {**change.before, **change.after}
    if "target_type" in where:
        return {MARKS, comments_region(where["target_type"], where["target_id"])}
    return {MARKS} | ({regions[change.item_id]} if change.item_id in regions else set())


def regions_of_comments(ids: Iterable[int]) -> dict[int, str]:
    """The regions that show these comments; one query."""
    rows = Comment.objects.filter(pk__in=list(ids)).values_list("pk", "target_type", "target_id")
    return {pk: comments_region(kind, target) for pk, kind, target in rows}


def draw_about(board: Board, name: str, viewer: Viewer) -> str | None:
    """The regions that every board's page has; None for what is gone or not one of them."""
    if name == MARKS:
        return draw_marks(board, viewer)
    return draw_comments(board, name, viewer) if name.startswith("comments-") else None

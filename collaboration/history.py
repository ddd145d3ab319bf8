"""The history of a board in words: who changed what, when, from what to what."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.itemtypes import item_models
from collaboration.models import Board, Change, Recorded, Snapshot
from collaboration.undo import NEVER_UNDONE
from collaboration.wording import Model, Wording, is_text, is_told, label
from teams.models import initials_of

EDITS_A_PAGE = 30
LARGEST = 2**63 - 1
MOST_DIGITS = 40

AnchorOf = Callable[[Recorded], str | None]
"""Where an item stands on its board's page: the id of an element."""


@dataclass
class Difference:
    """One field in words, before and after; either may be empty."""

    label: str
    before: str
    after: str


@dataclass
class Line:
    """One item that an edit changed; `anchor` names its place while it is on the board."""

    sentence: str
    differences: list[Difference]
    item_type: str = ""
    item_id: int = 0
    anchor: str = ""
    can_come_back: bool = False


@dataclass
class PastEdit:
    """One edit of the board as a reader sees it; `marks` are versions saved right after it."""

    version: int
    actor_name: str
    actor: Any
    at: datetime
    undoes: int | None
    can_be_undone: bool
    lines: list[Line] = field(default_factory=list)
    marks: list[Snapshot] = field(default_factory=list)

    @property
    def initials(self) -> str:
        return initials_of(self.actor_name)


@dataclass(frozen=True)
class Filters:
    """Which changes are shown; empty ones let everything through.

    `within` names a column and an id, such as ("stage_id", 7): items that are or were there.
    """

    person: str = ""
    item_type: str = ""
    item_id: int | None = None
    within: tuple[tuple[str, int], ...] = ()
    since: date | None = None
    until: date | None = None
    only_text: bool = False


@dataclass
class Feed:
    """Some edits, the latest first; `older` and `newer` are cursors to what lies beside them."""

    edits: list[PastEdit]
    older: int | None = None
    newer: int | None = None


def feed_of(
    board: Board,
    filters: Filters | None = None,
    *,
    before: int | None = None,
    after: int | None = None,
    anchor_of: AnchorOf = lambda _item: None,
) -> Feed:
    """The edits before a version, or right after one, or the latest; the number of queries
    does not grow, and what is edited meanwhile moves nothing to another page."""
    changes = told_changes(board, filters or Filters())
    versions, more_before, more_after = _versions(changes, before, after)
    found = changes.filter(version__in=versions).select_related("actor")
    edits = list(_edits(list(found.order_by("-version", "pk")), anchor_of))
    feed = Feed(edits)
    if edits:
        feed.older = edits[-1].version if more_before else None
        feed.newer = edits[0].version if more_after else None
        _mark(board, feed)
    return feed


def told_changes(board: Board, filters: Filters) -> QuerySet[Change]:
    """What was changed on a board and passes the filters; a touch changed nothing here."""
    changes = Change.objects.filter(board=board.pk)
    changes = changes.exclude(action=Change.Action.UPDATE, before={}, after={})
    if filters.person:
        known = filters.person.isdecimal()
        wanted = {"actor": int(filters.person)} if known else {"actor_name": filters.person}
        changes = changes.filter(**wanted)
    if filters.item_type:
        changes = changes.filter(item_type=filters.item_type)
    if filters.item_id is not None:
        changes = changes.filter(item_id=filters.item_id)
    for column, pk in filters.within:
        changes = changes.filter(_ever_within(board, column, pk))
    if filters.only_text:
        names = text_columns()
        changes = changes.filter(Q(after__has_any_keys=names) | Q(before__has_any_keys=names))
    return _in_period(changes, filters)


def people_of(board: Board) -> list[tuple[str, str]]:
    """Who has ever changed this board: (what Filters take, name), by name."""
    rows = Change.objects.filter(board=board.pk).order_by().values_list("actor", "actor_name")
    named = {str(pk or name): name for pk, name in rows.distinct()}
    return sorted(named.items(), key=lambda one: one[1].casefold())


def cursor(request: HttpRequest, name: str) -> int | None:
    """A version that the address names, or None."""
    asked = request.GET.get(name, "")
    known = asked.isascii() and asked.isdecimal() and len(asked) < MOST_DIGITS
    return min(int(asked), LARGEST) if known else None


def text_columns() -> list[str]:
    """Every column that people write words of their own into."""
    fields = (one for model in item_models().values() for one in model.recorded_fields())
    return sorted({one.attname for one in fields if is_text(one)})


def start_of(day: date) -> datetime:
    """The first moment of a day where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.min))


# --- Which changes ---------------------------------------------------------------------------
def _ever_within(board: Board, column: str, pk: int) -> Q:
    """Items that have ever lain there, and the place itself. Every item was added in a change
    that says where, so the changes alone know."""
    same_item = Change.objects.filter(
        board=board.pk, item_type=OuterRef("item_type"), item_id=OuterRef("item_id")
    )
    there = Q(**{f"after__{column}": pk}) | Q(**{f"before__{column}": pk})
    itself = Q(item_type=column.removesuffix("_id"), item_id=pk)
    return itself | Q(Exists(same_item.filter(there)))


def _in_period(changes: QuerySet[Change], filters: Filters) -> QuerySet[Change]:
    if filters.since:
        changes = changes.filter(at__gte=start_of(filters.since))
    if filters.until:
        changes = changes.filter(at__lt=start_of(filters.until + timedelta(days=1)))
    return changes


def _versions(
    changes: QuerySet[Change], before: int | None, after: int | None
) -> tuple[list[int], bool, bool]:
    """The versions of a page, and whether there are more before and after them."""
    rows = changes.order_by().values_list("version", flat=True).distinct()
    if after is not None:
        found = list(rows.filter(version__gt=after).order_by("version")[: EDITS_A_PAGE + 1])
        return found[:EDITS_A_PAGE], True, len(found) > EDITS_A_PAGE
    if before is not None:
        rows = rows.filter(version__lt=before)
    found = list(rows.order_by("-version")[: EDITS_A_PAGE + 1])
    return found[:EDITS_A_PAGE], len(found) > EDITS_A_PAGE, before is not None


def _mark(board: Board, feed: Feed) -> None:
    """Hang each saved version on the last edit that it holds."""
    saved = Snapshot.objects.filter(board=board.pk)
    if feed.older is not None:
        saved = saved.filter(version__gte=feed.older)
    if feed.newer is not None:
        saved = saved.filter(version__lte=feed.newer)
    for snapshot in saved.order_by("-version", "-pk"):
        holds = (edit for edit in feed.edits if edit.version <= snapshot.version)
        next(holds, feed.edits[-1]).marks.append(snapshot)


# --- In words --------------------------------------------------------------------------------
def _edits(changes: list[Change], anchor_of: AnchorOf) -> Iterable[PastEdit]:
    if not changes:
        return []
    words = Wording(changes[0].board_id, _named(changes))
    edits: dict[int, PastEdit] = {}
    for change in changes:
        edit = edits.setdefault(
            change.version,
            PastEdit(
                change.version, change.actor_name, change.actor, change.at, change.undoes, False
            ),
        )
        edit.can_be_undone |= change.item_type not in NEVER_UNDONE and not change.lasting
        edit.lines.append(_line(change, words, anchor_of))
    return edits.values()


def _line(change: Change, words: Wording, anchor_of: AnchorOf) -> Line:
    model = item_models().get(change.item_type)
    if model is None:
        return Line(_("changed something that is no longer there"), [])
    name = words.name(model, change.item_id)
    differences = [
        Difference(label(one), before, after)
        for one in model.recorded_fields()
        if is_told(one) and one.attname in {**change.before, **change.after}
        for before, after in [_pair(words, one, change)]
        if change.action == Change.Action.UPDATE or {before, after} - {"", name}
    ]
    item = words.items.get(model, {}).get(change.item_id)
    return Line(
        _sentence(change, model, name, bool(differences)),
        differences,
        change.item_type,
        change.item_id,
        (anchor_of(item) if item is not None and not item._state.adding else None) or "",
        change.action != Change.Action.CREATE
        and not change.lasting
        and change.item_type not in NEVER_UNDONE
        and "deleted_at" not in change.after,
    )


def _pair(words: Wording, one: Any, change: Change) -> tuple[str, str]:
    before, after = (
        words.value(one, values.get(one.attname)) for values in (change.before, change.after)
    )
    return before, after


def _sentence(change: Change, model: type[Recorded], name: str, differs: bool) -> str:
    words = {"type": model._meta.verbose_name, "name": name}
    deleted, resolved = change.after.get("deleted_at"), change.after.get("resolved_at")
    if change.action == Change.Action.CREATE:
        return _("added the %(type)s “%(name)s”") % words
    if change.action == Change.Action.DELETE or deleted:
        return _("deleted the %(type)s “%(name)s”") % words
    if "deleted_at" in change.after:
        return _("restored the %(type)s “%(name)s”") % words
    if "resolved_at" in change.after:
        return (_("resolved “%(name)s”") if resolved else _("reopened “%(name)s”")) % words
    if not differs:
        return _("moved the %(type)s “%(name)s”") % words
    return _("changed the %(type)s “%(name)s”") % words


def _named(changes: Iterable[Change]) -> dict[Model, set[int]]:
    """What changes name: their items, and what their values refer to."""
    wanted: dict[Model, set[int]] = defaultdict(set)
    for change in changes:
        model = item_models().get(change.item_type)
        if model is None:
            continue
        wanted[model].add(change.item_id)
        for one in model.recorded_fields():
            for values in (change.before, change.after):
                if isinstance(one.related_model, type) and values.get(one.attname) is not None:
                    wanted[one.related_model].add(values[one.attname])
    return wanted

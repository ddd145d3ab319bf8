"""Going back: an item, some items or a whole board become what they were, as one new edit.

What is there now is saved as a version first. Rows get their old ids back, so that links and
comments find them again; the history only grows, and one Undo takes all of it back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError
from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused
from collaboration.itemtypes import Key, item_models, references, type_name
from collaboration.models import Board, Snapshot
from collaboration.replacing import Replacement
from collaboration.snapshots import save_snapshot
from collaboration.timemachine import State, states_at
from collaboration.undo import NEVER_UNDONE
from teams.access import Actor
from teams.models import Role

Choice = Callable[[State, State], set[Key]]
"""Which items go back, said by the board as it was and as it is."""


@dataclass(frozen=True)
class Restored:
    """What going back has done; `left_out` says what could not come back, and why."""

    edit: Edit
    snapshot: Snapshot
    left_out: list[str] = field(default_factory=list)


def everything(old: State, now: State) -> set[Key]:
    return {(kind, pk) for state in (old, now) for kind, rows in state.items.items() for pk in rows}


def with_company(item: Key) -> Choice:
    """An item with everything that hung on it then or does so now: what is in a stage."""
    return lambda old, now: company_of({_there_then(item, old)}, old, now)


def alone(item: Key) -> Choice:
    """An item by itself; one that is gone comes back with what hung on it."""

    def choose(old: State, now: State) -> set[Key]:
        chosen = {_there_then(item, old)}
        return chosen if item[1] in now.of(item[0]) else company_of(chosen, old, now)

    return choose


def company_of(items: set[Key], old: State, now: State) -> set[Key]:
    chosen = fresh = set(items)
    while fresh:
        fresh = {key for state in (old, now) for key in _hanging_on(fresh, state)} - chosen
        chosen = chosen | fresh
    return chosen


def restore(
    board: Board, version: int, *, choose: Choice = everything, label: str = "", by: Actor
) -> Restored:
    """Make the chosen items, or the whole board, what they were at `version`.

    Raises Refused, and changes nothing, where nothing would change or what comes back does
    not fit on the board any more.
    """
    by.must(Role.EDITOR)
    try:
        with board.editing(by=by) as edit:
            return _restore(edit, version, choose, label)
    except IntegrityError as error:
        raise Refused(_("Something else has taken its place since.")) from error


def _restore(edit: Edit, version: int, choose: Choice, label: str) -> Restored:
    wanted = [min(version, edit.board.version), edit.board.version]
    old, now = states_at(edit.board.specific, wanted, without=NEVER_UNDONE)
    replacement = Replacement(edit, old, now, choose(old, now))
    if replacement.changes_nothing:
        raise Refused(_("It is already like that."))
    named = label or _("edit %(version)s") % {"version": version}
    words = _("Before going back to “%(label)s”") % {"label": named}
    snapshot = save_snapshot(edit.board, label=words[:80], automatic=True, by=edit.actor)
    replacement.carry_out()
    if not edit.changes:
        raise Refused(" ".join(replacement.left_out) or _("It is already like that."))
    return Restored(edit, snapshot, replacement.left_out)


def _there_then(item: Key, old: State) -> Key:
    if item[1] not in old.of(item[0]):
        raise Refused(_("It was not there at that time, so there is nothing to go back to."))
    return item


def _hanging_on(keys: set[Key], state: State) -> set[Key]:
    parents = {kind for kind, _pk in keys}
    return {
        (kind, pk)
        for kind, rows in state.items.items()
        for one in references(item_models()[kind])
        if type_name(one.related_model) in parents
        for pk, values in rows.items()
        if (type_name(one.related_model), values.get(one.attname)) in keys
    }

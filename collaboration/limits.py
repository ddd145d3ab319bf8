"""Rules of the services that hold too for what comes back by an undo or from an old version."""

from collections.abc import Callable

from collaboration.editing import Edit

Rule = Callable[[Edit], None]
"""Raises Refused, in words, where what an edit brought onto its board does not fit there."""

_rules: dict[str, Rule] = {}


def register(board_kind: str, rule: Rule) -> None:
    """Called by each app's AppConfig.ready() for its kind of board."""
    _rules[board_kind] = rule


def require_room(edit: Edit) -> None:
    """Raises Refused where the board would hold more than its services allow."""
    if rule := _rules.get(edit.board.kind):
        rule(edit)

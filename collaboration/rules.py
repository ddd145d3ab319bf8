"""What an edit may not do on a kind of board: each app says so for its own boards.

A rule is asked when an edit with changes ends, whichever way it came: a service, a form, an undo
or the API. It raises Refused in words, or returns.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collaboration.editing import Edit

Rule = Callable[["Edit"], None]

_rules: dict[str, list[Rule]] = {}


def register(kind: str, rule: Rule) -> None:
    """Called by AppConfig.ready(): a rule for the boards of one kind."""
    _rules.setdefault(kind, []).append(rule)


def require_kept(edit: "Edit") -> None:
    for rule in _rules.get(edit.board.kind, ()):
        rule(edit)

"""Items that go where others go, in the same edit: each app says so for its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collaboration.editing import Edit
    from collaboration.models import BoardItem

Follow = Callable[["Edit"], None]

_follows: list[Follow] = []


def register(follow: Follow) -> None:
    """Called by AppConfig.ready(); `follow` is asked when an edit with changes ends, an undo
    too, and does nothing where everything stands as it should."""
    _follows.append(follow)


def bring_along(edit: "Edit") -> None:
    for follow in _follows:
        follow(edit)


def moved_in(edit: "Edit", model: "type[BoardItem]", field: str) -> set[int]:
    """The ids of items of this type whose `field` the edit has changed."""
    return {
        change.item_id
        for change in edit.changes
        if change.action == "update"
        and change.item_type == model.type_name()
        and field in change.after
    }

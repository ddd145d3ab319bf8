"""What items of a board are called."""

from collections import defaultdict
from collections.abc import Iterable

from collaboration.itemtypes import item_models
from collaboration.models import Recorded

Place = tuple[str, int]
"""(item type, id)"""


def names_of(places: Iterable[Place]) -> dict[Place, str]:
    """What items are called, without those that are gone; one query for each type."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk in places:
        wanted[kind].add(pk)
    known = item_models()
    return {
        (kind, pk): name_of(item)
        for kind, ids in wanted.items()
        if kind in known
        for pk, item in known[kind]._base_manager.in_bulk(ids).items()
    }


def name_of(item: Recorded) -> str:
    """What an item is called; one without a name goes by its type."""
    if type(item).__str__ is Recorded.__str__:
        return str(item._meta.verbose_name)
    return " ".join(str(item).split())[:120] or str(item._meta.verbose_name)

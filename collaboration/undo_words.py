"""Why something cannot be taken back: who has done what since, and what is there now."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from collaboration.editing import recorded_values
from collaboration.itemtypes import Field
from collaboration.models import Change, Recorded
from collaboration.wording import Wording, is_told, label

SHOWN_LENGTH = 120


def words_of_conflict(change: Change, item: Recorded, columns: list[str]) -> str:
    """For a change whose fields were changed again: by whom, and to what."""
    later = _later(change).filter(Q(after__has_any_keys=columns))
    who = _name_of(later.last())
    told = [one for one in type(item).recorded_fields() if one.attname in columns and is_told(one)]
    if not told:
        return _("%(who)s has moved “%(what)s” since.") % {"who": who, "what": _called(item)}
    words = {"who": who, "field": label(told[0]), "now": _value(told[0], item)}
    if not words["now"]:
        return _("%(who)s has changed this since: “%(field)s” is empty now.") % words
    return _("%(who)s has changed this since: “%(field)s” is now “%(now)s”.") % words


def words_of_deletion(change: Change) -> str:
    """For a change of something that is gone."""
    end = _later(change).filter(action=Change.Action.DELETE).last()
    return _("%(who)s has deleted it since.") % {"who": _name_of(end)}


def words_of_addition(change: Change, item: Recorded) -> str:
    """For something that was added and has been worked on."""
    others = _later(change).exclude(before={}, after={}).last()
    words = {"who": _name_of(others), "what": _called(item)}
    if others is None:
        return _("Others have added something to “%(what)s” since, so it stays.") % words
    return _("%(who)s has worked on “%(what)s” since it was added, so it stays.") % words


def _later(change: Change) -> QuerySet[Change]:
    same = Change.objects.filter(
        board=change.board_id, item_type=change.item_type, item_id=change.item_id
    )
    return same.filter(version__gt=change.version).order_by("version", "pk")


def _name_of(change: Change | None) -> str:
    return change.actor_name if change else _("Somebody")


def _called(item: Recorded) -> str:
    model = type(item)
    return Wording(item.recorded_board_id or 0, {}, {model: {item.pk: item}}).name(model, item.pk)


def _value(one: Field, item: Recorded) -> str:
    value = recorded_values(item)[one.attname]
    wanted = {one.related_model: [value]} if one.related_model and value else {}
    words = Wording(item.recorded_board_id or 0, wanted)
    return words.value(one, value, at_most=SHOWN_LENGTH)

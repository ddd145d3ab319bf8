"""Messages that must be the same: links of touchpoints, their verdicts, and who is told."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.notifications import owners_of, tell_of_wording
from journeys.models import Journey
from teams.access import Actor
from touchpoints.message_models import LinkedMessage, MessageLink, MessageVerdict
from touchpoints.models import Touchpoint

LEAST = 2
"""A message alone agrees with itself."""


# --- Writing -------------------------------------------------------------------------------
def create_link(
    journey: Journey,
    *,
    title: str,
    touchpoints: Sequence[Touchpoint],
    remark: str = "",
    by: Actor,
) -> MessageLink:
    """Two or more touchpoints of a journey that must say the same; nobody has looked yet."""
    with journey.editing(by=by):
        wanted = {item.pk: item for item in touchpoints}
        if len(wanted) < LEAST:
            raise Refused(_("Choose two touchpoints at least."))
        link = MessageLink(board_id=journey.pk, title=title, remark=remark)
        link.save()
        for item in wanted.values():
            add_touchpoint(link, touchpoint=item, by=by)
    return link


def save_link(link: MessageLink, *, by: Actor) -> None:
    with link.board.editing(by=by):
        link.save()


def delete_link(link: MessageLink, *, by: Actor) -> None:
    """The touchpoints and their messages stay."""
    with link.board.editing(by=by):
        link.delete()


def add_touchpoint(link: MessageLink, *, touchpoint: Touchpoint, by: Actor) -> LinkedMessage:
    """One more touchpoint that must say the same; a verdict that was given is to be looked at
    again."""
    with link.board.editing(by=by):
        if touchpoint.board_id != link.board_id:
            raise Refused(_("This touchpoint belongs to another journey."))
        present: LinkedMessage | None = LinkedMessage.objects.filter(
            link=link, touchpoint=touchpoint
        ).first()
        if present:
            return present
        message = LinkedMessage(board_id=link.board_id, link=link, touchpoint=touchpoint)
        message.save()
    return message


def set_touchpoints(link: MessageLink, *, touchpoints: Sequence[Touchpoint], by: Actor) -> None:
    """Exactly these, two or more."""
    with link.board.editing(by=by):
        for item in touchpoints:
            add_touchpoint(link, touchpoint=item, by=by)
        for message in messages_of(link).exclude(touchpoint__in=[one.pk for one in touchpoints]):
            take_out(message, by=by)


def take_out(message: LinkedMessage, *, by: Actor) -> None:
    """Take a touchpoint out of a link; two have to stay."""
    with message.board.editing(by=by):
        others = LinkedMessage.objects.filter(link=message.link_id).exclude(pk=message.pk)
        if others.count() < LEAST:
            raise Refused(_("A link has two touchpoints at least. Delete the link instead."))
        message.delete()


def judge_link(link: MessageLink, *, verdict: str, of: str = "", by: Actor) -> None:
    """Say, today, whether these messages are the same; their present words are remembered.

    `of` is the digest of the words that were looked at; refused where others stand there now.
    """
    with link.board.editing(by=by):
        if of and of != digest_of(messages_of(link)):
            words = _("“%(title)s”: a message has changed, look again")
            raise Refused(words % {"title": link.title})
        judged = verdict != MessageVerdict.UNSEEN
        link.verdict = verdict
        link.verdict_on = timezone.localdate() if judged else None
        link.verdict_by = by.name[:80] if judged else ""
        link.save()
        for message in messages_of(link):
            message.seen = message.touchpoint.message if judged else None
            message.save()


def tell_of_new_message(touchpoint: Touchpoint, *, by: Actor) -> None:
    """Tell the owners of touchpoints that had to say the same as this one, of which somebody has
    judged that; called inside the edit, before the new words are written."""
    judged = LinkedMessage.objects.filter(
        touchpoint=touchpoint.pk, seen=F("touchpoint__message")
    ).exclude(link__verdict=MessageVerdict.UNSEEN)
    others = (
        LinkedMessage.objects.filter(link__in=judged.values("link"))
        .exclude(touchpoint=touchpoint.pk)
        .select_related("touchpoint")
    )
    items = {message.touchpoint_id: message.touchpoint for message in others}
    owners = owners_of(touchpoint.board_id, Touchpoint.type_name(), items)
    told: set[int] = set()
    for pk, item in items.items():
        fresh = [owner for owner in owners.get(pk, ()) if owner not in told]
        tell_of_wording(touchpoint.board, target=item, members=fresh, by=by)
        told.update(fresh)


# --- Reading -------------------------------------------------------------------------------
def messages_of(link: MessageLink) -> "QuerySet[LinkedMessage]":
    """In the order in which customers meet them."""
    return in_order(LinkedMessage.objects.filter(link=link.pk))


def in_order(messages: "QuerySet[LinkedMessage]") -> "QuerySet[LinkedMessage]":
    rows = messages.select_related("touchpoint__channel", "touchpoint__stage")
    return rows.order_by("touchpoint__stage__position", "touchpoint__position", "pk")


def digest_of(messages: Iterable[LinkedMessage]) -> str:
    """Another one as soon as a touchpoint says something else, comes or goes."""
    said = sorted((message.touchpoint_id, message.touchpoint.message) for message in messages)
    return sha256(repr(said).encode()).hexdigest()[:16]


def is_stale(link: MessageLink, messages: Iterable[LinkedMessage]) -> bool:
    """Whether the verdict was given on other words than those that stand there now."""
    return link.is_judged and any(message.has_changed for message in messages)

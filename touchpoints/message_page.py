"""The page of messages: links with their wordings side by side, and who says what where."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collaboration.live import Viewer
from collaboration.models import Board
from collaboration.wordmarks import Mark, Marker
from journeys.models import Journey
from touchpoints.message_models import LinkedMessage, MessageLink, MessageVerdict
from touchpoints.messages import digest_of, in_order, is_stale
from touchpoints.models import Channel, Touchpoint
from touchpoints.side_pages import SidePage
from touchpoints.wordings import Piece, compared

AGAIN = "again"


@dataclass(frozen=True)
class Wording:
    """What one touchpoint of a link says, and what it said when somebody looked last."""

    message: LinkedMessage
    pieces: list[Piece]
    since: list[Mark]

    @property
    def item(self) -> Touchpoint:
        item: Touchpoint = self.message.touchpoint
        return item


@dataclass(frozen=True)
class Linked:
    """A link as the page shows it."""

    link: MessageLink
    wordings: list[Wording]
    is_stale: bool

    @property
    def state(self) -> str:
        return AGAIN if self.is_stale else self.link.verdict

    @property
    def channels(self) -> str:
        """The ids of its channels, for narrowing the page."""
        ids = {str(one.item.channel_id or "none") for one in self.wordings}
        return " ".join(sorted(ids))

    @property
    def digest(self) -> str:
        """Of the words that a verdict on this page is about."""
        return digest_of(one.message for one in self.wordings)

    @property
    def touchpoint_ids(self) -> set[int]:
        return {one.item.pk for one in self.wordings}


@dataclass
class OnChannel:
    """What is said on one channel, in the order of stages; None for no channel."""

    channel: Channel | None
    items: list[tuple[Touchpoint, list[Linked]]] = field(default_factory=list)


@dataclass(frozen=True)
class Messages:
    """All that the page shows; a constant number of queries."""

    journey: Journey
    links: list[Linked]
    items: list[Touchpoint]

    @property
    def said(self) -> list[Touchpoint]:
        return [item for item in self.items if item.message]

    @cached_property
    def by_channel(self) -> list[OnChannel]:
        linked: dict[int, list[Linked]] = defaultdict(list)
        for each in self.links:
            for pk in each.touchpoint_ids:
                linked[pk].append(each)
        found: dict[str, OnChannel] = {}
        for item in self.said:
            name = item.channel.name if item.channel else ""
            on = found.setdefault(name, OnChannel(item.channel))
            on.items.append((item, linked[item.pk]))
        return [found[name] for name in sorted(found, key=lambda name: (not name, name.lower()))]

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """Each state with how many links are in it, what needs a look first."""
        states = [AGAIN, *(verdict.value for verdict in ORDER)]
        count: Mapping[str, int] = {
            state: sum(1 for each in self.links if each.state == state) for state in states
        }
        return [(state, count[state], words_of(state)) for state in states]


ORDER = (
    MessageVerdict.CONTRADICTS, MessageVerdict.DIFFERS, MessageVerdict.UNSEEN, MessageVerdict.SAME,
)  # fmt: skip


def words_of(state: str) -> str:
    return _("To be looked at again") if state == AGAIN else str(MessageVerdict(state).label)


def messages_on(journey: Journey) -> Messages:
    """Three queries."""
    rows: dict[int, list[LinkedMessage]] = defaultdict(list)
    for message in in_order(LinkedMessage.objects.filter(board=journey.pk)):
        rows[message.link_id].append(message)
    marker = Marker()
    links = [
        _linked(link, rows[link.pk], marker)
        for link in MessageLink.objects.filter(board=journey.pk)
    ]
    states = [AGAIN, *(verdict.value for verdict in ORDER)]
    links.sort(key=lambda each: (states.index(each.state), each.link.title.casefold()))
    items = Touchpoint.objects.filter(board=journey.pk).select_related("channel", "stage")
    return Messages(journey, links, list(items.order_by("stage__position", "position")))


def _linked(link: MessageLink, messages: list[LinkedMessage], marker: Marker) -> Linked:
    pieces = compared([message.touchpoint.message for message in messages])
    wordings = [
        Wording(message, shown, _since(link, message, marker))
        for message, shown in zip(messages, pieces, strict=True)
    ]
    return Linked(link, wordings, is_stale(link, messages))


def _since(link: MessageLink, message: LinkedMessage, marker: Marker) -> list[Mark]:
    """What changed in its words since the verdict; nothing where it was not in the link then."""
    if not link.is_judged or message.seen is None or not message.has_changed:
        return []
    return marker.marks(message.seen, message.touchpoint.message)


class MessagesPage(SidePage):
    view: ClassVar[str] = "messages"
    region: ClassVar[str] = "messages"
    WHOLE: ClassVar[frozenset[str]] = frozenset({"messages"})
    shows: ClassVar[frozenset[str]] = frozenset(
        {"messagelink", "linkedmessage", "touchpoint", "stage"}
    )

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return messages_html(messages_on(journey), viewer)


def messages_html(messages: Messages, viewer: Viewer) -> SafeString:
    context: dict[str, Any] = {
        "journey": messages.journey,
        "messages": messages,
        "viewer": viewer,
        "verdicts": [verdict for verdict in MessageVerdict if verdict != MessageVerdict.UNSEEN],
    }
    return render_to_string("touchpoints/_messages.html", context)


def links_of(item: Touchpoint) -> list[tuple[MessageLink, list[str], str, str]]:
    """The links of a touchpoint: each with the others' titles, its state and that in words; one
    query."""
    own = LinkedMessage.objects.filter(touchpoint=item.pk).values("link")
    rows = LinkedMessage.objects.filter(link__in=own).select_related("link", "touchpoint")
    by_link: dict[int, list[LinkedMessage]] = defaultdict(list)
    for message in rows.order_by("link__title", "pk"):
        by_link[message.link_id].append(message)
    found = []
    for messages in by_link.values():
        link = messages[0].link
        state = AGAIN if is_stale(link, messages) else link.verdict
        others = [one.touchpoint.title for one in messages if one.touchpoint_id != item.pk]
        found.append((link, others, state, words_of(state)))
    return found


# --- On the map ------------------------------------------------------------------------------
def flags_of(board: Board) -> dict[tuple[str, int], tuple[str, str]]:
    """By touchpoint: why a link that it belongs to needs a look, and where; one query."""
    rows = LinkedMessage.objects.filter(board=board.pk).select_related("link", "touchpoint")
    by_link: dict[int, list[LinkedMessage]] = defaultdict(list)
    for message in rows.order_by("link__title", "pk"):
        by_link[message.link_id].append(message)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for messages in by_link.values():
        link = messages[0].link
        if words := _flag(link, stale=is_stale(link, messages)):
            address = f"{reverse('touchpoints:messages', args=[board.pk])}#messagelink-{link.pk}"
            for message in messages:
                found.setdefault(("touchpoint", message.touchpoint_id), (words, address))
    return found


def _flag(link: MessageLink, *, stale: bool) -> str:
    if stale:
        return _("“%(title)s”: a message has changed, look again") % {"title": link.title}
    if link.verdict in (MessageVerdict.CONTRADICTS, MessageVerdict.DIFFERS):
        return f"“{link.title}”: {link.get_verdict_display()}"
    return ""

"""The channels that a new workspace is offered, in the language of who meets them first."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class StarterChannel:
    name: str | Promise
    online: bool = True


STARTER_CHANNELS = (
    StarterChannel(pgettext_lazy("channel", "Website")),
    StarterChannel(pgettext_lazy("channel", "Search engine")),
    StarterChannel(pgettext_lazy("channel", "Social media")),
    StarterChannel(pgettext_lazy("channel", "Online advertisement")),
    StarterChannel(pgettext_lazy("channel", "Comparison and review sites")),
    StarterChannel(pgettext_lazy("channel", "E-mail")),
    StarterChannel(pgettext_lazy("channel", "Live chat")),
    StarterChannel(pgettext_lazy("channel", "Video")),
    StarterChannel(pgettext_lazy("channel", "App")),
    StarterChannel(pgettext_lazy("channel", "Phone"), online=False),
    StarterChannel(pgettext_lazy("channel", "Shop"), online=False),
    StarterChannel(pgettext_lazy("channel", "Meeting in person"), online=False),
    StarterChannel(pgettext_lazy("channel", "Event or fair"), online=False),
    StarterChannel(pgettext_lazy("channel", "Letter or print"), online=False),
    StarterChannel(pgettext_lazy("channel", "Word of mouth"), online=False),
)
"""Online ones first."""

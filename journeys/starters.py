"""What a new journey can start from: stages and lanes, worded in the user's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journeys.models import Period

Words = str | Promise

STANDARD_LANES = (
    "does", "thinks", "feels", "says", "emotion", "touchpoints",
    "needs", "pains", "gains", "barriers", "opportunities", "insights",
)  # fmt: skip


@dataclass(frozen=True)
class StarterStage:
    title: Words
    period: Period
    situation: Words = ""


@dataclass(frozen=True)
class Starter:
    """A key for the API, a name and a sentence for people, and what it puts on the map."""

    key: str
    name: Words
    about: Words
    stages: tuple[StarterStage, ...]
    lanes: tuple[str, ...] = STANDARD_LANES


SEVEN_STAGES = Starter(
    "seven-stages",
    _("Seven stages"),
    _("From not active to loyalty, each with the customer's state of mind."),
    (
        StarterStage(
            _("Not active"), Period.BEFORE, _("Feels no need and is not looking for anything.")
        ),
        StarterStage(
            pgettext_lazy("stage", "Trigger"), Period.BEFORE,
            _("Something happens that makes the present state feel wrong."),
        ),
        StarterStage(
            _("First interest"), Period.BEFORE, _("Looks around for what could help; curious.")
        ),
        StarterStage(
            _("Active evaluation"), Period.BEFORE, _("Compares a few and wants to feel safe.")
        ),
        StarterStage(
            _("Purchase decision"), Period.DURING, _("Has chosen and wants to agree on the terms.")
        ),
        StarterStage(
            _("Customer experience"), Period.AFTER, _("Starts to use it and looks for results.")
        ),
        StarterStage(
            _("Loyalty"), Period.AFTER, _("Stays, buys more and tells others, or leaves.")
        ),
    ),
)  # fmt: skip

BEFORE_DURING_AFTER = Starter(
    "before-during-after",
    _("Before, during, after"),
    _("Three stages around the purchase: a quick first map."),
    (
        StarterStage(_("Before purchase"), Period.BEFORE),
        StarterStage(_("During purchase"), Period.DURING),
        StarterStage(_("After purchase"), Period.AFTER),
    ),
)

EMPTY = Starter("empty", _("Empty map"), _("Build your own stages and lanes."), (), ())

STARTERS = {starter.key: starter for starter in (SEVEN_STAGES, BEFORE_DURING_AFTER, EMPTY)}

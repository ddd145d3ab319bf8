"""What a new journey can start from: stages and lanes, worded in the user's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collaboration.packing import Packed
from journeys.models import Journey, Period

Words = str | Promise
BEFORE, DURING, AFTER = Period.BEFORE, Period.DURING, Period.AFTER


@dataclass(frozen=True)
class StarterStage:
    title: Words
    period: Period
    situation: Words = ""
    customer_goal: Words = ""
    business_goal: Words = ""


@dataclass(frozen=True)
class StarterLane:
    """A lane of a kind; without a title it has the usual name of its kind."""

    kind: str
    title: Words = ""


@dataclass(frozen=True)
class StarterNote:
    """A text where a stage and a lane, both by number from 0, meet."""

    stage: int
    lane: int
    text: Words


def lanes(*kinds: str) -> tuple[StarterLane, ...]:
    return tuple(StarterLane(kind) for kind in kinds)


STANDARD_LANES = lanes(
    "does", "thinks", "feels", "says", "emotion", "touchpoints",
    "needs", "pains", "gains", "barriers", "opportunities", "insights",
)  # fmt: skip


@dataclass(frozen=True)
class Starter:
    """A key for the API, a name and a sentence for people, and what it puts on the map."""

    key: str
    name: Words
    about: Words
    stages: tuple[StarterStage, ...]
    lanes: tuple[StarterLane, ...] = STANDARD_LANES
    notes: tuple[StarterNote, ...] = ()
    perspective: str = Journey.Perspective.CURRENT
    goals: Mapping[str, Any] = field(default_factory=dict)
    """Values of the journey itself, where a new one has none."""

    items: Sequence[Packed] = ()
    """Everything on the map, where there is more than stages, lanes and notes; these then only
    show what it looks like."""


SEVEN_TITLES: tuple[tuple[Words, Period], ...] = (
    (_("Not active"), BEFORE),
    (pgettext_lazy("stage", "Trigger"), BEFORE),
    (_("First interest"), BEFORE),
    (_("Active evaluation"), BEFORE),
    (_("Purchase decision"), DURING),
    (_("Customer experience"), AFTER),
    (_("Loyalty"), AFTER),
)


def _seven(*situations: Words) -> tuple[StarterStage, ...]:
    return tuple(
        StarterStage(title, period, situation)
        for (title, period), situation in zip(SEVEN_TITLES, situations, strict=True)
    )


SEVEN_STAGES = Starter(
    "seven-stages",
    _("Seven stages, business customers"),
    _("From not active to loyalty, each with the state of mind of a firm that buys."),
    _seven(
        _("Feels no need and is not looking for anything."),
        _("Something happens that makes the present state feel wrong."),
        _("Looks around for what could help; curious."),
        _("Compares a few and wants to feel safe."),
        _("Has chosen and wants to agree on the terms."),
        _("Starts to use it and looks for results."),
        _("Stays, buys more and tells others, or leaves."),
    ),
)

SEVEN_STAGES_CONSUMERS = Starter(
    "seven-stages-consumers",
    _("Seven stages, consumers"),
    _("The same seven stages for somebody who buys for themselves."),
    _seven(
        _("Is content, or has never thought about it."),
        _("Sees, hears or misses something, and a wish is there."),
        _("Browses, asks friends, saves what looks nice."),
        _("Weighs two or three; reads what others say."),
        _("Pays, in a shop or on a phone, and hopes to have chosen well."),
        _("Unpacks it, uses it, shows it to somebody."),
        _("Comes back and recommends it, or forgets about it."),
    ),
)

BEFORE_DURING_AFTER = Starter(
    "before-during-after",
    _("Before, during, after"),
    _("Three stages around the purchase: a quick first map."),
    (
        StarterStage(_("Before purchase"), BEFORE),
        StarterStage(_("During purchase"), DURING),
        StarterStage(_("After purchase"), AFTER),
    ),
)

FIVE_STEPS = Starter(
    "five-steps",
    _("Five-step guide"),
    _("Fill in lane by lane: goals, touchpoints, priorities, experience, improvements."),
    (
        StarterStage(_("Becomes aware"), BEFORE),
        StarterStage(_("Looks around"), BEFORE),
        StarterStage(_("Chooses"), DURING),
        StarterStage(_("Buys and receives"), DURING),
        StarterStage(_("Uses"), AFTER),
        StarterStage(_("Stays or leaves"), AFTER),
    ),
    (
        StarterLane("customer_goal", _("1 Goals of the customer")),
        StarterLane("business_goal", _("1 Goals of ours")),
        StarterLane("touchpoints", _("2 Touchpoints")),
        StarterLane("text", _("3 Priorities")),
        StarterLane("emotion", _("4 Experience: the curve")),
        StarterLane("feels", _("4 Experience: why")),
        StarterLane("opportunities", _("5 Improvements")),
    ),
    (
        StarterNote(
            0, 3, _("Which touchpoints matter most to the customer here? Mark those that decide.")
        ),
        StarterNote(0, 6, _("What do we do first, who does it, and how do we see that it helps?")),
    ),
)

SERVICE_BLUEPRINT = Starter(
    "service-blueprint",
    _("Service blueprint"),
    _("What customers do and see, and what we do behind the line of visibility."),
    (
        StarterStage(_("Finds us"), BEFORE),
        StarterStage(_("Asks"), BEFORE),
        StarterStage(_("Orders"), DURING),
        StarterStage(_("Receives"), DURING),
        StarterStage(_("Uses"), AFTER),
        StarterStage(_("Gets help"), AFTER),
    ),
    (
        StarterLane("text", _("Physical evidence")),
        StarterLane("does", _("Customer actions")),
        StarterLane("touchpoints"),
        StarterLane("text", _("Frontstage: what customers see us do")),
        StarterLane("backstage", _("Backstage: what they do not see")),
        StarterLane("text", _("Support processes")),
        StarterLane("opportunities"),
    ),
)

LIFECYCLE_PLAN = Starter(
    "lifecycle-plan",
    _("Lifecycle plan"),
    _("What customers shall get from us through the years, with goals and numbers."),
    (
        StarterStage(_("Reach"), BEFORE),
        StarterStage(_("Win"), BEFORE),
        StarterStage(_("Welcome"), DURING),
        StarterStage(_("Grow"), AFTER),
        StarterStage(_("Keep"), AFTER),
        StarterStage(_("Win back"), AFTER),
    ),
    lanes(
        "situation", "customer_goal", "business_goal", "content_plan", "touchpoints", "metric",
        "opportunities",
    ),
    perspective=Journey.Perspective.LIFECYCLE,
)  # fmt: skip

EMPTY = Starter("empty", _("Empty map"), _("Build your own stages and lanes."), (), ())

STARTERS = {
    starter.key: starter
    for starter in (
        SEVEN_STAGES, SEVEN_STAGES_CONSUMERS, BEFORE_DURING_AFTER, FIVE_STEPS, SERVICE_BLUEPRINT,
        LIFECYCLE_PLAN, EMPTY,
    )
}  # fmt: skip

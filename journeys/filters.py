"""What a map can be narrowed to, in the browser of whoever looks at it.

A filter says which items it hides, as a CSS selector; `{value}` stands for the choice. Lane
kinds bring their own (LaneKind.filters), so the map offers channels without knowing them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Journey, Lane
from journeys.selectors import personas_of
from teams.models import Membership

Words = str | Promise


@dataclass(frozen=True)
class MapFilter:
    """`name` is its word in the address; without choices it is on or off."""

    name: str
    label: Words
    hides: str
    choices: Sequence[tuple[int, Words]] | None = None
    by_stage: bool = False
    """`hides` names what a stage must not have: all items of stages that have it are hidden."""


def filters_of(
    journey: Journey, lanes: Iterable[Lane], *, with_people: bool = True
) -> list[MapFilter]:
    """What this map offers; filters without anything to choose are left out."""
    people = _people(journey) if with_people else []
    found = [
        MapFilter(
            "persona",
            _("Persona"),
            '[data-persona]:not([data-persona="{value}"])',
            [(persona.pk, persona.name) for persona in personas_of(journey)],
        ),
        MapFilter("owner", _("Owner"), '[data-item]:not([data-owner="{value}"])', people),
    ]
    kinds = {lane.kind: lane.kind_of for lane in lanes}
    for kind in kinds.values():
        found += kind.filters(journey)
    return [each for each in found if each.choices is None or each.choices]


def _people(journey: Journey) -> list[tuple[int, Words]]:
    members = Membership.objects.filter(workspace=journey.workspace_id).select_related("user")
    return [(member.user_id, str(member.user)) for member in members.order_by("user__name", "pk")]

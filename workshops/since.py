"""What a follow-up opens with: what came of the decisions, and what has changed on the map."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from collaboration.timemachine import version_at
from journeys.comparing import Comparison, compare
from journeys.ends import End
from journeys.models import Journey
from workshops.decided import Decided, decided
from workshops.models import ActionStatus, Workshop
from workshops.selectors import actions_of


@dataclass(frozen=True)
class LastTime:
    """The workshop before, and its actions: those that are still to do come first."""

    workshop: Workshop
    actions: list[Decided]
    counts: list[tuple[ActionStatus, int]]


def last_time(workshop: Workshop) -> LastTime | None:
    """None where it follows none, or none that its readers may see as well."""
    earlier = workshop.follows
    if earlier is None or earlier.deleted_at or earlier.governed_by_id != workshop.governed_by_id:
        return None
    rows = list(actions_of(earlier))
    counts = [(status, sum(row.status == status for row in rows)) for status in ActionStatus]
    rows.sort(key=lambda row: list(ActionStatus).index(ActionStatus(row.status)))
    return LastTime(earlier, decided(rows), [(status, n) for status, n in counts if n])


def held_at(workshop: Workshop) -> datetime:
    """When it was held; not before it was made, nor in the future."""
    begun = workshop.starts_at
    if begun is None or begun > timezone.now():
        return workshop.created_at
    return max(begun, workshop.created_at)


def map_then(earlier: Workshop, journey: Journey) -> End:
    """The journey as it was when the earlier workshop was held."""
    moment = held_at(earlier)
    version = version_at(journey, moment)
    label = date_format(timezone.localtime(moment), "DATE_FORMAT")
    return End(f"version:{version}", label, journey, version)


def changed_on_map(earlier: Workshop, journey: Journey) -> Comparison:
    return compare(map_then(earlier, journey), End("now", "", journey, journey.version))

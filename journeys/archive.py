"""Journeys kept aside: they leave the dashboard, and stay to be read and searched."""

from django.utils import timezone

from journeys.models import Journey
from teams.access import Actor


def archive_journey(journey: Journey, *, by: Actor) -> None:
    with journey.editing(by=by):
        journey.archived_at = journey.archived_at or timezone.now()
        journey.save()


def unarchive_journey(journey: Journey, *, by: Actor) -> None:
    with journey.editing(by=by):
        journey.archived_at = None
        journey.save()

"""Forgetting a participant: the person goes, what was learnt stays without them."""

from django.db import transaction

from insights.interview_models import Interview
from teams.access import Actor
from teams.models import Role


@transaction.atomic
def forget_participant(interview: Interview, *, by: Actor) -> None:
    """Delete the interview; ladders on which an insight rests stay with it."""
    by.must(Role.EDITOR)
    used = interview.ladders.filter(insights__isnull=False)
    used.update(interview=None)
    interview.delete()

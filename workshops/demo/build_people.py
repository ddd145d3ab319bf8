"""Who looks after what in the demo, and who asks whom."""

from datetime import timedelta

from django.utils import timezone

from collaboration.assignments import assign
from collaboration.mentions import mention
from collaboration.services import create_comment
from journeys.models import Journey, Note
from workshops.demo.build_map import stages_of
from workshops.demo.people import Cast


def look_after(journey: Journey, cast: Cast) -> None:
    """Two stages and a note have owners; a colleague is asked about the note."""
    stages, users = stages_of(journey), {key: actor.user for key, actor in cast.actors.items()}
    note = Note.objects.filter(board=journey, stage=stages[1]).order_by("lane", "position").first()
    by, owner, editor = cast.actors["editor"], users["owner"], users["editor"]
    if note is None or owner is None or editor is None:
        return
    soon = timezone.localdate() + timedelta(days=14)
    assign(journey, target=stages[2], member=editor, by=cast.actors["owner"])
    assign(journey, target=stages[4], member=owner, due=soon, by=by)
    assign(journey, target=note, member=owner, by=by)
    body = f"{mention(owner)}, is this still so since the new warehouse opened?"
    create_comment(journey, target=note, body=body, by=by)

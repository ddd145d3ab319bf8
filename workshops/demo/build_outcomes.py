"""Carries out, in the demo, what a workshop decided."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from journeys.models import Metric
from teams.access import Actor
from workshops.deciding import change_action
from workshops.demo.drawn import scene_file
from workshops.demo.people import Cast
from workshops.demo.shapes import OutcomeStory
from workshops.models import Action, ActionStatus, Workshop
from workshops.outcomes import prove_with_picture, set_status


def carry_out(stories: Iterable[OutcomeStory], workshop: Workshop, cast: Cast) -> None:
    for story in stories:
        action = Action.objects.get(board=workshop.pk, title=story.action)
        _plan(action, story, workshop, cast.actors["owner"])
        if story.scene:
            file, shows = scene_file(story.scene), story.scene.shows
            prove_with_picture(action, file=file, alt=shows, by=cast.actors["editor"])
        if story.dropped:
            set_status(action, status=ActionStatus.DROPPED, by=cast.actors["editor"])


def _plan(action: Action, story: OutcomeStory, workshop: Workshop, by: Actor) -> None:
    metric = Metric.objects.filter(board=workshop.subject_id, name=story.metric).first()
    fields = {
        "helpers": story.helpers,
        "starts": timezone.localdate() + timedelta(days=story.starts_in_days),
        "target": story.target,
        "proof_link": story.link,
        "proof_metric": metric and metric.pk,
    }
    change_action(action, fields=fields, by=by)

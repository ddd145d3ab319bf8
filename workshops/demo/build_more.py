"""Adds to a journey of the demo what not every map has: more lanes, numbers and voices."""

from datetime import date, timedelta

from django.utils import timezone

from journeys.measuring import create_metric, record_point
from journeys.models import Journey, Lane, Note, Persona, Stage
from journeys.pictures import PictureLane, create_picture
from journeys.services import create_lane, create_note, give_voice
from teams.access import Actor
from workshops.demo.drawn import Scene, scene_file
from workshops.demo.shapes import JourneyStory, MetricStory, MoreStory

DAYS_BETWEEN = 30


def add_more(
    story: JourneyStory, journey: Journey, personas: dict[str, Persona], by: Actor
) -> None:
    """The lanes beyond the usual ones, and what stands in them."""
    for kind, above in story.more_lanes.items():
        before = Lane.objects.filter(board=journey.pk, kind=above).first()
        create_lane(journey, kind=kind, before=before, by=by)
    with journey.editing(by=by):
        journey.goal_agreement = story.agreement
        journey.save()
    stages = Stage.objects.filter(board=journey.pk).select_related("board").order_by("position")
    for stage, told in zip(stages, story.more, strict=False):
        _fill(stage, told, personas, by)


def _fill(stage: Stage, story: MoreStory, personas: dict[str, Persona], by: Actor) -> None:
    with stage.board.editing(by=by):
        stage.goal_agreement = story.agreement
        stage.save()
    for kind, texts in story.notes.items():
        lane = Lane.objects.get(board=stage.board_id, kind=kind)
        for text in texts:
            create_note(stage=stage, lane=lane, text=text, by=by)
    if story.scene:
        _show(stage, story.scene, by)
    for metric in story.metrics:
        _measure(stage, metric, by)
    for beginning, key in story.voices.items():
        for note in Note.objects.filter(stage=stage, text__startswith=beginning):
            give_voice(note, personas[key], by=by)


def _show(stage: Stage, scene: Scene, by: Actor) -> None:
    lane = Lane.objects.get(board=stage.board_id, kind=PictureLane.key)
    create_picture(stage=stage, lane=lane, file=scene_file(scene), alt=scene.shows, by=by)


def _measure(stage: Stage, story: MetricStory, by: Actor) -> None:
    metric = create_metric(
        stage=stage,
        name=story.name,
        kind=story.kind,
        unit=story.unit,
        target=story.target,
        less_is_better=story.less,
        by=by,
    )
    for number, value in enumerate(reversed(story.values)):
        record_point(metric, day=_day(number), value=value, by=by)


def _day(months_ago: int) -> date:
    return timezone.localdate() - timedelta(days=DAYS_BETWEEN * months_ago)

"""The future map of the demo, made as people make one: a copy of today's map, then rewritten."""

from collections.abc import Iterable

from journeys.copies import copy_journey
from journeys.measuring import set_points
from journeys.models import Journey, Lane, Metric, Note, Stage
from journeys.services import delete_lane, delete_note, delete_stage, record_emotion
from teams.access import Actor
from touchpoints.activities import delete_activity
from touchpoints.models import Activity, Touchpoint, TouchpointFeeling
from touchpoints.services import delete_touchpoint, save_touchpoint
from workshops.demo.build_map import Drawing, Library, fields_of, review_due, stages_of
from workshops.demo.people import Cast
from workshops.demo.shapes import JourneyStory, StageStory, TouchpointStory

ONLY_TODAY = ("doubts", "text", "image")
"""Kinds of lanes that tell of today alone."""


def draw_future(
    story: JourneyStory, today: Journey, kept: tuple[int, ...], cast: Cast, library: Library
) -> Journey:
    """Today's map with the stages that are `kept`, by number from 0, told anew one after the
    other; whatever is on it remembers what it was made from."""
    owner, editor = cast.actors["owner"], cast.actors["editor"]
    future = copy_journey(today, title=story.title, as_future=True, by=owner)
    stages = stages_of(future)
    with future.editing(by=owner):
        _set_goals(future, story)
        for number, stage in enumerate(stages):
            if number not in kept:
                delete_stage(stage, by=owner)
        for lane in Lane.objects.filter(board=future.pk, kind__in=ONLY_TODAY):
            delete_lane(lane, by=owner)
    with future.editing(by=editor):
        for number, told in zip(kept, story.stages, strict=True):
            _retell(stages[number], told, library, editor)
        for activity in Activity.objects.filter(board=future.pk):
            delete_activity(activity, by=editor)
        Drawing(future, {}, cast, library).act(story)
    return future


def _set_goals(future: Journey, story: JourneyStory) -> None:
    future.customer_goal, future.business_goal = story.customer_goal, story.business_goal
    future.scope, future.review_due = story.scope, review_due(story)
    future.save()


def _retell(stage: Stage, story: StageStory, library: Library, by: Actor) -> None:
    stage.title, stage.period, stage.situation = story.title, story.period, story.situation
    stage.customer_goal, stage.business_goal = story.customer_goal, story.business_goal
    stage.save()
    for kind, texts in story.notes.items():
        _rewrite(Note.objects.filter(stage=stage, lane__kind=kind), texts, by)
    for key, (score, reason) in story.feelings.items():
        persona = library.personas[key]
        record_emotion(stage, persona=persona, score=score, reason=reason, by=by)
    _meet(stage, story.touchpoints, library, by)
    for metric in Metric.objects.filter(stage=stage):
        set_points(metric, [], by=by)


def _rewrite(notes: Iterable[Note], texts: tuple[str, ...], by: Actor) -> None:
    """Each note says something new; those beyond the new texts go."""
    for number, note in enumerate(notes):
        if number < len(texts):
            note.text, note.persona = texts[number], None
            note.save()
        else:
            delete_note(note, by=by)


def _meet(stage: Stage, stories: tuple[TouchpointStory, ...], library: Library, by: Actor) -> None:
    present = list(Touchpoint.objects.filter(stage=stage).order_by("position"))
    for touchpoint in present[len(stories) :]:
        delete_touchpoint(touchpoint, by=by)
    for touchpoint, story in zip(present, stories, strict=False):
        for feeling in TouchpointFeeling.objects.filter(touchpoint=touchpoint):
            feeling.delete()
        for name, value in fields_of(story, library).items():
            setattr(touchpoint, name, value)
        save_touchpoint(touchpoint, by=by)

"""Holds both sides of a journey of the demo beside each other: what is asked, what is ready."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from insights.models import Evidence
from insights.readiness import Asked, answer_doubt, create_readiness
from journeys.models import Journey, Lane, Note, Stage
from journeys.services import create_lane
from teams.access import Actor
from touchpoints.goals import change_served, create_goal, efforts_of
from touchpoints.messages import create_link, judge_link
from touchpoints.models import Touchpoint
from touchpoints.services import save_touchpoint
from workshops.demo.build_map import Library, stages_of
from workshops.demo.people import Cast
from workshops.demo.shapes import GoalStory, LinkStory, ReadyStory


def make_ready(
    journey: Journey, stories: tuple[ReadyStory, ...], cast: Cast, library: Library
) -> None:
    """What stands ready in each stage, and which doubts and needs it answers."""
    by = cast.actors["editor"]
    below = Lane.objects.filter(board=journey.pk, kind__in=("text", "insights"))
    create_lane(journey, kind="readiness", before=below.order_by("position").first(), by=by)
    stages = stages_of(journey)
    for story in stories:
        _prepare(story, stages[story.stage], library, by)


def _prepare(story: ReadyStory, stage: Stage, library: Library, by: Actor) -> None:
    due = None
    if story.due_in is not None:
        due = timezone.localdate() + timedelta(days=story.due_in)
    readiness = create_readiness(
        stage=stage,
        title=story.title,
        kind=story.kind,
        status=story.status,
        channel=library.channels[story.channel] if story.channel else None,
        owner=story.owner,
        link=story.link,
        due=due,
        by=by,
    )
    for words in story.answers:
        answer_doubt(_asked(stage, words), readiness=readiness, by=by)


def _asked(stage: Stage, words: str) -> Asked:
    """The note or insight of a stage that begins like this."""
    notes = Note.objects.filter(stage=stage, lane__kind__in=("doubts", "needs"))
    note: Note | None = notes.filter(text__startswith=words).first()
    if note:
        return note
    said = Q(insight__text__startswith=words) | Q(insight__quote__startswith=words)
    rows = Evidence.objects.select_related("board").filter(said, stage=stage)
    evidence: Evidence = rows.order_by("pk")[0]
    return evidence


def link_messages(journey: Journey, stories: tuple[LinkStory, ...], cast: Cast) -> None:
    """The owner links them and looks; the editor changes a message later."""
    owner, editor = cast.actors["owner"], cast.actors["editor"]
    items = {item.title: item for item in Touchpoint.objects.filter(board=journey.pk)}
    for story in stories:
        link = create_link(
            journey,
            title=story.title,
            touchpoints=[items[title] for title in story.touchpoints],
            remark=story.remark,
            by=owner,
        )
        if story.verdict:
            judge_link(link, verdict=story.verdict, by=owner)
        if story.then:
            title, message = story.then
            item = Touchpoint.objects.get(pk=items[title].pk)
            item.message = message
            save_touchpoint(item, by=editor)


def rank_goals(
    journey: Journey,
    stories: tuple[GoalStory, ...],
    served: Mapping[str, tuple[str, ...]],
    cast: Cast,
) -> None:
    """Both sides in the order told, and what serves which of them."""
    by, stages = cast.actors["owner"], stages_of(journey)
    goals = {
        story.text: create_goal(
            journey,
            side=story.side,
            text=story.text,
            stage=None if story.stage is None else stages[story.stage],
            by=by,
        )
        for story in stories
    }
    for effort in efforts_of(journey):
        added = [goals[text] for text in served.get(effort.title, ())]
        change_served(journey, effort.kind, effort.pk, added=added, removed=[], by=by)

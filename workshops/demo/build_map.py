"""Draws a journey of the demo: every line goes through a service, under a member's name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from collaboration.models import Comment
from collaboration.services import create_comment, resolve_comment
from insights.models import Insight, Source
from insights.services import attach_insight, create_insight, create_source
from journeys.models import Journey, Lane, Persona, Stage
from journeys.paths import create_path
from journeys.services import (
    attach_persona,
    change_portrait,
    create_journey,
    create_lane,
    create_note,
    create_persona,
    record_emotion,
)
from journeys.starters import STANDARD_LANES, STARTERS, Starter, StarterStage
from touchpoints.activities import create_activity
from touchpoints.choices import Use
from touchpoints.models import Channel, Touchpoint
from touchpoints.services import create_channel, create_touchpoint, record_feeling, starter_channels
from workshops.demo.build_more import add_more
from workshops.demo.drawn import face_file
from workshops.demo.people import Cast
from workshops.demo.shapes import (
    InsightStory,
    JourneyStory,
    PersonaStory,
    StageStory,
    ThreadStory,
    TouchpointStory,
)

MORE_CHANNELS = (("Trade press", False), ("Video meeting", True), ("Customer portal", True))


@dataclass
class Library:
    """What the maps of a workspace share."""

    channels: dict[str, Channel] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    personas: dict[str, Persona] = field(default_factory=dict)


def fill_library(cast: Cast, sources: Mapping[str, tuple[str, str]]) -> Library:
    editor = cast.actors["editor"]
    channels = starter_channels(cast.workspace, by=cast.actors["owner"])
    channels += [
        create_channel(cast.workspace, name=name, online=online, by=editor)
        for name, online in MORE_CHANNELS
    ]
    return Library(
        {channel.name: channel for channel in channels},
        {
            key: create_source(cast.workspace, name=name, kind=kind, by=editor)
            for key, (name, kind) in sources.items()
        },
    )


def draw_journey(story: JourneyStory, cast: Cast, library: Library) -> Journey:
    """The whole map but for its comments; owner and editor take turns from stage to stage."""
    owner = cast.actors["owner"]
    journey = create_journey(
        cast.workspace,
        title=story.title,
        starter=_starter(story),
        perspective=story.perspective,
        business_goal=story.business_goal,
        customer_goal=story.customer_goal,
        scope=story.scope,
        review_due=review_due(story),
        by=owner,
    )
    for title in (story.free_lanes or {}).values():
        create_lane(journey, kind="text", title=title, by=cast.actors.get("editor", owner))
    _meet_personas(story, journey, cast, library)
    lanes = _lanes_by_key(story, journey)
    drawing = Drawing(journey, lanes, cast, library)
    for stage, told in zip(stages_of(journey), story.stages, strict=True):
        drawing.fill_stage(stage, told)
    drawing.collect(story.insights)
    drawing.move_and_feel(story)
    drawing.act(story)
    add_more(story, journey, library.personas, owner)
    return journey


def begin_draft(cast: Cast) -> Journey:
    """A journey that only the owners see yet."""
    return create_journey(
        cast.workspace,
        title="When customers leave us (draft)",
        starter=STARTERS["before-during-after"],
        hidden=True,
        by=cast.actors["owner"],
    )


def _starter(story: JourneyStory) -> Starter:
    stages = tuple(
        StarterStage(stage.title, stage.period, stage.situation) for stage in story.stages
    )
    return Starter("demo", story.title, "", stages, STANDARD_LANES)


def review_due(story: JourneyStory) -> date | None:
    if story.review_in_days is None:
        return None
    return timezone.localdate() + timedelta(days=story.review_in_days)


def stages_of(journey: Journey) -> list[Stage]:
    return list(Stage.objects.filter(board=journey.pk).select_related("board").order_by("position"))


def _lanes_by_key(story: JourneyStory, journey: Journey) -> dict[str, Lane]:
    keys = {title: key for key, title in (story.free_lanes or {}).items()}
    lanes = Lane.objects.filter(board=journey.pk)
    return {keys.get(lane.title, lane.kind): lane for lane in lanes}


def _meet_personas(story: JourneyStory, journey: Journey, cast: Cast, library: Library) -> None:
    """Personas of this story are made; those it borrows from an earlier one are looked up."""
    owner = cast.actors["owner"]
    for key, persona in story.personas.items():
        library.personas[key] = _persona(persona, cast)
    for key in story.stages[0].feelings:
        attach_persona(journey, library.personas[key], by=owner)


def _persona(story: PersonaStory, cast: Cast) -> Persona:
    persona = create_persona(
        cast.workspace,
        name=story.name,
        segment=story.segment,
        quote=story.quote,
        summary=story.summary,
        goals=story.goals,
        pains=story.pains,
        gains=story.gains,
        behaviours=story.behaviours,
        by=cast.actors["owner"],
    )
    if story.face:
        change_portrait(persona, file=face_file(story.face), by=cast.actors["owner"])
    return persona


class Drawing:
    """A journey being filled in, with those who do it."""

    def __init__(
        self, journey: Journey, lanes: dict[str, Lane], cast: Cast, library: Library
    ) -> None:
        self.journey, self.lanes, self.cast, self.library = journey, lanes, cast, library
        writers = [cast.actors[key] for key in ("owner", "editor") if key in cast.actors]
        self.turns = cycle(writers)
        self.writer = next(self.turns)

    def fill_stage(self, stage: Stage, story: StageStory) -> None:
        self.writer = next(self.turns)
        self._set_goals(stage, story)
        for key, texts in story.notes.items():
            for text in texts:
                create_note(stage=stage, lane=self.lanes[key], text=text, by=self.writer)
        self.writer = next(self.turns)
        for key, (score, reason) in story.feelings.items():
            persona = self.library.personas[key]
            record_emotion(stage, persona=persona, score=score, reason=reason, by=self.writer)
        for touchpoint in story.touchpoints:
            self._add_touchpoint(stage, touchpoint)
        self.writer = next(self.turns)

    def _set_goals(self, stage: Stage, story: StageStory) -> None:
        with self.journey.editing(by=self.writer):
            stage.customer_goal = story.customer_goal
            stage.business_goal = story.business_goal
            stage.save()

    def _add_touchpoint(self, stage: Stage, story: TouchpointStory) -> None:
        create_touchpoint(stage=stage, **fields_of(story, self.library), by=self.writer)

    def act(self, story: JourneyStory) -> None:
        """What we do ourselves."""
        stages = stages_of(self.journey)
        for told in story.activities:
            create_activity(
                self.journey,
                title=told.title,
                stage=None if told.stage is None else stages[told.stage],
                channel=self.library.channels[told.channel] if told.channel else None,
                purpose=told.purpose,
                hours_per_month=told.hours,
                cost_per_month=told.cost,
                owner=told.owner,
                decision=told.decision,
                decision_reason=told.reason,
                by=self.writer,
            )

    def move_and_feel(self, story: JourneyStory) -> None:
        """The paths between stages, and what is felt at touchpoints."""
        stages = stages_of(self.journey)
        for path in story.paths:
            create_path(
                from_stage=stages[path.start],
                to_stage=stages[path.end],
                share=path.share,
                reason=path.reason,
                response=path.response,
                by=self.writer,
            )
        for title, feelings in (story.felt or {}).items():
            touchpoint = Touchpoint.objects.get(board=self.journey.pk, title=title)
            for key, (score, reason) in feelings.items():
                persona = self.library.personas[key]
                record_feeling(
                    touchpoint, persona=persona, score=score, reason=reason, by=self.writer
                )

    def collect(self, stories: tuple[InsightStory, ...]) -> None:
        """Each insight is written into the library and put on all its stages."""
        stages = stages_of(self.journey)
        for story in stories:
            insight = self._insight(story)
            for number in story.stages:
                attach_insight(insight, stage=stages[number], by=self.writer)
            self.writer = next(self.turns)

    def _insight(self, story: InsightStory) -> Insight:
        return create_insight(
            self.cast.workspace,
            source=self.library.sources[story.source],
            kind=story.kind,
            quote=story.quote,
            text=story.text,
            strength=story.strength,
            tags=list(story.tags),
            by=self.writer,
        )


def fields_of(story: TouchpointStory, library: Library) -> dict[str, Any]:
    """The values of a touchpoint, its channel from the library."""
    return {
        "title": story.title,
        "channel": library.channels[story.channel],
        "importance": story.importance,
        "satisfaction": story.satisfaction,
        "actor": story.actor,
        "message": story.message,
        "thinks": story.thinks,
        "feels": story.feels,
        "says": story.says,
        "owner": story.owner,
        "helpers": story.helpers,
        "our_importance": story.our_importance,
        "use": Use.NOT if story.why_unused else story.use,
        "why_unused": story.why_unused,
        "moment_of_truth": story.moment_of_truth,
        "party": story.party,
        "contact": story.contact,
        "device": story.device,
        "verdict": story.verdict,
        "strengths": story.strengths,
        "weaknesses": story.weaknesses,
        "downstream": story.downstream,
        "department": story.department,
        "missing": story.missing,
        "persona": library.personas[story.persona] if story.persona else None,
    }


def discuss(journey: Journey, threads: tuple[ThreadStory, ...], cast: Cast) -> None:
    """Comments on stages, their answers, and what was settled."""
    stages = stages_of(journey)
    for thread in threads:
        first: Comment | None = None
        for who, body in thread.said:
            comment = create_comment(
                journey,
                target=stages[thread.stage],
                body=body,
                parent=first,
                by=cast.actors[who],
            )
            first = first or comment
        if first and thread.resolved_by:
            resolve_comment(first, by=cast.actors[thread.resolved_by])

"""Holds the demo's interviews: the guide, what was said, and what was learnt."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from insights import interviewing
from insights.models import Insight, Interview, InterviewGuide
from insights.planning import choose_source
from insights.services import attach_insight
from journeys.models import Journey, Note, Stage
from teams.access import Actor
from touchpoints.models import Touchpoint
from workshops.demo.build_map import Library, stages_of
from workshops.demo.people import Cast
from workshops.demo.talks import GUIDE, TALKS, ClaimStory, LadderStory, TalkStory


def hold_talks(journey: Journey, cast: Cast, library: Library) -> None:
    """The guide and both talks, written by the editor; the insights stand on the journey."""
    by = cast.actors["editor"]
    name, questions = GUIDE
    guide = InterviewGuide(workspace=cast.workspace, name=name, questions=list(questions))
    interviewing.save_guide(guide, by=by)
    stages = stages_of(journey)
    for story in TALKS:
        interview = _begin(story, guide, stages, library, by)
        for ladder in story.ladders:
            _climb(ladder, interview, stages, by)


def _begin(
    story: TalkStory, guide: InterviewGuide, stages: list[Stage], library: Library, by: Actor
) -> Interview:
    day = timezone.localdate() - timedelta(days=story.days_ago)
    return interviewing.create_interview(
        guide.workspace,
        participant=story.participant,
        persona=library.personas[story.persona],
        source=library.sources["interviews"],
        guide=guide,
        date=day,
        stages=[stages[number].pk for number in story.stages],
        consent_on=day,
        consent_for="Quotes without a name, inside Nordlys",
        keep_until=day + timedelta(days=730),
        transcript=story.transcript,
        by=by,
    )


def _climb(story: LadderStory, interview: Interview, stages: list[Stage], by: Actor) -> None:
    (question, answer), *whys = story.steps
    ladder = interviewing.add_answer(interview, question=question, answer=answer, by=by)
    for question, why in whys:
        interviewing.ask_why(ladder, question=question, answer=why, by=by)
    if story.learnt:
        kind, text, numbers = story.learnt
        interviewing.learn_from(
            ladder,
            kind=kind,
            quote=answer,
            text=text,
            source=interview.source,
            personas=[interview.persona] if interview.persona else [],
            stages=[(stages[number], by) for number in numbers],
            by=by,
        )


def rest_claims(claims: tuple[ClaimStory, ...], journey: Journey, cast: Cast) -> None:
    """Say of some notes and touchpoints what insights say of them."""
    stages = stages_of(journey)
    for story in claims:
        stage = stages[story.stage]
        about = (
            Note.objects.filter(stage=stage, text__startswith=story.claim).first()
            or Touchpoint.objects.filter(stage=stage, title__startswith=story.claim).get()
        )
        begins = Q(quote__startswith=story.insight) | Q(text__startswith=story.insight)
        insight = Insight.objects.get(begins, workspace=cast.workspace)
        attach_insight(
            insight, stage=stage, about=about, stance=story.stance, by=cast.actors["editor"]
        )


def choose_sources(chosen: Mapping[int, tuple[str, ...]], journey: Journey, cast: Cast) -> None:
    """By which sources each stage is to be learnt about."""
    stages = stages_of(journey)
    for number, kinds in chosen.items():
        for kind in kinds:
            choose_source(stages[number], kind=kind, by=cast.actors["editor"])

"""Much of one kind: a library of insights, the touchpoints and activities of a map."""

import random
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from insights.models import (
    Evidence,
    Insight,
    Interview,
    InterviewGuide,
    Ladder,
    LadderStep,
    Source,
    SourceKind,
)
from journeys.models import Journey, Persona, Stage
from teams.models import User, Workspace
from touchpoints.models import Activity, Channel, Touchpoint

WORDS = {
    "en": "delivery invoice customer waiting support manual answer colleague",
    "da": "levering faktura kunde ventetid support vejledning svar kollega bogføring",
    "sv": "leverans faktura kund väntetid support handledning svar kollega",
    "nl": "levering factuur klant wachttijd ondersteuning handleiding antwoord collega",
}


def fill_library(workspace: Workspace, many: int) -> None:
    """So many insights in four languages, and one with a word that no other has."""
    chance, languages = random.Random(4), list(WORDS)
    Insight.objects.bulk_create(
        [_insight(workspace, number, languages[number % 4], chance) for number in range(many)],
        batch_size=2000,
    )
    Insight.objects.create(
        workspace=workspace, language="da", quote="En sjælden reklamation over bogføringer"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE insights_insight")


def _insight(workspace: Workspace, number: int, language: str, chance: random.Random) -> Insight:
    words = WORDS[language].split()
    return Insight(
        workspace=workspace,
        kind=chance.choice(Insight.Kind.values),
        language=language,
        quote=" ".join(chance.choices(words, k=14)) + f" {number}",
        text=" ".join(chance.choices(words, k=30)),
        tags=[f"tag {number % 40}"],
    )


def fill_interviews(workspace: Workspace, journey: Journey, many: int) -> None:
    """So many interviews of ten answers, each with three whys; half of the answers gave an insight
    with a persona, on a stage of the map."""
    personas = list(Persona.objects.filter(workspace=workspace))
    stages = list(Stage.objects.filter(board=journey.pk))
    guide = InterviewGuide.objects.create(workspace=workspace, name="Long", questions=["Why?"] * 12)
    day = timezone.localdate()
    interviews = Interview.objects.bulk_create(
        Interview(
            workspace=workspace,
            participant=f"Kunde {number}",
            person=f"Person Nummer{number}, kunde{number}@firma.example",
            persona=personas[number % len(personas)],
            guide=guide,
            language="da",
            keep_until=day + timedelta(days=number),
            transcript="Kunden fortalte om levering og faktura. " * 200,
        )
        for number in range(many)
    )
    ladders = Ladder.objects.bulk_create(
        (Ladder(workspace=workspace, interview=one) for one in interviews for _number in range(10)),
        batch_size=2000,
    )
    LadderStep.objects.bulk_create(
        (
            LadderStep(ladder=ladder, depth=depth, question="Why?", answer=f"Reason {depth}")
            for number, ladder in enumerate(ladders)
            for depth in range(number % 3 + 2)
        ),
        batch_size=5000,
    )
    learnt = Insight.objects.bulk_create(
        (
            Insight(
                workspace=workspace,
                quote=f"Derfor {ladder.pk}",
                kind="motivation",
                ladder=ladder,
                interview_id=ladder.interview_id,
            )
            for ladder in ladders[::2]
        ),
        batch_size=2000,
    )
    Insight.personas.through.objects.bulk_create(
        Insight.personas.through(insight=one, persona=personas[number % len(personas)])
        for number, one in enumerate(learnt)
    )
    _put(
        Evidence(
            board_id=journey.pk,
            stage=stages[number % len(stages)],
            insight=one,
            position=f"b{number:06}",
        )
        for number, one in enumerate(learnt[: 40 * len(stages)])
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_calls(workspace: Workspace, user: User, many: int) -> None:
    """So many calls that one person wrote down."""
    source = Source.objects.create(workspace=workspace, name="Calls", kind=SourceKind.LISTENING)
    Insight.objects.bulk_create(
        Insight(
            workspace=workspace, source=source, created_by=user, text=f"Situation: Call {number}"
        )
        for number in range(many)
    )


def fill_both_sides(
    journey: Journey, stages: list[Stage], channels: list[Channel], many: int
) -> None:
    """So many touchpoints and a tenth as many activities; more than a map may hold, so they
    pass by its door."""
    places = [(stage, channel) for stage in stages for channel in channels]
    _put(
        Touchpoint(
            board_id=journey.pk,
            stage=places[number % len(places)][0],
            channel=places[number % len(places)][1],
            position=f"a{number:06}",
            title="Contact",
            importance=number % 5 + 1,
            use=("mainly", "sometimes", "not")[number % 3],
            why_unused="Too far",
        )
        for number in range(many)
    )
    _put(
        Activity(
            board_id=journey.pk,
            stage=places[number % len(places)][0],
            channel=places[number % len(places)][1],
            title="Act",
            hours_per_month=number,
        )
        for number in range(many // 10)
    )


def _put(items: Any) -> None:
    made = list(items)
    QuerySet.bulk_create(type(made[0])._base_manager.all(), made)

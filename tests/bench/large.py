"""Much of one kind: a library of insights, the touchpoints and activities of a map."""

import random
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from insights.models import Insight
from journeys.models import Journey, Stage
from teams.models import Workspace
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

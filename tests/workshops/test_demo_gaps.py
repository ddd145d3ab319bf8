"""The gap analysis of the B2B demo, worked out by hand from its touchpoints and activities.

Not active: conference and trade press are used and not served (2 gaps), the feed is both (match),
the mailing meets nobody (waste): 1 of 4. And so on, stage by stage; 14 of 28 pairs in all.
"""

import pytest

from insights.grounds import coverage_of
from journeys.models import Journey
from touchpoints.gap_page import openings_of
from touchpoints.gaps import Narrowed, gaps_of
from touchpoints.priorities import priorities_of
from workshops.demo.build import build_demo

pytestmark = pytest.mark.django_db

BY_HAND = {
    "Not active": (
        25,
        {
            "Event or fair": "gap",
            "Trade press": "gap",
            "Social media": "match",
            "Letter or print": "waste",
        },
    ),
    "Trigger": (
        25,
        {"Search engine": "gap", "Website": "gap", "Video": "match", "Social media": "waste"},
    ),
    "First interest": (
        100 / 3,
        {
            "Website": "match",
            "Comparison and review sites": "gap",
            "Word of mouth": "gap",
            "Live chat": "unused",
        },
    ),
    "Active evaluation": (
        50,
        {"Website": "match", "Video meeting": "match", "Phone": "gap", "E-mail": "gap"},
    ),
    "Purchase decision": (
        200 / 3,
        {"Meeting in person": "match", "E-mail": "match", "Website": "waste"},
    ),
    "Customer experience": (
        60,
        {
            "E-mail": "match",
            "Meeting in person": "match",
            "Phone": "match",
            "Customer portal": "gap",
            "Video": "gap",
        },
    ),
    "Loyalty": (
        80,
        {
            "Phone": "match",
            "Live chat": "match",
            "Customer portal": "match",
            "E-mail": "match",
            "Word of mouth": "gap",
        },
    ),
}


@pytest.fixture
def journey():
    build_demo()
    return Journey.objects.get(title="Buying business software", workspace__slug="demo")


def test_verdicts_alignment_and_hours_are_those_worked_out_by_hand(journey):
    found = gaps_of(journey)
    names = {channel.pk: channel.name for channel in found.channels}
    assert {
        stage.title: (
            pytest.approx(found.alignment(stage)),
            {
                names[pair.channel_id]: pair.verdict
                for pair in found.pairs
                if pair.stage_id == stage.pk
            },
        )
        for stage in found.stages
    } == BY_HAND
    assert [found.count(verdict) for verdict in ("match", "gap", "waste", "unused")] == [
        14, 11, 3, 1,
    ]  # fmt: skip
    assert found.alignment() == 50
    assert (found.wasted_hours, found.hours) == (24 + 16 + 8, 554)
    assert [one.title for one in found.outside] == ["Sponsoring of the handball club"]
    assert {one.title for one in found.noes} == {
        "Brochure by post", "Boosted posts about efficiency", "Chat window on the site",
        "Online order form",
    }  # fmt: skip


def test_the_gap_that_matters_most_comes_first_and_says_what_is_planned(journey):
    first = openings_of(gaps_of(journey))[0]
    assert (first.stage.title, first.channel.name) == ("Trigger", "Search engine")
    assert first.planned.title == "Plain articles, one for each symptom"


def test_before_the_purchase_alone(journey):
    found = gaps_of(journey, Narrowed(period="before"))
    assert [stage.title for stage in found.stages] == list(BY_HAND)[:4]
    assert found.alignment() == pytest.approx(100 * 5 / 15)


def test_priorities_by_the_usual_weights_as_worked_out_by_hand(journey):
    """Search: 100 x (3 x 1 + 3 x 0.75 + 2 + 2 x 1) / 10; the next two work 3 of 5."""
    ranked = priorities_of(journey)
    assert [(one.item.title, one.score) for one in ranked[:4]] == [
        ("Search for the symptom", pytest.approx(92.5)),
        ("Front page and product pages", pytest.approx(85)),
        ("Demonstration", pytest.approx(85)),
        ("Kick-off with roll-out team and time plan", pytest.approx(77.5)),
    ]
    assert {part for one in ranked for part in one.unrated} == {"Dissatisfaction"}


SUNGLASSES_BY_HAND = {
    "Seeing a pair": (
        50,
        {"Letter or print": "waste", "Shop": "match", "Social media": "match",
         "Word of mouth": "gap"},
    ),
    "Looking around": (
        pytest.approx(200 / 3), {"App": "waste", "Shop": "match", "Website": "match"}
    ),
    "Paying": (100, {"E-mail": "match", "Shop": "match", "Website": "match"}),
    "First days of wearing": (
        100, {"Letter or print": "match", "Shop": "match", "Website": "unused"}
    ),
    "Coming back": (
        pytest.approx(200 / 3), {"E-mail": "match", "Shop": "match", "Word of mouth": "gap"}
    ),
}  # fmt: skip


def test_the_sunglasses_tell_a_story_there_too(journey):
    found = gaps_of(
        Journey.objects.get(workspace=journey.workspace, title="Solbrillen: new sunglasses")
    )
    names = {channel.pk: channel.name for channel in found.channels}
    assert {
        stage.title: (
            found.alignment(stage),
            {names[one.channel_id]: one.verdict for one in found.pairs if one.stage_id == stage.pk},
        )
        for stage in found.stages
    } == SUNGLASSES_BY_HAND
    assert found.alignment() == pytest.approx(100 * 11 / 15)
    assert found.wasted_hours == 12 + 25
    assert [one.title for one in found.outside] == ["Sunglasses for the beach volley cup"]


def test_what_is_proven_contradicted_and_guessed_is_seen_on_both_maps(journey):
    for title in ("Buying business software", "Solbrillen: new sunglasses"):
        found = coverage_of(Journey.objects.get(workspace=journey.workspace, title=title))
        assert 0 < found.whole.proven < found.whole.claims
        assert found.contradicted
        assert {cell.ground.status for cell in found.cells.values()} == {
            "assumed", "observed", "contradicted",
        }  # fmt: skip

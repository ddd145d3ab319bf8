"""The register of lane kinds: each can be chosen, drawn empty and filled, edited and kept live."""

import re

import pytest
from django.template.loader import get_template
from django.urls import reverse

from collaboration.editing import Refused
from collaboration.live import Viewer
from journeys import selectors, services
from journeys.lanes import Group, TextLane, kind_of, kinds
from journeys.models import ONCE_A_MAP, Journey, Lane, Note, Stage
from journeys.page import grid_html
from journeys.stage_lanes import StageFieldLane
from journeys.starters import STARTERS
from teams.models import Role

KEYS = [kind.key for kind in kinds()]
TEXT_KEYS = [kind.key for kind in kinds() if isinstance(kind, TextLane)]
STAGE_KEYS = [kind.key for kind in kinds() if isinstance(kind, StageFieldLane)]


@pytest.fixture
def bare(nordlys, as_bob) -> Journey:
    """A map with one stage and no lane."""
    journey = services.create_journey(nordlys, title="Bare", starter=STARTERS["empty"], by=as_bob)
    services.create_stage(journey, title="Only", by=as_bob)
    return journey


def drawn(journey, role=Role.EDITOR) -> str:
    return grid_html(selectors.map_of(journey), Viewer(role, "en"))


def address(name, journey, *ids):
    return reverse(f"journeys:{name}", args=[journey.pk, *ids])


def test_all_that_customers_and_we_do_has_a_lane():
    assert set(KEYS) >= {
        "does", "thinks", "feels", "says", "situation", "customer_goal", "business_goal",
        "needs", "pains", "gains", "doubts", "barriers", "motivation", "works_well",
        "works_badly", "opportunities", "content_plan", "backstage", "emotion", "touchpoints",
        "insights", "text",
    }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_a_kind_has_words_an_icon_of_ours_and_a_template(key, settings):
    kind = kind_of(key)
    sprite = (settings.BASE_DIR / "static/img/icons.svg").read_text()
    assert str(kind.name)
    assert str(kind.prompt).endswith("?")
    assert f'<symbol id="{kind.icon}"' in sprite
    assert kind.group in Group
    assert 0 <= kind.colour <= 8
    assert len(key) <= Lane._meta.get_field("kind").max_length
    assert get_template(kind.template)


def test_what_a_map_has_once_is_what_the_database_holds_it_to():
    assert {kind.key for kind in kinds() if kind.once} == set(ONCE_A_MAP)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
@pytest.mark.parametrize("key", KEYS)
def test_an_empty_lane_asks_editors_in_its_own_words(key, role, bare, as_bob):
    lane = services.create_lane(bare, kind=key, by=as_bob)
    page = drawn(bare, role)
    stage = Stage.objects.get(board=bare)
    assert f'id="cell-{stage.pk}-{lane.pk}"' in page
    assert str(kind_of(key).name) in page
    if key != "emotion":
        assert (str(kind_of(key).prompt) in page) == (role is Role.EDITOR)


@pytest.mark.parametrize("key", TEXT_KEYS)
def test_a_lane_of_notes_shows_them(key, bare, as_bob):
    lane = services.create_lane(bare, kind=key, by=as_bob)
    stage = Stage.objects.get(board=bare)
    services.create_note(stage=stage, lane=lane, text="Very own words", by=as_bob)
    assert "Very own words" in drawn(bare)


@pytest.mark.parametrize("key", STAGE_KEYS)
def test_a_lane_of_the_stages_own_text_edits_it_in_its_cell(key, client_of, bob, bare, as_bob):
    lane = services.create_lane(bare, kind=key, by=as_bob)
    stage, client = Stage.objects.get(board=bare), client_of(bob)
    where = address("stage_text", bare, stage.pk, lane.pk)
    form = client.get(where).content.decode()
    assert f'name="{key}"' in form
    assert 'name="title"' not in form
    answer = client.post(where, {key: "Very own words", f"initial-{key}": "", "title": "Stolen"})
    assert answer.status_code == 200
    assert f'id="cell-{stage.pk}-{lane.pk}"' in answer.content.decode()
    stage.refresh_from_db()
    assert (getattr(stage, key), stage.title) == ("Very own words", "Only")
    assert "Very own words" in drawn(bare, Role.VIEWER)


def test_a_lane_of_notes_has_no_text_of_the_stage(client_of, bob, bare, as_bob):
    lane = services.create_lane(bare, kind="thinks", by=as_bob)
    stage = Stage.objects.get(board=bare)
    where = address("stage_text", bare, stage.pk, lane.pk)
    assert client_of(bob).get(where).status_code == 404
    assert client_of(bob).post(where, {"situation": "x"}).status_code == 404


def test_two_who_write_one_stages_goal_at_once_see_both_texts(client_of, bob, bare, as_bob):
    lane = services.create_lane(bare, kind="customer_goal", by=as_bob)
    stage, client = Stage.objects.get(board=bare), client_of(bob)
    where = address("stage_text", bare, stage.pk, lane.pk)
    client.post(where, {"customer_goal": "Calm", "initial-customer_goal": ""})
    clash = client.post(where, {"customer_goal": "Speed", "initial-customer_goal": ""})
    assert clash.status_code == 409
    assert "Calm" in clash.content.decode()
    assert "Speed" in clash.content.decode()


@pytest.mark.parametrize("sent", ["0", "6", "-1", "x", "3.5"])
def test_goals_agree_one_to_five(sent, client_of, bob, bare, as_bob):
    lane = services.create_lane(bare, kind="business_goal", by=as_bob)
    stage = Stage.objects.get(board=bare)
    where = address("stage_text", bare, stage.pk, lane.pk)
    answer = client_of(bob).post(where, {"goal_agreement": sent, "initial-goal_agreement": ""})
    assert answer.status_code == 422
    stage.refresh_from_db()
    assert stage.goal_agreement is None


def test_how_far_goals_agree_is_said_in_words_on_stage_and_journey(client_of, bob, bare, as_bob):
    lane = services.create_lane(bare, kind="business_goal", by=as_bob)
    stage, client = Stage.objects.get(board=bare), client_of(bob)
    data = {"goal_agreement": "2", "initial-goal_agreement": ""}
    client.post(address("stage_text", bare, stage.pk, lane.pk), data)
    assert "They agree a little" in drawn(bare, Role.VIEWER)
    data = {"title": "Bare", "perspective": "current", "goal_agreement": "5"}
    assert client.post(address("edit", bare), data).status_code == 200
    page = client.get(address("map", bare)).content.decode()
    assert "They are the same" in page


def test_a_situation_that_has_its_lane_is_not_said_twice(bare, as_bob):
    with bare.editing(by=as_bob):
        stage = Stage.objects.get(board=bare)
        stage.situation = "At a loss"
        stage.save()
    assert drawn(bare).count("At a loss") == 1
    services.create_lane(bare, kind="situation", by=as_bob)
    assert drawn(bare).count("At a loss") == 1


def test_the_line_of_visibility_stands_above_the_first_backstage_lane(bare, as_bob):
    services.create_lane(bare, kind="does", by=as_bob)
    assert "Line of visibility" not in drawn(bare)
    first = services.create_lane(bare, kind="backstage", by=as_bob)
    services.create_lane(bare, kind="backstage", title="Systems", by=as_bob)
    page = drawn(bare)
    assert page.count("Line of visibility") == 1
    rows = re.findall(r'visibility-line|id="lane-(\d+)"', page)
    assert rows[rows.index("") + 1] == str(first.pk)


# --- Choosing one ----------------------------------------------------------------------------
def test_the_chooser_groups_all_kinds_each_with_its_question(client_of, bob, bare):
    page = client_of(bob).get(address("lane_create", bare)).content.decode()
    assert re.findall(r"<legend>(.*?)</legend>", page) == [str(group.label) for group in Group]
    assert page.count('type="radio"') == len(KEYS)
    for kind in kinds():
        assert str(kind.prompt) in page


def test_a_lane_that_a_map_has_only_once_is_not_offered_again(client_of, bob, bare, as_bob):
    services.create_lane(bare, kind="situation", by=as_bob)
    services.create_lane(bare, kind="does", by=as_bob)
    client = client_of(bob)
    page = client.get(address("lane_create", bare)).content.decode()
    assert page.count("Already on this map") == 1
    disabled = re.findall(r'<input type="radio"[^>]*value="(\w+)"[^>]*disabled', page)
    assert disabled == ["situation"]
    assert client.post(address("lane_create", bare), {"kind": "situation"}).status_code == 422
    assert client.post(address("lane_create", bare), {"kind": "does"}).status_code == 200


@pytest.mark.parametrize("kind", ["", "nothing", "x" * 5000])
def test_a_kind_that_there_is_not_is_refused(kind, client_of, bob, bare):
    assert client_of(bob).post(address("lane_create", bare), {"kind": kind}).status_code == 422
    assert not Lane.objects.filter(board=bare).exists()


def test_a_lane_whose_kind_is_gone_is_shown_as_free_text(bare, as_bob):
    lane = services.create_lane(bare, kind="text", by=as_bob)
    with bare.editing(by=as_bob):
        lane.kind = "of an app that is no"
        lane.save()
    stage = Stage.objects.get(board=bare)
    Note.objects.filter(stage=stage)
    assert "What belongs here?" in drawn(bare)


@pytest.mark.parametrize("stages", [2, 12])
def test_many_lanes_cost_the_same_queries(stages, nordlys, as_bob, django_assert_max_num_queries):
    journey = services.create_journey(
        nordlys, title="All lanes", starter=STARTERS["empty"], by=as_bob
    )
    with journey.editing(by=as_bob):
        for key in KEYS:
            services.create_lane(journey, kind=key, by=as_bob)
        for number in range(stages):
            services.create_stage(journey, title=f"Stage {number}", by=as_bob)
    with django_assert_max_num_queries(16):
        drawn(journey)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in TEXT_KEYS])
def test_a_lane_that_shows_no_notes_takes_none(key, bare, as_bob):
    lane = services.create_lane(bare, kind=key, by=as_bob)
    stage = Stage.objects.get(board=bare)
    with pytest.raises(Refused, match="does not hold notes"):
        services.create_note(stage=stage, lane=lane, text="Lost", by=as_bob)

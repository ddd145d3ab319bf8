"""Starters in every language, and journeys kept as templates."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from collaboration.copying import copied_types
from insights.models import Evidence
from journeys import own_starters, services
from journeys.lanes import kinds
from journeys.measuring import record_point
from journeys.models import (
    Emotion,
    Journey,
    JourneyPersona,
    Lane,
    Metric,
    MetricPoint,
    Note,
    Path,
    Picture,
    Stage,
)
from journeys.own_starters import JourneyTemplate, save_as_template, starter_of
from journeys.starter_pictures import HEIGHT, WIDTH
from journeys.starter_pictures import Picture as StarterPicture
from journeys.starters import STARTERS
from teams.access import Forbidden, actor_in
from tests.api.conftest import one_of_everything
from touchpoints.models import Channel, Touchpoint
from touchpoints.priorities import save_weights
from touchpoints.services import create_touchpoint, delete_channel, delete_touchpoint

pytestmark = pytest.mark.django_db


def map_of(journey: Journey) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    lanes = Lane.objects.filter(board=journey.pk).order_by("position")
    notes = Note.objects.filter(board=journey.pk).order_by("position")
    return (
        [stage.title for stage in stages],
        [(lane.kind, lane.title) for lane in lanes],
        [note.text for note in notes],
    )


# --- What is built in ----------------------------------------------------------------------
@pytest.mark.parametrize("key", STARTERS)
def test_each_starter_makes_a_map_of_known_lanes(key, nordlys, as_bob):
    starter = STARTERS[key]
    journey = services.create_journey(nordlys, title="New", starter=starter, by=as_bob)
    titles, lanes, notes = map_of(journey)
    assert titles == [str(stage.title) for stage in starter.stages]
    assert lanes == [(lane.kind, str(lane.title)) for lane in starter.lanes]
    assert notes == [str(note.text) for note in starter.notes]
    assert {kind for kind, _title in lanes} <= {kind.key for kind in kinds()}
    assert journey.perspective == starter.perspective


def test_a_lifecycle_plan_is_one_unless_something_else_is_chosen(client_of, bob):
    address = reverse("journeys:new")
    form = {"title": "Years", "starter": "lifecycle-plan", "perspective": "current"}
    client_of(bob).post(address, form)
    assert Journey.objects.get().perspective == "lifecycle"


def test_a_blueprint_has_its_five_rows_in_their_order():
    kinds_in_order = [lane.kind for lane in STARTERS["service-blueprint"].lanes]
    assert kinds_in_order == [
        "text", "does", "touchpoints", "text", "backstage", "text", "opportunities",
    ]  # fmt: skip


def test_a_starter_speaks_the_language_of_whoever_makes_the_journey(nordlys, as_bob):
    with translation.override("da"):
        journey = services.create_journey(
            nordlys, title="Ny", starter=STARTERS["before-during-after"], by=as_bob
        )
    assert map_of(journey)[0][0] != "Before purchase"


@pytest.mark.parametrize("key", STARTERS)
def test_each_drawing_stays_in_its_frame(key):
    picture = StarterPicture(STARTERS[key])
    slips = [slip for row in picture.rows for slip in row.slips]
    slips += [band for _period, band in picture.stages]
    for slip in slips:
        assert slip.x >= 0
        assert slip.y >= 0
        assert slip.x + slip.width <= WIDTH
        assert slip.y + slip.height <= HEIGHT


# --- The workspace's own -------------------------------------------------------------------
@pytest.fixture
def template(journey, note, as_bob) -> JourneyTemplate:
    return save_as_template(journey, name="Ours", with_notes=True, by=as_bob)


def test_a_journey_from_a_template_is_what_the_template_was(template, journey, nordlys, as_bob):
    before = map_of(journey)
    services.delete_journey(journey, by=as_bob)
    made = services.create_journey(nordlys, title="Second", starter=template.starter, by=as_bob)
    assert map_of(made) == before
    assert before[2] == ["Do we need this?"]


def test_without_notes_it_keeps_stages_and_lanes_alone(journey, note, nordlys, as_bob):
    bare = save_as_template(journey, name="Bare", by=as_bob)
    made = services.create_journey(nordlys, title="Second", starter=bare.starter, by=as_bob)
    titles, lanes, notes = map_of(made)
    assert (len(titles), len(lanes), notes) == (7, 12, [])


def kept_of(journey: Journey) -> dict[type, int]:
    """How many items of each type are on a map."""
    counts = {model: model._base_manager.filter(board=journey.pk) for model in copied_types()}
    return {model: rows.count() for model, rows in counts.items() if rows.exists()}


@pytest.fixture
def rich(nordlys, as_bob) -> Journey:
    """A map with an item of every type that can be on one."""
    scene = one_of_everything(nordlys, as_bob, "Our plan")
    record_point(scene["metrics"], day=date(2026, 3, 1), value=40, by=as_bob)
    save_weights(scene["journeys"], importance=5, by=as_bob)
    return scene["journeys"]


def test_a_template_keeps_every_type_of_item_save_those_that_are_declared(rich, nordlys, as_bob):
    """A new type comes along by itself, or is declared with `own_starters.leave_out`."""
    before = kept_of(rich)
    template = save_as_template(rich, name="Ours", with_notes=True, by=as_bob)
    made = services.create_journey(nordlys, title="Second", starter=template.starter, by=as_bob)
    assert kept_of(made) == {
        model: count for model, count in before.items() if not own_starters.left_out(model)
    }
    assert {Stage, Lane, Note, Path, Metric, Touchpoint} <= set(kept_of(made))
    assert {Emotion, MetricPoint, Picture, JourneyPersona, Evidence} <= {
        model for model in before if own_starters.left_out(model)
    }


def test_every_type_of_item_of_a_map_is_on_the_map_of_this_test(rich):
    on_maps = {model for model in copied_types() if model._meta.app_label != "workshops"}
    assert on_maps - set(kept_of(rich)) == set()


def test_without_notes_a_template_is_goals_stages_lanes_paths_and_metrics(rich, nordlys, as_bob):
    with rich.editing(by=as_bob):
        rich.customer_goal, rich.goal_agreement = "To sleep at night", 4
        rich.save()
    template = save_as_template(rich, name="Frame", by=as_bob)
    made = services.create_journey(
        nordlys, title="Second", starter=template.starter, customer_goal="", by=as_bob
    )
    assert set(kept_of(made)) == {Stage, Lane, Path, Metric}
    assert (made.customer_goal, made.goal_agreement) == ("To sleep at night", 4)
    path, was = Path.objects.get(board=made.pk), Path.objects.get(board=rich.pk)
    assert (path.from_stage.title, path.share) == (was.from_stage.title, was.share)
    assert path.from_stage.board_id == made.pk
    metric, was = Metric.objects.get(board=made.pk), Metric.objects.get(board=rich.pk)
    assert (metric.name, metric.target, metric.points.count()) == (was.name, was.target, 0)


def test_what_a_new_journey_says_itself_stands_before_the_template(rich, nordlys, as_bob):
    with rich.editing(by=as_bob):
        rich.customer_goal = "Theirs"
        rich.save()
    starter = save_as_template(rich, name="Frame", by=as_bob).starter
    made = services.create_journey(
        nordlys, title="Second", starter=starter, customer_goal="Ours", by=as_bob
    )
    assert made.customer_goal == "Ours"


def test_a_channel_that_is_gone_is_left_off_what_a_template_brings(rich, nordlys, as_bob):
    channel = Channel.objects.create(workspace=nordlys, name="Fax", online=False)
    stage = Stage.objects.filter(board=rich.pk).first()
    fax = create_touchpoint(stage=stage, title="Order by fax", channel=channel, by=as_bob)
    template = save_as_template(rich, name="Old", with_notes=True, by=as_bob)
    delete_touchpoint(fax, by=as_bob)
    delete_channel(channel, by=as_bob)
    made = services.create_journey(nordlys, title="Second", starter=template.starter, by=as_bob)
    assert Touchpoint.objects.get(board=made.pk, title="Order by fax").channel_id is None


def test_a_template_of_an_earlier_release_still_works(journey, note, nordlys, as_bob):
    template = save_as_template(journey, name="Old", with_notes=True, by=as_bob)
    before = map_of(journey)
    for name in ("items", "goals"):
        del template.content[name]
    template.save()
    made = services.create_journey(nordlys, title="Second", starter=template.starter, by=as_bob)
    assert map_of(made) == before


def test_a_type_or_field_that_is_gone_is_left_out_of_an_old_template(template, nordlys, as_bob):
    template.content["items"][0]["values"]["smell"] = "roses"
    template.content["items"].append({"type": "perfume", "id": 1, "values": {"name": "No. 5"}})
    template.save()
    made = services.create_journey(nordlys, title="Second", starter=template.starter, by=as_bob)
    assert len(map_of(made)[0]) == 7


def test_case_59_a_commenter_keeps_no_template(journey, carol, nordlys):
    with pytest.raises(Forbidden):
        save_as_template(journey, name="Mine", by=actor_in(carol, nordlys))
    assert not JourneyTemplate.objects.exists()


def test_the_gallery_shows_own_templates_first_and_starts_from_them(client_of, bob, template):
    client = client_of(bob)
    page = client.get(reverse("journeys:new"))
    assert page.text.index("Ours") < page.text.index("Before, during, after")
    client.post(
        reverse("journeys:new"),
        {"title": "Second", "starter": template.key, "perspective": "current"},
    )
    made = Journey.objects.get(title="Second")
    assert Note.objects.filter(board=made.pk).count() == 1


def test_a_template_is_saved_from_the_map_and_deleted_in_the_gallery(client_of, bob, journey):
    client = client_of(bob)
    address = reverse("journeys:save_template", args=[journey.pk])
    assert 'value="Buying software"' in client.get(address).text
    answer = client.post(address, {"name": "Kept", "about": "For the north"})
    assert "“Kept” is kept as a template" in answer.text
    kept = JourneyTemplate.objects.get()
    assert (kept.about, kept.with_notes, kept.created_by) == ("For the north", False, bob)
    client.post(reverse("journeys:template_delete", args=[kept.pk]))
    assert not JourneyTemplate.objects.exists()


def test_a_template_without_a_name_is_422(client_of, bob, journey):
    address = reverse("journeys:save_template", args=[journey.pk])
    assert client_of(bob).post(address, {"name": " "}).status_code == 422
    assert not JourneyTemplate.objects.exists()


def test_case_56_nobody_starts_from_a_foreign_template(client_of, charlie, other, template):
    assert starter_of(other, template.key) is None
    client = client_of(charlie)
    assert "Ours" not in client.get(reverse("journeys:new")).text
    answer = client.post(
        reverse("journeys:new"), {"title": "X", "starter": template.key, "perspective": "current"}
    )
    assert answer.status_code == 422
    deleting = client.post(reverse("journeys:template_delete", args=[template.pk]))
    assert deleting.status_code == 404
    assert JourneyTemplate.objects.exists()


@pytest.mark.parametrize("key", ["", "own-", "own-x", "own-²", "own-" + "9" * 40, "nonsense"])
def test_case_82_an_unknown_key_is_no_starter(key, nordlys):
    assert starter_of(nordlys, key) is None


def test_a_workspace_has_a_limit_of_templates(journey, as_bob, monkeypatch):
    monkeypatch.setattr(own_starters, "MOST_TEMPLATES", 1)
    save_as_template(journey, name="One", by=as_bob)
    with pytest.raises(own_starters.Refused):
        save_as_template(journey, name="Two", by=as_bob)

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaboration.copying import copied_types
from collaboration.editing import Refused
from collaboration.models import Board, Change, Comment
from collaboration.services import create_comment
from collaboration.undo import undo
from insights.models import Evidence, Insight
from insights.services import attach_insight
from journeys import copies, services
from journeys.models import Emotion, Journey, JourneyPersona, Lane, Note, Persona, Stage
from journeys.selectors import relatives_of
from journeys.starters import STARTERS
from teams.access import actor_in
from teams.models import Membership, Workspace
from touchpoints.models import Channel, Touchpoint
from touchpoints.services import create_channel, create_touchpoint


def url(name, journey, *ids):
    return reverse(f"journeys:{name}", args=[journey.pk, *ids])


@pytest.fixture
def full(journey, stages, thinks, note, nordlys, as_bob):
    """With one of everything on it."""
    persona = services.create_persona(nordlys, name="Mette", by=as_bob)
    services.attach_persona(journey, persona, by=as_bob)
    services.record_emotion(stages[0], persona=persona, score=2, by=as_bob)
    channel = create_channel(nordlys, name="Telephone", by=as_bob)
    create_touchpoint(stage=stages[1], title="Hotline", channel=channel, by=as_bob)
    insight = Insight.objects.create(workspace=nordlys, text="They are lost")
    attach_insight(insight, stage=stages[2], by=as_bob)
    create_comment(journey, target=stages[0], body="Secret talk", by=as_bob)
    return journey


@pytest.fixture
def elsewhere(bob):
    """Another workspace in which Bob edits; it knows a Mette already."""
    workspace = Workspace.objects.create(name="Side project", slug="side-project")
    Membership.objects.create(workspace=workspace, user=bob, role="editor")
    Persona.objects.create(workspace=workspace, name="mette", colour=5)
    return workspace


def on(journey, model):
    return model._base_manager.filter(board=journey.pk)


def test_a_copy_holds_what_the_journey_holds_and_is_one_lasting_edit(full, stages, as_bob):
    copy = copies.copy_journey(full, title="Second", by=as_bob)
    copied = {model: on(copy, model).count() for model in copied_types()}
    assert copied == {model: on(full, model).count() for model in copied_types()}
    assert sum(copied.values()) > 20
    note = Note.objects.get(board=copy.pk)
    assert (note.text, note.stage.title, note.lane.kind) == (
        "Do we need this?", "Not active", "thinks"
    )  # fmt: skip
    assert note.stage.board_id == copy.pk
    assert note.origin_id is None
    assert (copy.version, copy.based_on_id) == (1, None)
    assert not Comment.objects.filter(board=copy.pk).exists()
    with pytest.raises(Refused):
        undo(copy, 1, by=as_bob)


def test_a_copy_costs_the_same_number_of_queries_however_much_there_is(
    full, stages, thinks, as_bob
):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            copies.copy_journey(full, title="Again", by=as_bob)
        return len(queries)

    before = cost()
    for number in range(30):
        services.create_note(stage=stages[2], lane=thinks, text=str(number), by=as_bob)
    assert cost() == before


def test_the_future_map_knows_where_each_of_its_parts_comes_from(full, stages, as_bob):
    future = copies.copy_journey(full, title="As it should be", as_future=True, by=as_bob)
    assert (future.perspective, future.based_on_id) == ("future", full.pk)
    for model in (Stage, Lane, Note, Touchpoint):
        originals = set(on(full, model).values_list("pk", flat=True))
        assert set(on(future, model).values_list("origin", flat=True)) == originals
    assert relatives_of(full).futures == [future]
    assert relatives_of(future).based_on == full


def test_what_is_deleted_in_the_current_map_stays_in_the_future_one_and_undo_joins_them_again(
    full, stages, note, as_bob
):
    future = copies.copy_journey(full, title="As it should be", as_future=True, by=as_bob)
    before = Board.objects.get(pk=future.pk).version
    services.delete_stage(stages[0], by=as_bob)
    copied = Note.objects.get(board=future.pk, origin=note.pk)
    assert Board.objects.get(pk=future.pk).version == before
    services.delete_note(copied, by=as_bob)
    undo(future, before + 1, by=as_bob)
    copied.refresh_from_db()
    assert copied.origin_id == note.pk
    undo(full, Board.objects.get(pk=full.pk).version, by=as_bob)
    assert Note.objects.get(pk=note.pk) == copied.origin


def test_in_another_workspace_the_library_is_matched_by_name_and_evidence_stays(
    full, elsewhere, bob
):
    by = actor_in(bob, elsewhere)
    copy = copies.copy_journey(full, title="There", workspace=elsewhere, by=by)
    mette = Persona.objects.get(workspace=elsewhere)
    assert JourneyPersona.objects.get(board=copy.pk).persona == mette
    assert Emotion.objects.get(board=copy.pk).persona == mette
    channel = Channel.objects.get(workspace=elsewhere)
    assert (channel.name, Touchpoint.objects.get(board=copy.pk).channel) == ("Telephone", channel)
    assert not Evidence.objects.filter(board=copy.pk).exists()
    assert not Insight.objects.filter(workspace=elsewhere).exists()
    assert Persona.objects.get(workspace=full.workspace).colour == 1
    with pytest.raises(Refused):
        copies.copy_journey(full, title="No", workspace=elsewhere, as_future=True, by=by)


def test_a_viewer_there_copies_nothing(full, elsewhere, victor):
    Membership.objects.create(workspace=elsewhere, user=victor, role="viewer")
    with pytest.raises(PermissionDenied):
        copies.copy_journey(full, title="No", workspace=elsewhere, by=actor_in(victor, elsewhere))
    assert not Journey.objects.filter(workspace=elsewhere).exists()


def test_case_57_a_journey_is_copied_into_workspaces_of_mine_only(
    client_of, bob, full, elsewhere, other
):
    client = client_of(bob)
    form = client.get(url("copy", full)).content.decode()
    assert "Side project" in form
    assert other.name not in form
    sent = {"title": "There", "workspace": other.pk}
    assert client.post(url("copy", full), sent).status_code == 404
    assert not Journey.objects.filter(workspace=other).exists()
    answer = client.post(url("copy", full), {"title": "There", "workspace": elsewhere.pk})
    made = Journey.objects.get(workspace=elsewhere)
    assert answer.url == url("map", made)


@pytest.mark.parametrize("name", ["copy", "future", "pair"])
def test_case_59_a_viewer_calls_them_directly_and_is_refused(name, client_of, victor, full):
    assert client_of(victor).post(url(name, full), {"title": "Mine"}).status_code == 403
    assert Journey.objects.count() == 1


def test_the_future_map_is_made_from_its_dialog_and_both_show_the_other(client_of, bob, full):
    client = client_of(bob)
    assert "(future)" in client.get(url("future", full)).content.decode()
    answer = client.post(url("future", full), {"title": "Better"})
    future = Journey.objects.get(title="Better")
    assert answer.url == url("map", future)
    assert url("map", future) in client.get(url("map", full)).content.decode()
    page = client.get(url("map", future)).content.decode()
    assert "The map it was made from" in page
    assert "Future state" in page


def test_a_lane_goes_to_the_stages_of_the_same_title_else_in_order(
    full, stages, thinks, nordlys, as_bob
):
    target = services.create_journey(nordlys, title="T", starter=STARTERS["empty"], by=as_bob)
    for title in ("Loyalty", "First"):
        services.create_stage(target, title=title, by=as_bob)
    matches = copies.matched_stages(full, target)
    assert [other and other.title for _stage, other in matches] == [
        "First", None, None, None, None, None, "Loyalty"
    ]  # fmt: skip
    services.create_note(stage=stages[6], lane=thinks, text="Stays", by=as_bob)
    services.create_note(stage=stages[3], lane=thinks, text="Left out", by=as_bob)
    copies.copy_lane(thinks, target=target, by=as_bob)
    copied = Note.objects.filter(board=target.pk).order_by("stage__position")
    assert [(note.stage.title, note.text) for note in copied] == [
        ("Loyalty", "Stays"), ("First", "Do we need this?")
    ]  # fmt: skip
    assert Change.objects.filter(board=target, item_type="lane").count() == 1


def test_case_57_a_lane_is_not_copied_to_a_foreign_map(client_of, bob, full, thinks, secret):
    client = client_of(bob)
    sent = {"target": secret.pk}
    assert client.get(url("lane_copy", full, thinks.pk), sent).status_code == 404
    assert client.post(url("lane_copy", full, thinks.pk), sent).status_code == 404
    assert "Secret plan" not in client.get(url("lane_copy", full, thinks.pk)).content.decode()
    assert Lane.objects.filter(board=secret.pk, kind="thinks").count() == 1


def test_a_lane_is_copied_after_it_was_shown_what_goes_where(
    client_of, bob, full, thinks, elsewhere
):
    by = actor_in(bob, elsewhere)
    target = services.create_journey(
        elsewhere, title="There", starter=STARTERS["before-during-after"], by=by
    )
    client = client_of(bob)
    shown = client.get(url("lane_copy", full, thinks.pk), {"target": target.pk}).content.decode()
    assert "left out: no stage for it" in shown
    client.post(url("lane_copy", full, thinks.pk), {"target": target.pk})
    assert Note.objects.get(board=target.pk).text == "Do we need this?"


def test_a_plan_and_a_map_stand_beside_each_other(client_of, bob, full, nordlys, as_bob):
    plan, second = (
        services.create_journey(
            nordlys, title=title, starter=STARTERS["empty"], perspective="lifecycle", by=as_bob
        )
        for title in ("Plan", "Second plan")
    )
    client = client_of(bob)
    before = Board.objects.get(pk=plan.pk).version
    answer = client.post(url("pair", full), {"other": plan.pk})
    assert "Lifecycle plan of this journey" in answer.content.decode()
    assert "How customers see it" in client.get(url("map", plan)).content.decode()
    assert Board.objects.get(pk=plan.pk).version == before + 1
    copies.pair_journeys(full, other=second, by=as_bob)
    full.refresh_from_db()
    assert relatives_of(full).beside == second
    assert relatives_of(Journey.objects.get(pk=plan.pk)).beside is None
    copies.pair_journeys(Journey.objects.get(pk=full.pk), other=None, by=as_bob)
    assert relatives_of(Journey.objects.get(pk=full.pk)).beside is None
    assert client.post(url("pair", full), {"other": full.pk}).status_code == 404

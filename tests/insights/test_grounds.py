"""On what a map rests: assumed, observed, contradicted."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaboration.models import Board, Change
from collaboration.undo import undo
from insights import services
from insights.grounds import Status, coverage_of, grounds_of
from insights.learnt import learnt_of
from insights.models import Evidence
from journeys import bulk, reshape
from journeys.models import Lane
from journeys.services import create_note, delete_note, move_note
from teams.access import actor_in
from touchpoints.services import create_touchpoint, move_touchpoint

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name, journey, *ids):
    return reverse(f"insights:{name}", args=[journey.pk, *ids])


@pytest.fixture
def thinks(journey):
    return Lane.objects.get(board=journey.pk, kind="thinks")


@pytest.fixture
def note(stages, thinks, by_bob):
    return create_note(stage=stages[1], lane=thinks, text="It is easy to pay", by=by_bob)


@pytest.fixture
def say(nordlys, by_bob):
    """`say("interview")`: an insight of a source of this kind, or an opinion."""

    def create(heard="", **fields):
        source = None
        if heard:
            name = f"{heard} {services.Source.objects.count()}"
            source = services.create_source(nordlys, name=name, kind=heard, by=by_bob)
        fields.setdefault("quote", f"Heard by {heard}")
        return services.create_insight(nordlys, source=source, by=by_bob, **fields)

    return create


def test_the_strongest_source_counts_and_an_opinion_proves_nothing(journey, note, say, by_bob):
    def ground():
        found = grounds_of(journey)[("note", note.pk)]
        return found.status, found.strength

    services.attach_insight(say(), stage=note.stage, about=note, by=by_bob)
    assert ground() == (Status.ASSUMED, 1)
    for kind, strength in (("analytics", 2), ("survey", 3), ("listening", 4), ("interview", 5)):
        services.attach_insight(say(kind), stage=note.stage, about=note, by=by_bob)
        assert ground() == (Status.OBSERVED, strength)
    against = services.attach_insight(
        say("survey"), stage=note.stage, about=note, stance="contradicts", by=by_bob
    )
    assert ground() == (Status.CONTRADICTED, 5)
    services.judge_evidence(against, stance="supports", by=by_bob)
    assert ground() == (Status.OBSERVED, 5)


def test_coverage_by_stage_and_lane(journey, stages, thinks, note, say, by_bob):
    create_note(stage=stages[1], lane=thinks, text="It is quick", by=by_bob)
    does = Lane.objects.get(board=journey.pk, kind="does")
    create_note(stage=stages[0], lane=does, text="Asks a friend", by=by_bob)
    touchpoint = create_touchpoint(stage=stages[2], title="Hotline", by=by_bob)
    services.attach_insight(
        say("interview", kind="motivation"), stage=stages[1], about=note, by=by_bob
    )
    services.attach_insight(
        say("survey", kind="pain"), stage=stages[2], about=touchpoint, stance="contradicts",
        by=by_bob,
    )  # fmt: skip
    found = coverage_of(journey)
    touching = Lane.objects.get(board=journey.pk, kind="touchpoints")
    assert {
        place: (cell.proven, cell.claims, cell.ground.status) for place, cell in found.cells.items()
    } == {
        (stages[1].pk, thinks.pk): (1, 2, Status.OBSERVED),
        (stages[0].pk, does.pk): (0, 1, Status.ASSUMED),
        (stages[2].pk, touching.pk): (1, 1, Status.CONTRADICTED),
    }
    assert (found.whole.proven, found.whole.claims) == (2, 4)
    assert (found.what, found.why) == (1, 1)
    assert [one.touchpoint for one in found.contradicted] == [touchpoint]


def test_coverage_costs_the_same_queries_whatever_the_map(
    client_of, bob, journey, note, thinks, stages, say, by_bob
):
    client = client_of(bob)
    services.attach_insight(say("survey"), stage=note.stage, about=note, by=by_bob)
    pages = [url("coverage", journey), url("guesses", journey), journey.get_absolute_url()]

    def cost():
        with CaptureQueriesContext(connection) as captured:
            for page in pages:
                client.get(page)
        return len(captured)

    cost()
    few = cost()
    for number in range(8):
        more = create_note(stage=stages[0], lane=thinks, text=f"Note {number}", by=by_bob)
        insight = say("visit", quote=f"Quote {number}")
        services.attach_insight(insight, stage=stages[0], about=more, by=by_bob)
    cost()
    assert cost() == few


# --- Moving ----------------------------------------------------------------------------------
def stands(*evidence):
    fresh = [Evidence.objects.get(pk=one.pk) for one in evidence]
    return [(one.stage_id, one.position) for one in fresh]


def test_evidence_goes_along_with_its_note_and_back_with_undo(
    journey, stages, thinks, note, say, by_bob
):
    about = [
        services.attach_insight(say("survey"), stage=stages[1], about=note, by=by_bob)
        for _number in range(2)
    ]
    other = create_note(stage=stages[1], lane=thinks, text="Stays", by=by_bob)
    stay = [
        services.attach_insight(say("visit"), stage=stages[1], about=other, by=by_bob),
        services.attach_insight(say("visit"), stage=stages[1], by=by_bob),
        services.attach_insight(say("visit"), stage=stages[0], by=by_bob),
    ]
    before, staying = stands(*about), stands(*stay)
    move_note(note, stage=stages[0], lane=thinks, by=by_bob)
    journey.refresh_from_db()
    moved = journey.version
    assert [stage for stage, _position in stands(*about)] == [stages[0].pk] * 2
    assert stands(*stay) == staying
    in_order = Evidence.objects.filter(stage=stages[0]).order_by("position")
    assert list(in_order) == [stay[2], *about]
    assert coverage_of(journey).of_stage(stages[0]).proven == 1
    told = {(one.item_type, one.item_id) for one in Change.objects.filter(version=moved)}
    assert told == {("note", note.pk), *(("evidence", one.pk) for one in about)}
    undo(journey, moved, by=by_bob)
    note.refresh_from_db()
    assert (note.stage_id, stands(*about), stands(*stay)) == (stages[1].pk, before, staying)
    undo(journey, moved + 1, by=by_bob)
    assert [stage for stage, _position in stands(*about)] == [stages[0].pk] * 2


def test_evidence_goes_along_when_notes_or_touchpoints_move_by_many_ways(
    journey, stages, thinks, note, say, by_bob
):
    touchpoint = create_touchpoint(stage=stages[1], title="Hotline", by=by_bob)
    of_note, of_touchpoint = (
        services.attach_insight(say("survey"), stage=stages[1], about=one, by=by_bob)
        for one in (note, touchpoint)
    )
    move_touchpoint(touchpoint, stage=stages[0], by=by_bob)
    bulk.step_notes(journey, [note], direction="right", by=by_bob)
    places = [stage for stage, _position in stands(of_note, of_touchpoint)]
    assert places == [stages[2].pk, stages[0].pk]
    note.refresh_from_db()
    fresh = reshape.split_stage(stages[2], title="Later", notes=[note], by=by_bob)
    assert stands(of_note)[0][0] == fresh.pk
    reshape.merge_stages(stages[2], by=by_bob)
    assert stands(of_note)[0][0] == stages[2].pk


def test_a_move_within_its_stage_leaves_evidence_alone(journey, note, say, by_bob):
    services.attach_insight(say("survey"), stage=note.stage, about=note, by=by_bob)
    does = Lane.objects.get(board=journey.pk, kind="does")
    move_note(note, stage=note.stage, lane=does, by=by_bob)
    journey.refresh_from_db()
    told = Change.objects.filter(board=journey, version=journey.version)
    assert [one.item_type for one in told] == ["note"]


def test_evidence_about_a_note_does_not_leave_its_stage_alone(
    client_of, bob, stages, note, say, by_bob
):
    evidence = services.attach_insight(say("survey"), stage=note.stage, about=note, by=by_bob)
    sent = {"stage": stages[0].pk}
    response = client_of(bob, **HTMX).post(url("evidence_move", note.board, evidence.pk), sent)
    assert response.status_code == 409
    assert "is about “It is easy to pay” and moves with it." in response.content.decode()
    assert stands(evidence)[0][0] == note.stage_id


# --- On the map ----------------------------------------------------------------------------
def test_a_contradiction_shows_on_both_sides(client_of, bob, journey, note, say, by_bob):
    insight = say("interview", quote="I paid three times.")
    services.attach_insight(insight, stage=note.stage, about=note, stance="contradicts", by=by_bob)
    client = client_of(bob)
    page = client.get(journey.get_absolute_url()).content.decode()
    assert f'data-about="note-{note.pk}" data-ground="contradicted"' in page
    assert '<span class="badge badge-danger">contradicts</span>' in page
    panel = client.get(url("grounds", journey), {"type": "note", "id": note.pk}, **HTMX)
    assert "I paid three times." in panel.content.decode()
    learnt = client.get(reverse("insights:insight", args=[insight.pk])).content.decode()
    assert "Contradicts" in learnt
    assert "It is easy to pay" in learnt
    assert "I paid three times." in client.get(url("coverage", journey)).content.decode()


def test_saying_it_from_the_panel_turning_it_and_taking_it_off(client_of, bob, journey, note, say):
    client, insight = client_of(bob, **HTMX), say("survey")
    sent = {"type": "note", "id": note.pk, "stance": "supports"}
    answer = client.post(url("ground_attach", journey, insight.pk), sent).content.decode()
    assert 'hx-target="#marks"' in answer
    assert 'data-ground="observed"' in answer
    assert 'hx-target="#panel"' in answer
    evidence = Evidence.objects.get()
    assert (evidence.note, evidence.stage, evidence.stance) == (note, note.stage, "supports")
    client.post(url("judge", journey, evidence.pk), {"stance": "contradicts"})
    evidence.refresh_from_db()
    assert evidence.stance == "contradicts"
    client.post(url("judge", journey, evidence.pk), {"stance": ""})
    assert not Evidence.objects.exists()


def test_one_insight_may_stand_on_a_stage_and_be_about_two_things_there(note, thinks, say, by_bob):
    insight = say("survey")
    other = create_note(stage=note.stage, lane=thinks, text="It is quick", by=by_bob)
    for about in (None, note, other, note):
        services.attach_insight(insight, stage=note.stage, about=about, by=by_bob)
    assert [one.about for one in Evidence.objects.order_by("pk")] == [
        f"stage-{note.stage_id}", f"note-{note.pk}", f"note-{other.pk}",
    ]  # fmt: skip


def test_evidence_goes_with_its_note_and_comes_back_with_it(journey, note, say, by_bob):
    services.attach_insight(say("survey"), stage=note.stage, about=note, by=by_bob)
    delete_note(note, by=by_bob)
    assert not Evidence.objects.exists()
    journey.refresh_from_db()
    undo(journey, journey.version, by=by_bob)
    assert Evidence.objects.get().note_id == note.pk


@pytest.mark.parametrize("asked", [{}, {"type": "lane", "id": 1}, {"type": "note", "id": "x"}])
def test_what_is_no_claim_is_not_found(client_of, bob, journey, asked):
    assert client_of(bob).get(url("grounds", journey), asked).status_code == 404


def test_case_56_foreign_insights_and_items_do_not_exist(
    client_of, bob, journey, note, say, foreign_insight, foreign_stage
):
    client = client_of(bob)
    sent = {"type": "note", "id": note.pk, "stance": "supports"}
    assert client.post(url("ground_attach", journey, foreign_insight.pk), sent).status_code == 404
    sent = {"type": "stage", "id": foreign_stage.pk, "stance": "supports"}
    ours = say("survey")
    assert client.post(url("ground_attach", journey, ours.pk), sent).status_code == 404
    assert not Evidence.objects.exists()


def test_viewer_reads_the_grounds_and_changes_nothing(
    client_of, victor, nordlys, note, say, by_bob
):
    journey = note.board
    evidence = services.attach_insight(say("survey"), stage=note.stage, about=note, by=by_bob)
    client = client_of(victor)
    panel = client.get(url("grounds", journey), {"type": "note", "id": note.pk})
    assert "From the library" not in panel.content.decode()
    assert client.post(url("judge", journey, evidence.pk), {"stance": ""}).status_code == 403
    with pytest.raises(PermissionDenied):
        services.judge_evidence(evidence, stance="contradicts", by=actor_in(victor, nordlys))
    assert Board.objects.get(pk=journey.pk).version == evidence.version


def test_api_tells_the_coverage_of_a_journey(journey, note, say, by_bob, bob, charlie):
    from rest_framework.test import APIClient

    from teams.services import create_token

    services.attach_insight(say("survey"), stage=note.stage, about=note, by=by_bob)

    def ask(user):
        _token, secret = create_token(name="Script", by=user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client.get(f"/api/v1/journeys/{journey.pk}/coverage/")

    body = ask(bob).json()
    assert body["whole"] == {
        "claims": 1, "proven": 1, "status": "observed", "supports": 1, "contradicts": 0,
        "strength": 3,
    }  # fmt: skip
    assert [one["stage"] for one in body["cells"]] == [note.stage_id]
    assert ask(charlie).status_code == 404


# --- Known before, or new ------------------------------------------------------------------
def test_what_stood_there_before_is_confirmed_and_anything_else_is_new(
    journey, stages, thinks, note, say, by_bob
):
    learnt = say("interview")
    later = create_note(stage=stages[1], lane=thinks, text="Written after it", by=by_bob)
    for about, expected in ((note, "confirms"), (later, "new"), (None, "new")):
        evidence = services.attach_insight(learnt, stage=stages[1], about=about, by=by_bob)
        assert evidence.news == expected, about
    against = services.attach_insight(
        say("survey"), stage=note.stage, about=note, stance="contradicts", by=by_bob
    )
    assert against.news == "contradicts"
    found = coverage_of(journey)
    assert (found.confirmed, found.new, len(found.contradicted)) == (1, 2, 1)


def test_whether_it_was_new_is_said_in_the_panel(client_of, bob, journey, note, say, by_bob):
    evidence = services.attach_insight(say("interview"), stage=note.stage, about=note, by=by_bob)
    client, address = client_of(bob), url("judge", journey, evidence.pk)
    answer = client.post(address, {"news": "new"}, **HTMX).content.decode()
    assert Evidence.objects.get().new_to_us
    assert "New to us" in answer
    assert "Confirms what we knew" in client.post(address, {"news": "confirms"}).content.decode()
    page = client.get(url("coverage", journey)).content.decode()
    assert "Confirms what we knew: 1. New to us: 0." in page


def test_where_it_was_learnt_and_how_customers_see_us(
    client_of, bob, journey, stages, note, say, by_bob
):
    told = say("interview", kind="performance")
    services.attach_insight(told, stage=stages[1], by=by_bob)
    services.attach_insight(told, stage=stages[1], about=note, by=by_bob)
    services.attach_insight(say("survey", kind="need"), stage=stages[1], by=by_bob)
    services.attach_insight(say(), stage=stages[2], by=by_bob)
    for stage, satisfaction in ((stages[0], 4), (stages[1], 1), (stages[1], 2)):
        create_touchpoint(stage=stage, title="T", satisfaction=satisfaction, by=by_bob)
    create_touchpoint(stage=stages[1], title="M", satisfaction=5, missing=True, by=by_bob)
    first, second, third = learnt_of(journey)
    assert (dict(second.sources), second.what, second.why, second.performance) == (
        {"interview": 1, "survey": 1}, 1, 1, 1,
    )  # fmt: skip
    assert [one.is_guessed for one in (first, second, third)] == [True, False, True]
    assert [one.satisfaction for one in (first, second, third)] == [4, 1.5, None]
    assert [one.worst for one in (first, second, third)] == [False, True, False]
    page = client_of(bob).get(url("coverage", journey)).content.decode()
    assert page.count("no source yet") == 2
    assert page.count("improve here first") == 1


def test_sources_are_chosen_for_a_stage_and_those_that_are_silent_are_told(
    client_of, bob, victor, journey, stages, say, by_bob, foreign_stage
):
    services.attach_insight(say("interview"), stage=stages[0], by=by_bob)
    address, client = url("source_choice", journey), client_of(bob)
    for kind in ("interview", "survey"):
        answer = client.post(address, {"choice": f"{stages[0].pk}-{kind}"}, **HTMX)
        assert answer.status_code == 200
    assert "1 chosen is silent" in answer.content.decode()
    assert learnt_of(journey)[0].chosen == {"interview", "survey"}
    client.post(address, {"choice": f"{stages[0].pk}-survey"})
    assert learnt_of(journey)[0].chosen == {"interview"}
    latest = Board.objects.get(pk=journey.pk)
    undo(journey, latest.version, by=by_bob)
    assert learnt_of(journey)[0].chosen == {"interview", "survey"}
    for wrong in (f"{foreign_stage.pk}-survey", f"{stages[0].pk}-rumour", "x"):
        assert client.post(address, {"choice": wrong}).status_code == 404
    assert client_of(victor).post(address, {"choice": "1-survey"}).status_code == 403
    assert (
        "button"
        not in client_of(victor)
        .get(url("coverage", journey))
        .content.decode()
        .split('id="where-learnt"')[1]
        .split("</section>")[0]
    )

import pytest
from django.urls import reverse

from collaboration.models import Board
from insights import services
from insights.models import Evidence, Insight
from tests.insights.test_views_library import seen

pytestmark = pytest.mark.django_db


def url(name, journey, *ids):
    return reverse(f"insights:{name}", args=[journey.pk, *ids])


@pytest.fixture
def foreign_evidence(foreign_insight, foreign_stage, by_charlie):
    return services.attach_insight(foreign_insight, stage=foreign_stage, by=by_charlie)


# --- Writing a new one ---------------------------------------------------------------------
def test_new_insight_stands_in_library_and_cell(client_of, bob, journey, stages, lane, interviews):
    client, address = client_of(bob), url("evidence_create", journey, stages[0].pk, lane.pk)
    form = client.get(address).content.decode()
    assert "Interviews in spring" in form
    assert "Choose from the library" in form
    data = {"kind": "doubt", "quote": "Is it safe?", "source": interviews.pk}
    response = client.post(address, data)
    assert response.status_code == 200
    assert f'hx-target="#cell-{stages[0].pk}-{lane.pk}"' in response.content.decode()
    evidence = Evidence.objects.get(board=journey.pk)
    assert (evidence.stage, evidence.insight.quote) == (stages[0], "Is it safe?")
    assert evidence.insight.workspace_id == journey.workspace_id


def test_insight_that_says_nothing_is_refused_in_words(client_of, bob, journey, stages, lane):
    address = url("evidence_create", journey, stages[0].pk, lane.pk)
    response = client_of(bob).post(address, {"kind": "doubt", "quote": " "})
    assert response.status_code == 422
    assert "Write a quote, an insight in your words, or both." in response.content.decode()
    assert not Insight.objects.exists()


def test_case_5_the_same_form_sent_twice_adds_one(client_of, bob, journey, stages, lane):
    client, address = client_of(bob), url("evidence_create", journey, stages[0].pk, lane.pk)
    sent = {"kind": "need", "quote": "Only once", "idempotency_key": "once-only"}
    assert client.post(address, sent).content == client.post(address, sent).content
    assert Insight.objects.count() == Evidence.objects.count() == 1


# --- Choosing from the library -------------------------------------------------------------
def test_choice_is_what_the_stage_does_not_show_yet(
    client_of, bob, nordlys, journey, stages, lane, evidence, foreign_insight, by_bob
):
    services.create_insight(nordlys, text="Must suit their style", by=by_bob)
    client = client_of(bob)
    for stage, expected in ((stages[1], {"style"}), (stages[0], {"style", "card"})):
        page = client.get(url("evidence_choice", journey, stage.pk, lane.pk)).content.decode()
        words = {"card": "I typed my card number", "style": "Must suit their style"}
        assert {key for key, text in words.items() if text in page} == expected
        assert "Nobody may read this" not in page
    found = client.get(url("evidence_choice", journey, stages[0].pk, lane.pk), {"q": "card"})
    assert "Must suit" not in found.content.decode()


def test_choosing_puts_it_on_the_stage(client_of, bob, journey, stages, lane, insight):
    response = client_of(bob).post(url("attach", journey, stages[0].pk, insight.pk))
    assert response.status_code == 200
    page = response.content.decode()
    assert f'hx-target="#cell-{stages[0].pk}-{lane.pk}"' in page
    assert "I typed my card number" in page
    assert Evidence.objects.get().stage == stages[0]


# --- Editing where it stands ---------------------------------------------------------------
def test_form_carries_what_was_seen(client_of, bob, journey, lane, evidence):
    page = client_of(bob).get(url("evidence_edit", journey, evidence.pk)).content.decode()
    assert 'name="initial-quote" value="I typed my card number three times."' in page
    assert f'data-region="cell-{evidence.stage_id}-{lane.pk}"' in page


def test_saving_changes_the_insight_and_answers_with_the_cell(
    client_of, bob, journey, lane, evidence
):
    sent = seen(evidence.insight, quote="Paying is a struggle.")
    response = client_of(bob).post(url("evidence_edit", journey, evidence.pk), sent)
    assert response.status_code == 200
    page = response.content.decode()
    assert f'hx-target="#cell-{evidence.stage_id}-{lane.pk}"' in page
    assert "Paying is a struggle." in page
    stored = Insight.objects.get()
    assert (stored.quote, stored.source) == ("Paying is a struggle.", evidence.insight.source)


def test_case_1_same_field_gives_both_values_back(client_of, alice, bob, journey, evidence):
    address = url("evidence_edit", journey, evidence.pk)
    client_of(alice).post(address, seen(evidence.insight, quote="Paying is a struggle."))
    response = client_of(bob).post(address, seen(evidence.insight, quote="Three times!"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "<blockquote>Paying is a struggle.</blockquote>" in page
    assert "<blockquote>Three times!</blockquote>" in page
    assert "Alice" in page
    assert Insight.objects.get().quote == "Paying is a struggle."


def test_bad_input_gives_the_form_back(client_of, bob, journey, evidence):
    sent = seen(evidence.insight, quote="")
    response = client_of(bob).post(url("evidence_edit", journey, evidence.pk), sent)
    assert response.status_code == 422
    assert Insight.objects.get().quote == "I typed my card number three times."


def test_text_typed_into_one_taken_off_is_given_back(client_of, bob, journey, evidence, by_bob):
    sent = seen(evidence.insight, text="A thought worth keeping")
    services.detach_evidence(evidence, by=by_bob)
    response = client_of(bob).post(url("evidence_edit", journey, evidence.pk), sent)
    assert response.status_code == 409
    assert "A thought worth keeping" in response.content.decode()


# --- Moving and taking off -----------------------------------------------------------------
def test_dragging_to_another_stage_before_another(
    client_of, bob, journey, stages, evidence, by_bob
):
    there = services.collect_insight(stage=stages[2], quote="Where is it?", by=by_bob)
    data = {"stage": stages[2].pk, "lane": "", "before": there.pk}
    response = client_of(bob).post(url("evidence_move", journey, evidence.pk), data)
    assert response.status_code == 200
    assert list(stages[2].evidence.order_by("position")) == [evidence, there]


def test_moving_to_a_stage_that_has_it_is_told_in_words(
    client_of, bob, journey, stages, insight, evidence, by_bob
):
    services.attach_insight(insight, stage=stages[2], by=by_bob)
    address = url("evidence_move", journey, evidence.pk)
    response = client_of(bob).post(address, {"direction": "right"})
    assert response.status_code == 409
    assert "shows this insight already" in response.content.decode()


def test_taking_off_keeps_it_in_the_library(client_of, bob, journey, insight, evidence):
    response = client_of(bob).post(url("evidence_delete", journey, evidence.pk))
    assert response.status_code == 200
    assert "stays in the library" in response.content.decode()
    assert not Evidence.objects.exists()
    assert Insight.objects.get() == insight


# --- Who may -------------------------------------------------------------------------------
def test_case_56_foreign_ids_do_not_exist(
    client_of, bob, journey, stages, lane, evidence, foreign_evidence, foreign_journey
):
    client = client_of(bob)
    theirs, ours = foreign_evidence.stage_id, stages[0].pk
    requests = [
        (url("evidence_create", foreign_journey, theirs, lane.pk), {"quote": "No"}),
        (url("evidence_create", journey, theirs, lane.pk), {"quote": "No"}),
        (url("attach", journey, theirs, evidence.insight_id), {}),
        (url("attach", journey, ours, foreign_evidence.insight_id), {}),
        (url("attach", foreign_journey, theirs, foreign_evidence.insight_id), {}),
        (url("evidence_move", journey, foreign_evidence.pk), {"stage": ours}),
        (url("evidence_move", journey, evidence.pk), {"stage": theirs}),
        (url("evidence_move", journey, evidence.pk), {"stage": ours, "before": "9" * 30}),
        (url("evidence_delete", journey, foreign_evidence.pk), {}),
    ]
    answers = [client.post(address, data).status_code for address, data in requests]
    assert answers == [404] * len(requests)
    for address in (
        url("evidence_edit", journey, foreign_evidence.pk),
        url("evidence_choice", journey, theirs, lane.pk),
        url("evidence_choice", foreign_journey, theirs, lane.pk),
    ):
        assert client.get(address).status_code == 404
    gone = client.post(url("evidence_edit", journey, foreign_evidence.pk), {"quote": "Mine"})
    assert gone.status_code == 409
    assert "Nobody may read" not in gone.content.decode()
    assert foreign_evidence.insight.quote == "Nobody may read this."
    assert Evidence.objects.get(pk=evidence.pk).stage == stages[1]


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_are_refused(request, client_of, journey, stages, lane, evidence, who):
    client = client_of(request.getfixturevalue(who))
    version = Board.objects.get(pk=journey.pk).version
    addresses = [
        url("evidence_create", journey, stages[0].pk, lane.pk),
        url("attach", journey, stages[0].pk, evidence.insight_id),
        url("evidence_edit", journey, evidence.pk),
        url("evidence_move", journey, evidence.pk),
        url("evidence_delete", journey, evidence.pk),
    ]
    assert [client.post(address, {"quote": "No"}).status_code for address in addresses] == [403] * 5
    choice = url("evidence_choice", journey, stages[0].pk, lane.pk)
    assert client.get(choice).status_code == 403
    assert Board.objects.get(pk=journey.pk).version == version

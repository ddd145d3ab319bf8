import pytest
from django.urls import reverse

from journeys import services
from journeys.lanes import kinds
from journeys.models import Journey, Lane, Note, Stage
from teams.access import actor_in


def url(name, journey, *ids):
    return reverse(f"journeys:{name}", args=[journey.pk, *ids])


def test_the_map_shows_stages_lanes_and_notes(client_of, bob, journey, note):
    page = client_of(bob).get(url("map", journey)).content.decode()
    for words in ("Buying software", "Not active", "Loyalty", "Thinks", "Do we need this?"):
        assert words in page


def test_what_somebody_may_not_see_does_not_exist(client_of, bob, secret):
    assert client_of(bob).get(url("map", secret)).status_code == 404


def test_the_dashboard_shows_no_journey_of_another_workspace(client_of, bob, journey, secret):
    page = client_of(bob).get("/").content.decode()
    assert "Buying software" in page
    assert "Secret plan" not in page


def test_a_viewer_gets_no_form_and_no_button_to_edit(client_of, victor, journey, note):
    client = client_of(victor)
    page = client.get(url("map", journey)).content.decode()
    assert "hx-post" not in page.split('id="map-grid"')[1].split("</main>")[0]
    assert client.post(url("note_edit", journey, note.pk), {"text": "mine"}).status_code == 403
    note.refresh_from_db()
    assert note.text == "Do we need this?"


@pytest.mark.parametrize("size", [5, 40])
def test_the_map_costs_the_same_queries_whatever_its_size(
    size, client_of, bob, nordlys, as_bob, django_assert_max_num_queries
):
    journey = wide_journey(nordlys, as_bob, stages=size)
    client = client_of(bob)
    client.get(url("map", journey))
    used = len({lane.kind for lane in Lane.objects.filter(board=journey.pk)})
    with django_assert_max_num_queries(12 + used) as queries:
        assert client.get(url("map", journey)).status_code == 200
    wide_journey.queries = getattr(wide_journey, "queries", set()) | {len(queries)}
    assert len(wide_journey.queries) == 1


def wide_journey(workspace, actor, *, stages: int) -> Journey:
    journey = Journey(workspace=workspace, title=f"{stages} stages")
    journey.start(by=actor)
    with journey.editing(by=actor):
        for kind in kinds():
            services.create_lane(journey, kind=kind.key, by=actor)
        for number in range(stages):
            stage = services.create_stage(journey, title=f"Stage {number}", by=actor)
            for lane in Lane.objects.filter(board=journey.pk, kind="thinks"):
                services.create_note(stage=stage, lane=lane, text="A thought", by=actor)
            services.record_emotion(stage, persona=None, score=1, by=actor)
    return journey


def test_a_note_is_added_and_the_answer_redraws_its_cell(client_of, bob, journey, stages, thinks):
    address = url("note_create", journey, stages[0].pk, thinks.pk)
    answer = client_of(bob).post(address, {"text": "A new thought"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'hx-target="#cell-{stages[0].pk}-{thinks.pk}"' in page
    assert "A new thought" in page
    assert Note.objects.get(stage=stages[0]).text == "A new thought"


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "nul\x00byte"])
def test_a_wrong_text_comes_back_with_what_is_wrong(text, client_of, bob, journey, stages, thinks):
    address = url("note_create", journey, stages[0].pk, thinks.pk)
    answer = client_of(bob).post(address, {"text": text})
    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_case_1_two_editors_of_one_note_both_keep_their_text(client_of, alice, bob, journey, note):
    seen = {"initial-text": "Do we need this?"}
    address = url("note_edit", journey, note.pk)
    first = client_of(bob).post(address, {"text": "Bob's words", **seen})
    second = client_of(alice).post(address, {"text": "Alice's words", **seen})
    page = second.content.decode()
    assert (first.status_code, second.status_code) == (200, 409)
    assert "Bob&#x27;s words" in page
    assert "Alice&#x27;s words" in page
    note.refresh_from_db()
    assert note.text == "Bob's words"


def test_after_a_clash_saving_again_keeps_what_was_chosen(client_of, alice, bob, journey, note):
    address = url("note_edit", journey, note.pk)
    client_of(bob).post(address, {"text": "Bob's words", "initial-text": "Do we need this?"})
    again = client_of(alice).post(address, {"text": "Both words", "initial-text": "Bob's words"})
    assert again.status_code == 200
    note.refresh_from_db()
    assert note.text == "Both words"


def test_two_fields_of_one_stage_changed_by_two_people_both_win(
    client_of, alice, bob, journey, stages
):
    stage = stages[0]
    seen = {
        f"initial-{name}": getattr(stage, name)
        for name in ("title", "situation", "period", "customer_goal", "business_goal")
    }
    values = {name.removeprefix("initial-"): value for name, value in seen.items()}
    address = url("stage_edit", journey, stage.pk)
    client_of(bob).post(address, {**values, **seen, "title": "Asleep"})
    client_of(alice).post(address, {**values, **seen, "customer_goal": "Peace of mind"})
    stage.refresh_from_db()
    assert (stage.title, stage.customer_goal) == ("Asleep", "Peace of mind")


def test_a_note_deleted_meanwhile_gives_the_text_back(client_of, bob, journey, note, as_bob):
    services.delete_note(note, by=as_bob)
    answer = client_of(bob).post(url("note_edit", journey, note.pk), {"text": "Long thought"})
    assert answer.status_code == 409
    assert "Long thought" in answer.content.decode()


def test_case_56_ids_of_another_workspace_are_nothing_here(
    client_of, bob, journey, secret, note, thinks, stages
):
    client = client_of(bob)
    foreign_note = Note.objects.get(text="Secret thought")
    foreign_stage = Stage.objects.filter(board=secret.pk).first()
    move = {"stage": foreign_stage.pk, "lane": thinks.pk}
    answers = [
        client.get(url("note_edit", journey, foreign_note.pk)),
        client.post(url("note_delete", journey, foreign_note.pk)),
        client.post(url("note_move", journey, note.pk), move),
        client.post(
            url("note_move", journey, note.pk),
            {"stage": stages[1].pk, "lane": thinks.pk, "before": foreign_note.pk},
        ),
        client.post(url("note_create", journey, foreign_stage.pk, thinks.pk), {"text": "x"}),
        client.post(url("stage_move", journey, stages[0].pk), {"before": foreign_stage.pk}),
        client.post(url("emotion", journey, foreign_stage.pk), {"score": 1}),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert Note.objects.filter(pk=foreign_note.pk, text="Secret thought").exists()


@pytest.mark.parametrize("score", ["3", "-3", "x", "1.5", "9" * 30])
def test_a_feeling_outside_the_scale_is_refused_in_words(score, client_of, bob, journey, stages):
    answer = client_of(bob).post(url("emotion", journey, stages[0].pk), {"score": score})
    assert answer.status_code == 422


def test_markup_in_a_note_is_shown_as_text(client_of, bob, journey, stages, thinks, as_bob):
    services.create_note(
        stage=stages[0], lane=thinks, text='<img src=x onerror="alert(1)">', by=as_bob
    )
    page = client_of(bob).get(url("map", journey)).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_viewer_cannot_tell_a_foreign_board_from_none(client_of, victor, secret):
    client = client_of(victor)
    foreign = client.get(url("map", secret))
    nothing = client.get("/journeys/999999999/")
    assert foreign.status_code == nothing.status_code == 404


def test_stages_of_a_journey_are_seen_by_members_only(client_of, nordlys, journey):
    assert client_of(None).get(url("map", journey)).status_code == 302
    assert actor_in(None, nordlys) is None

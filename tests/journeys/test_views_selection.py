import json

import pytest
from django.urls import reverse

from collaboration.models import Board
from journeys import services
from journeys.models import Note, Stage
from tests.journeys.test_bulk import texts


def url(name, journey, *ids):
    return reverse(f"journeys:{name}", args=[journey.pk, *ids])


@pytest.fixture
def second(stages, feels, as_bob):
    return services.create_note(stage=stages[1], lane=feels, text="Curious", by=as_bob)


def ids(*notes):
    return ",".join(str(note.pk) for note in notes)


def test_selected_notes_are_duplicated_and_deleted(
    client_of, bob, journey, stages, thinks, note, second
):
    client = client_of(bob)
    answer = client.post(url("notes_duplicate", journey), {"notes": ids(note, second)})
    assert "2 notes were duplicated." in answer.content.decode()
    assert texts(stages[0], thinks) == ["Do we need this?"] * 2
    answer = client.post(url("notes_delete", journey), {"notes": ids(note, second)})
    assert "2 notes are deleted." in answer.content.decode()
    assert texts(stages[0], thinks) == ["Do we need this?"]


def test_selected_notes_are_moved_and_stepped(
    client_of, bob, journey, stages, thinks, feels, note, second
):
    client = client_of(bob)
    place = {"stage": stages[2].pk, "lane": thinks.pk, "before": ""}
    client.post(url("notes_move", journey), {"notes": ids(note, second), **place})
    assert texts(stages[2], thinks) == ["Do we need this?", "Curious"]
    answer = client.post(
        url("notes_step", journey), {"notes": ids(note, second), "direction": "down"}
    )
    assert answer.status_code == 200
    assert texts(stages[2], feels) == ["Do we need this?", "Curious"]
    wrong = client.post(url("notes_step", journey), {"notes": ids(note), "direction": "back"})
    assert wrong.status_code == 404


def test_at_the_edge_the_notes_stay_and_it_is_said(client_of, bob, journey, note):
    answer = client_of(bob).post(
        url("notes_step", journey), {"notes": ids(note), "direction": "left"}
    )
    assert answer.status_code == 409
    assert "The map ends there" in answer.content.decode()


@pytest.mark.parametrize("name", ["notes_delete", "notes_duplicate", "notes_move", "notes_step"])
def test_case_56_a_foreign_note_among_them_stops_all(
    name, client_of, bob, journey, stages, thinks, note, secret
):
    strange = Note.objects.get(board=secret.pk)
    sent = {"notes": ids(note, strange), "stage": stages[1].pk, "lane": thinks.pk}
    sent["direction"] = "right"
    before = Board.objects.get(pk=journey.pk).version
    assert client_of(bob).post(url(name, journey), sent).status_code == 404
    assert Board.objects.get(pk=journey.pk).version == before
    assert texts(stages[0], thinks) == ["Do we need this?"]


def test_case_57_notes_are_not_pasted_into_or_out_of_a_foreign_map(
    client_of, bob, journey, stages, thinks, note, secret
):
    theirs = Stage.objects.filter(board=secret.pk).first()
    client = client_of(bob)
    assert (
        client.post(url("paste", journey, theirs.pk, thinks.pk), {"text": "x"}).status_code == 404
    )
    assert client.post(url("paste", secret, theirs.pk, thinks.pk), {"text": "x"}).status_code == 404
    strange = Note.objects.get(board=secret.pk)
    sent = {"notes": ids(strange)}
    assert client.post(url("paste", journey, stages[0].pk, thinks.pk), sent).status_code == 404
    assert Note.objects.count() == 2


def test_a_table_is_pasted_and_what_found_no_place_is_named(
    client_of, bob, journey, stages, thinks
):
    answer = client_of(bob).post(
        url("paste", journey, stages[6].pk, thinks.pk), {"text": "a\tb\tc", "is_table": "true"}
    )
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "1 note was pasted." in words
    assert "Left out: 2 columns." in words
    assert texts(stages[6], thinks) == ["a"]


def test_pieces_of_another_map_keep_their_places(client_of, bob, journey, stages, thinks, feels):
    pieces = json.dumps([[0, 0, "here"], [1, 2, "<b>there</b>"]])
    answer = client_of(bob).post(url("paste", journey, stages[0].pk, thinks.pk), {"pieces": pieces})
    assert answer.status_code == 200
    assert texts(stages[2], feels) == ["<b>there</b>"]
    assert "<b>there" not in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": " \n\t\n"},
        {"text": "x\n" * 10_000},
        {"pieces": "[1]"},
        {"pieces": "no"},
        {"pieces": json.dumps([[-1, 0, "x"]])},
        {"pieces": json.dumps([[10**30, 0, "x"]])},
        {"text": "nul \0 byte"},
    ],
)
def test_what_cannot_be_pasted_is_refused_in_words_and_nothing_is_done(
    sent, client_of, bob, journey, stages, thinks
):
    before = Board.objects.get(pk=journey.pk).version
    answer = client_of(bob).post(
        url("paste", journey, stages[0].pk, thinks.pk), sent, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert Board.objects.get(pk=journey.pk).version == before


def test_five_megabytes_are_refused(client_of, bob, journey, stages, thinks):
    sent = f"text={'x' * 5_000_000}"
    answer = client_of(bob).post(
        url("paste", journey, stages[0].pk, thinks.pk), sent,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 413
    assert not Note.objects.exists()


def test_a_stage_is_split_with_the_chosen_notes(client_of, bob, journey, stages, thinks, note):
    client = client_of(bob)
    form = client.get(url("stage_split", journey, stages[0].pk)).content.decode()
    assert "Do we need this?" in form
    assert client.post(url("stage_split", journey, stages[0].pk), {"title": ""}).status_code == 422
    answer = client.post(
        url("stage_split", journey, stages[0].pk), {"title": "Wakes up", "note": [note.pk]}
    )
    assert "“Not active” is split" in answer.content.decode()
    fresh = Stage.objects.get(board=journey.pk, title="Wakes up")
    assert texts(fresh, thinks) == ["Do we need this?"]


def test_two_stages_are_merged_under_the_chosen_title(client_of, bob, journey, stages, note):
    client = client_of(bob)
    assert "Trigger" in client.get(url("stage_merge", journey, stages[0].pk)).content.decode()
    answer = client.post(url("stage_merge", journey, stages[0].pk), {"title": "Start"})
    assert answer.status_code == 200
    left = Stage.objects.filter(board=journey.pk).order_by("position")
    assert [stage.title for stage in left][:2] == ["Start", "First interest"]
    last = client.get(url("stage_merge", journey, stages[6].pk)).content.decode()
    assert "is the last stage" in last


@pytest.mark.parametrize("name", ["notes_delete", "notes_duplicate", "notes_move", "notes_step"])
def test_a_commenter_changes_no_selection(name, client_of, carol, journey, note):
    assert client_of(carol).post(url(name, journey), {"notes": ids(note)}).status_code == 403

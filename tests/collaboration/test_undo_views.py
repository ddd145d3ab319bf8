"""The undo and redo buttons, and taking back out of the history."""

import pytest
from django.urls import reverse

from collaboration.models import Board
from journeys.models import Stage


def post(client, name, board, *args):
    address = reverse(f"collaboration:{name}", args=[board.pk, *args])
    return client.post(address, headers={"HX-Request": "true"})


def renamed(journey, stage, title, by):
    with journey.editing(by=by):
        fresh = Stage.objects.get(pk=stage.pk)
        fresh.title = title
        fresh.save()


def title(stage):
    return Stage.objects.get(pk=stage.pk).title


def test_editor_undoes_and_redoes(client_of, journey, stage, bob, acting):
    renamed(journey, stage, "See", acting(bob))
    client = client_of(bob)
    undone = post(client, "undo", journey)
    assert (undone.status_code, undone["Board-Version"], title(stage)) == (200, "3", "Notice")
    html = undone.content.decode()
    assert f'<hx-partial hx-target="#stage-{stage.pk}"' in html
    assert '<hx-partial hx-target="#undo-buttons"' in html
    assert '<hx-partial hx-target="#announce" hx-swap="innerHTML">Undone.' in html
    assert post(client, "redo", journey).status_code == 200
    assert title(stage) == "See"


def test_nothing_to_undo_is_said(client_of, journey, bob):
    for name in ("undo", "redo"):
        response = post(client_of(bob), name, journey)
        assert response.status_code == 409
        assert 'hx-target="#toasts"' in response.content.decode()


def test_case_10_conflict_is_said_in_words_and_changes_nothing(
    client_of, journey, stage, alice, bob, acting
):
    renamed(journey, stage, "See", acting(bob))
    renamed(journey, stage, "Look", acting(alice))
    response = post(client_of(bob), "undo", journey)
    assert response.status_code == 409
    assert "Alice has changed this since: “Title” is now “Look”." in response.content.decode()
    assert (title(stage), Board.objects.get(pk=journey.pk).version) == ("Look", 3)


@pytest.mark.parametrize("name", ["undo", "redo"])
def test_case_59_only_editors_undo(client_of, journey, carol, victor, charlie, name):
    answers = [post(client_of(who), name, journey).status_code for who in (carol, victor, charlie)]
    assert answers == [403, 403, 404]


def test_edit_is_taken_back_out_of_the_history(client_of, journey, stage, alice, bob, acting):
    renamed(journey, stage, "See", acting(bob))
    response = post(client_of(alice), "undo_edit", journey, 2)
    assert response.url == reverse("journeys:history", args=[journey.pk])
    assert title(stage) == "Notice"


@pytest.mark.parametrize("version", [0, 99, 10**30])
def test_edit_that_never_was_is_not_taken_back(client_of, journey, alice, version):
    client = client_of(alice)
    assert post(client, "undo_edit", journey, version).status_code == 302
    page = client.get(reverse("journeys:history", args=[journey.pk])).content.decode()
    assert "nothing left" in page


def test_commenter_does_not_take_back(client_of, journey, stage, bob, carol, acting):
    renamed(journey, stage, "See", acting(bob))
    assert post(client_of(carol), "undo_edit", journey, 2).status_code == 403
    assert title(stage) == "See"

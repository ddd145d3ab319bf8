"""Journeys kept aside, and what was deleted, by program."""

from collaboration.models import Board, Change

API = "/api/v1"


def test_a_journey_is_archived_and_comes_back(api_of, bob, journey):
    api, url = api_of(bob), f"{API}/journeys/{journey.pk}/"
    assert api.get(url).json()["archived_at"] is None
    archived = api.post(f"{url}archive/")
    assert archived.status_code == 200
    assert archived.json()["archived_at"] == api.get(url).json()["archived_at"] is not None
    version = archived.json()["version"]
    assert api.post(f"{url}archive/").json()["version"] == version
    assert api.post(f"{url}unarchive/").json()["archived_at"] is None
    assert Change.objects.filter(board=journey.pk).last().after == {"archived_at": None}


def test_deleting_puts_into_the_trash_and_restoring_brings_all_back(api_of, bob, journey, note):
    api = api_of(bob)
    assert api.delete(f"{API}/journeys/{journey.pk}/").status_code == 204
    (waiting,) = api.get(f"{API}/trash/?workspace={journey.workspace_id}").json()["results"]
    assert (waiting["id"], waiting["kind"], waiting["days_left"]) == (journey.pk, "journey", 30)
    restored = api.post(f"{API}/trash/{journey.pk}/restore/")
    assert restored.status_code == 200
    assert restored.json()["url"].endswith(f"{API}/journeys/{journey.pk}/")
    assert api.get(restored.json()["url"]).status_code == 200
    assert api.get(f"{API}/notes/{note.pk}/").json()["text"] == "Asks a colleague"
    assert api.post(f"{API}/trash/{journey.pk}/restore/").status_code == 404


def test_workshops_wait_in_the_same_trash(api_of, bob, workshop):
    api = api_of(bob)
    assert api.delete(f"{API}/workshops/{workshop.pk}/").status_code == 204
    assert api.get(f"{API}/trash/?kind=workshop").json()["count"] == 1
    assert api.get(f"{API}/trash/?kind=journey").json()["count"] == 0
    api.post(f"{API}/trash/{workshop.pk}/restore/")
    assert Board.objects.alive().filter(pk=workshop.pk).exists()


def test_what_was_deleted_is_not_told_to_viewers(api_of, bob, victor, journey):
    api_of(bob).delete(f"{API}/journeys/{journey.pk}/")
    assert api_of(victor).get(f"{API}/trash/").json()["count"] == 0
    assert api_of(victor).get(f"{API}/trash/{journey.pk}/").status_code == 404

"""The dashboard as its reader asks for it, the archive, and the trash with its thirty days."""

import json
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from collaboration import bell
from collaboration.drafts import give_access
from collaboration.models import Board, Change, Export
from collaboration.presence import CHANNEL
from collaboration.trash import days_left, purge_expired, trash_of
from journeys.archive import archive_journey
from journeys.models import Journey, Note
from journeys.services import attach_persona, create_journey, create_persona, delete_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from workshops.services import create_workshop, delete_workshop


def days_ago(board, days):
    moment = timezone.now() - timedelta(days=days)
    QuerySet.update(Board._base_manager.filter(pk=board.pk), deleted_at=moment)


def titles(client, query=""):
    page = client.get(reverse("journeys:dashboard") + query)
    return [card.journey.title for card in page.context["cards"]]


@pytest.fixture
def other_map(nordlys, as_bob):
    return create_journey(
        nordlys,
        title="A loyal customer",
        perspective="future",
        starter=STARTERS["empty"],
        by=as_bob,
    )


def test_the_dashboard_is_narrowed_and_sorted(journey, other_map, nordlys, as_bob, bob, client_of):
    persona = create_persona(nordlys, name="Mette", by=as_bob)
    attach_persona(journey, persona, by=as_bob)
    client = client_of(bob)
    assert titles(client, "?perspective=future") == ["A loyal customer"]
    assert titles(client, f"?persona={persona.pk}") == ["Buying software"]
    assert titles(client, "?q=SOFT") == ["Buying software"]
    assert titles(client, "?sort=title") == ["A loyal customer", "Buying software"]
    assert titles(client, "?q=%25%25&perspective=nonsense&persona=999&sort=x") == []


def test_an_archived_journey_leaves_the_dashboard_and_can_be_read(
    journey, other_map, as_bob, bob, client_of
):
    client = client_of(bob)
    assert client.post(reverse("journeys:archive", args=[journey.pk])).status_code == 302
    assert titles(client) == ["A loyal customer"]
    assert titles(client, "?archived=1") == ["Buying software"]
    assert client.get(journey.get_absolute_url()).status_code == 200
    client.post(reverse("journeys:unarchive", args=[journey.pk]))
    assert len(titles(client)) == 2


def test_archiving_stands_in_the_history(journey, as_bob):
    archive_journey(journey, by=as_bob)
    last = Change.objects.filter(board=journey.pk).last()
    assert set(last.after) == {"archived_at"}


def test_a_viewer_cannot_archive(journey, victor, client_of):
    assert client_of(victor).post(reverse("journeys:archive", args=[journey.pk])).status_code == 403


def test_the_trash_holds_journeys_and_workshops_and_says_how_long(
    journey, nordlys, as_bob, bob, client_of
):
    workshop = create_workshop(journey, title="Morning with sales", by=as_bob)
    delete_workshop(workshop, by=as_bob)
    days_ago(workshop, 25)
    page = client_of(bob).get(reverse("journeys:trash")).content.decode()
    assert "Morning with sales" in page
    assert "5 days left" in page
    client_of(bob).post(reverse("journeys:restore", args=[workshop.pk]))
    assert not trash_of(nordlys, bob).exists()
    assert Board.objects.alive().filter(pk=workshop.pk).exists()


def test_what_has_waited_thirty_days_is_really_gone_with_its_files(
    journey, note, other_map, as_bob, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    export = Export.objects.create(
        board=journey, requested_by=as_bob.user, kind="map", language="en", status="done"
    )
    export.file.save("map.pdf", ContentFile(b"%PDF"))
    storage, name = export.file.storage, export.file.name
    delete_journey(journey, by=as_bob)
    delete_journey(other_map, by=as_bob)
    days_ago(journey, 31)
    days_ago(other_map, 29)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_expired() == 1
    assert not storage.exists(name)
    assert not Journey.objects.filter(pk=journey.pk).exists()
    assert not Note.objects.filter(pk=note.pk).exists()
    assert not Change.objects.filter(board=journey.pk).exists()
    assert Journey.objects.filter(pk=other_map.pk).exists()
    assert days_left(Board.objects.get(pk=other_map.pk)) == 1
    assert purge_expired() == 0


def test_a_journey_waits_for_a_workshop_that_still_lives(journey, as_bob):
    create_workshop(journey, title="Morning with sales", by=as_bob)
    delete_journey(journey, by=as_bob)
    days_ago(journey, 40)
    assert purge_expired() == 0


def test_an_owner_deletes_for_ever_by_typing_the_title(journey, as_bob, alice, bob, client_of):
    delete_journey(journey, by=as_bob)
    erase = reverse("journeys:erase", args=[journey.pk])
    assert client_of(bob).post(erase, {"title": "Buying software"}).status_code == 403
    client_of(alice).post(erase, {"title": "Buying"})
    assert Journey.objects.filter(pk=journey.pk).exists()
    client_of(alice).post(erase, {"title": "Buying software"})
    assert not Journey.objects.filter(pk=journey.pk).exists()


def test_case_56_a_foreign_trash_is_not_found(secret, other, charlie, bob, client_of):
    delete_journey(secret, by=actor_in(charlie, other))
    for name in ("restore", "erase"):
        address = reverse(f"journeys:{name}", args=[secret.pk])
        assert client_of(bob).post(address, {"title": "Secret plan"}).status_code == 404


def test_the_dashboard_tells_who_is_there_now_in_one_round_trip(
    journey, other_map, bob, alice, client_of
):
    person = [alice.pk, alice.name, alice.initials, alice.colour, ""]
    bell.connection().hset(
        f"{CHANNEL}:{journey.pk}",
        mapping={
            "a:1": json.dumps([time.time(), *person]),
            "a:2": json.dumps([time.time() - 60, bob.pk, "Long gone", "LG", 1, ""]),
        },
    )
    cards = client_of(bob).get(reverse("journeys:dashboard")).context["cards"]
    here = {card.journey.pk: [person.name for person in card.people_here] for card in cards}
    assert here == {journey.pk: ["Alice"], other_map.pk: []}


def test_what_goes_to_the_archive_or_the_trash_is_said_with_a_way_back(journey, bob, client_of):
    client = client_of(bob)
    page = client.post(reverse("journeys:archive", args=[journey.pk]), follow=True)
    assert reverse("journeys:unarchive", args=[journey.pk]) in page.content.decode()
    page = client.post(reverse("journeys:delete", args=[journey.pk]), follow=True)
    address = reverse("journeys:restore", args=[journey.pk])
    assert "data-toast" in page.content.decode()
    assert client.post(address).status_code == 302
    assert Board.objects.alive().filter(pk=journey.pk).exists()


def test_whoever_edits_one_map_alone_takes_that_one_out(
    journey, other_map, nordlys, as_bob, alice, victor, client_of
):
    give_access(journey, victor.memberships.get(), role="editor", by=actor_in(alice, nordlys))
    client = client_of(victor)
    delete_journey(other_map, by=as_bob)
    client.post(reverse("journeys:delete", args=[journey.pk]))
    page = client.get(reverse("journeys:trash"))
    assert [board.pk for board, _days, _may in page.context["rows"]] == [journey.pk]
    restored = client.post(reverse("journeys:restore", args=[journey.pk]))
    assert restored.status_code == 302
    assert client.post(reverse("journeys:restore", args=[other_map.pk])).status_code == 404

"""The history page: who changed what, when, from what to what."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from collaboration.history import Filters, feed_of
from collaboration.models import Comment
from journeys import services
from journeys.models import Stage
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.collaboration.scenes import added_note

AFTER = '<span class="visually-hidden">after: </span>'
BEFORE = '<span class="visually-hidden">before: </span>'


def page(client, journey, name="collaboration:history", **query):
    response = client.get(reverse(name, args=[journey.pk], query=query))
    assert response.status_code == 200
    return response.content.decode().replace(AFTER, "").replace(BEFORE, "")


def words(html):
    return re.sub(r"\s+", " ", strip_tags(html))


@pytest.fixture
def busy(journey, stage, lane, bob, acting):
    """Version 2: a note; 3: a new period and title; 4: a move; 5: the stage goes."""
    by = acting(bob)
    note = added_note(journey, stage, lane, "Reads a review", by)
    added_note(journey, stage, lane, "Asks", by)
    with journey.editing(by=by):
        stage.title, stage.period = "See", "after"
        stage.save()
    with journey.editing(by=by):
        note.place()
        note.save()
    with journey.editing(by=by):
        stage.delete()
    return journey


@pytest.mark.parametrize("name", ["collaboration:history", "journeys:history"])
def test_history_says_who_changed_what_from_what_to_what(client_of, victor, busy, name):
    html = page(client_of(victor), busy, name)
    said = words(html)
    assert "changed the stage “See”" in said
    assert "<del>Notice</del>" in html
    assert "<ins>See</ins>" in html
    assert "<del>Before purchase</del>" in html
    assert "<ins>After purchase</ins>" in html
    assert "moved the note “Reads a review”" in said
    assert "deleted the stage “See”" in said
    assert "deleted the note “Asks”" in said
    assert "Stage: See" in said
    assert said.index("deleted the stage") < said.index("moved the note")


def test_undo_says_what_it_took_back(client_of, busy, alice, acting):
    from collaboration.undo import undo

    undo(busy, busy.version, by=acting(alice))
    said = words(page(client_of(alice), busy))
    assert "took back edit 6" in said


def test_only_editors_are_offered_to_take_back(client_of, busy, carol, bob):
    assert "Take back edit" not in page(client_of(carol), busy)
    assert "Take back edit 6" in page(client_of(bob), busy)


def test_comments_are_shown_but_not_taken_back(client_of, journey, stage, bob, acting):
    with journey.editing(by=acting(bob)):
        Comment(board=journey, target_type="stage", target_id=stage.pk, body="Why?").save()
    html = page(client_of(bob), journey)
    assert "added the comment “Why?”" in words(html)
    assert "Take back edit 2" not in html


def test_comments_and_deletions_are_told_as_such(client_of, journey, stage, bob, acting):
    from collaboration import services

    by = acting(bob)
    comment = services.create_comment(journey, target=stage, body="Why?", by=by)
    services.resolve_comment(comment, by=by)
    services.reopen_comment(comment, by=by)
    for deleted_at in (journey.created_at, None):
        with journey.editing(by=by):
            journey.deleted_at = deleted_at
            journey.save()
    said = words(page(client_of(bob), journey))
    told = [
        "restored the journey “Choosing a telephone system”",
        "deleted the journey “Choosing a telephone system”",
        "reopened “Why?”",
        "resolved “Why?”",
        "added the comment “Why?”",
    ]
    assert sorted(told, key=said.index) == told
    assert "Author" not in said


def test_history_costs_the_same_whatever_happened(client_of, journey, stage, lane, bob, acting):
    client = client_of(bob)
    costs = []
    for number in range(25):
        added_note(journey, stage, lane, f"Note {number}", acting(bob))
        if number in (4, 24):
            page(client, journey)
            with CaptureQueriesContext(connection) as queries:
                page(client, journey)
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 15


def test_history_is_paged(client_of, journey, stage, bob, acting):
    for number in range(31):
        with journey.editing(by=acting(bob)):
            fresh = Stage.objects.get(pk=stage.pk)
            fresh.title = f"Title {number}"
            fresh.save()
    first = page(client_of(bob), journey)
    assert 'href="?&amp;before=3"' in first
    second = page(client_of(bob), journey, before=3)
    shown = ["<ins>Title 30</ins>" in html for html in (first, second)]
    assert shown == [True, False]
    assert "added the stage" in words(second)
    for odd in ("0", "x", "-1", "9" * 30, "²"):
        page(client_of(bob), journey, before=odd)


def test_an_edit_made_meanwhile_moves_nothing_to_another_page(journey, stage, bob, acting):
    for number in range(32):
        with journey.editing(by=acting(bob)):
            fresh = Stage.objects.get(pk=stage.pk)
            fresh.title = f"Title {number}"
            fresh.save()
    first = feed_of(journey)
    seen = [edit.version for edit in feed_of(journey, before=first.older).edits]
    with journey.editing(by=acting(bob)):
        fresh.title = "Later"
        fresh.save()
    again = feed_of(journey, before=first.older)
    assert [edit.version for edit in again.edits] == seen == [3, 2, 1]
    back = feed_of(journey, after=again.newer)
    assert [edit.version for edit in back.edits] == [edit.version for edit in first.edits]
    assert (back.newer, back.older) == (33, 4)


def test_case_79_values_are_shown_as_text(client_of, journey, stage, lane, bob, acting):
    added_note(journey, stage, lane, "<script>alert(1)</script>", acting(bob))
    assert "<script>alert" not in page(client_of(bob), journey)


def test_case_12_history_names_people_who_have_gone(client_of, journey, busy, bob, alice):
    bob.delete()
    assert "<strong>Bob</strong>" in page(client_of(alice), journey)


def test_stranger_finds_no_history(client_of, journey, charlie):
    address = reverse("collaboration:history", args=[journey.pk])
    assert client_of(charlie).get(address).status_code == 404
    assert client_of(None).get(address).status_code == 302


def test_a_feeling_is_called_by_its_stage_and_persona(nordlys, bob):
    by = actor_in(bob, nordlys)
    starter = STARTERS["seven-stages"]
    journey = services.create_journey(nordlys, title="Buying", starter=starter, by=by)
    persona = services.create_persona(nordlys, name="Mette", by=by)
    services.attach_persona(journey, persona, by=by)
    stage = Stage.objects.filter(board=journey.pk).order_by("position")[1]
    services.record_emotion(stage, persona=persona, score=1, by=by)
    services.record_emotion(stage, persona=persona, score=2, by=by)
    told = [line.sentence for edit in feed_of(journey).edits for line in edit.lines]
    assert [words.partition("“")[2] for words in told[:3]] == [
        "Trigger, Mette”",
        "Trigger, Mette”",
        "Mette”",
    ]


def told(feed):
    return [line.sentence for edit in feed.edits for line in edit.lines]


@pytest.fixture
def much(journey, stage, lane, alice, bob, acting):
    """2: Bob adds a note in the first stage; 3: Alice one in the second; 4: Alice moves Bob's
    to the second; 5: Bob names the second stage anew."""
    second = Stage.objects.filter(board=journey).order_by("position").last()
    note = added_note(journey, stage, lane, "One", acting(bob))
    added_note(journey, second, lane, "Two", acting(alice))
    with journey.editing(by=acting(alice)):
        note.stage = second
        note.place()
        note.save()
    with journey.editing(by=acting(bob)):
        second.title = "Weigh up"
        second.save()
    return journey


@pytest.mark.parametrize(
    ("filters", "versions"),
    [
        ({"person": "alice"}, [4, 3]),
        ({"item_type": "stage"}, [5, 1]),
        ({"within": "first"}, [4, 2, 1]),
        ({"within": "second"}, [5, 4, 3, 2, 1]),
        ({"only_text": True}, [5, 3, 2, 1]),
        ({"person": "Nobody"}, []),
    ],
)
def test_history_is_filtered(much, stage, alice, filters, versions):
    if filters.get("person") == "alice":
        filters = {"person": str(alice.pk)}
    if "within" in filters:
        second = Stage.objects.filter(board=much).order_by("position").last()
        place = stage if filters["within"] == "first" else second
        filters = {"within": (("stage_id", place.pk),)}
    assert [edit.version for edit in feed_of(much, Filters(**filters)).edits] == versions


def test_the_address_filters_by_person_kind_place_day_and_text(client_of, much, stage, bob, lane):
    from django.utils import timezone

    today = timezone.localdate().isoformat()
    asked = {
        "person": bob.pk, "kind": "note", "stage": stage.pk, "lane": lane.pk,
        "since": today, "until": today, "text": "on",
    }  # fmt: skip
    html = page(client_of(bob), much, "journeys:history", **asked)
    assert re.findall(r'id="edit-(\d+)"', html) == ["2"]
    assert "Nothing like this" in page(client_of(bob), much, "journeys:history", until="2020-01-01")
    odd = {"person": "x", "kind": "evil", "stage": "²", "since": "yesterday", "item": "9" * 40}
    assert "edit-5" in page(client_of(bob), much, "journeys:history", **odd)


def test_entries_lead_to_their_place_on_the_map(client_of, much, lane, bob):
    second = Stage.objects.filter(board=much).order_by("position").last()
    html = page(client_of(bob), much, "journeys:history")
    assert f'href="/journeys/{much.pk}/#cell-{second.pk}-{lane.pk}"' in html
    assert f'href="/journeys/{much.pk}/#stage-{second.pk}"' in html


def test_saved_versions_are_marks_in_the_history(client_of, much, bob, acting):
    from collaboration.snapshots import save_snapshot

    save_snapshot(much, label="Before the workshop", by=acting(bob))
    html = page(client_of(bob), much, "journeys:history")
    assert html.index("Before the workshop") < html.index('id="edit-5"')


def test_case_56_a_workshop_has_no_history_under_journeys(client_of, journey, bob, acting):
    from workshops.services import create_workshop

    workshop = create_workshop(journey, title="W", by=acting(bob))
    for name in ("history", "versions", "compare", "changes_since"):
        address = reverse(f"journeys:{name}", args=[workshop.pk])
        assert client_of(bob).get(address).status_code == 404

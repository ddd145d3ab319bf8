"""The difference between two states of a map, as its reader sees it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from collaboration.models import Change, Snapshot
from collaboration.snapshots import save_snapshot
from journeys import services
from journeys.comparing import compare
from journeys.ends import end_of
from journeys.models import Journey, Lane, Note, Stage
from journeys.starters import STARTERS
from journeys.views.restoring import RestoreForm
from teams.access import actor_in


@pytest.fixture
def before(journey, note, as_bob):
    return save_snapshot(journey, label="Before the workshop", by=as_bob)


def difference(journey, before, user, to="now"):
    journey = Journey.objects.get(pk=journey.pk)
    first = end_of(journey, f"snapshot:{before.pk}", user=user)
    return compare(first, end_of(journey, to, user=user, is_last=True))


def entries(comparison):
    """(stage, lane, kind, moved, name) of all that differs."""
    found = [("", "", one) for one in [*comparison.head, *comparison.lanes]]
    for stage in comparison.stages:
        found += [(stage.title, "", stage.own)] if stage.own else []
        found += [(stage.title, lane.title, one) for lane in stage.groups for one in lane.entries]
    return [(stage, lane, one.kind, one.moved, one.name) for stage, lane, one in found]


def test_only_what_differs_is_shown_by_stage_and_lane(
    journey, stages, thinks, note, before, as_bob, bob
):
    services.create_note(stage=stages[1], lane=thinks, text="Is it dear?", by=as_bob)
    services.record_emotion(stages[0], persona=None, score=-1, by=as_bob)
    services.delete_stage(stages[6], by=as_bob)
    with journey.editing(by=as_bob):
        journey.title = "Buying again"
        journey.save()
    found = difference(journey, before, bob)
    assert entries(found) == [
        ("", "", "changed", False, "Buying again"),
        ("Not active", "Emotion curve", "added", False, "All customers"),
        ("Trigger", "Thinks", "added", False, "Is it dear?"),
        (stages[6].title, "", "removed", False, stages[6].title),
    ]
    assert found.counts == {"added": 2, "removed": 1, "changed": 1, "moved": 0}


def test_a_feeling_goes_from_word_to_word(journey, stages, as_bob, bob):
    persona = services.create_persona(journey.workspace, name="Mette", by=as_bob)
    services.record_emotion(stages[0], persona=persona, score=1, by=as_bob)
    before = save_snapshot(journey, label="Before", by=as_bob)
    services.record_emotion(stages[0], persona=persona, score=-2, by=as_bob)
    found = difference(journey, before, bob)
    ((entry,),) = (group.entries for stage in found.stages for group in stage.groups)
    assert entry.name == "Mette"
    assert [(one.before, one.after) for one in entry.fields] == [("Good", "Very bad")]
    assert (found.better, found.worse) == ({}, {"emotion": 1})


def test_what_was_moved_says_where_it_was(
    journey, stages, thinks, feels, note, before, as_bob, bob
):
    services.move_note(note, stage=stages[2], lane=feels, by=as_bob)
    found = difference(journey, before, bob)
    ((entry,),) = (group.entries for stage in found.stages for group in stage.groups)
    assert (entry.moved, entry.origin, entry.fields) == (True, "Not active, Thinks", [])
    assert entry.anchor == f"cell-{stages[2].pk}-{feels.pk}"
    assert found.counts == {"added": 0, "removed": 0, "changed": 0, "moved": 1}


def test_the_fewest_stages_count_as_moved(journey, stages, before, as_bob, bob):
    services.move_stage(stages[5], before=stages[0], by=as_bob)
    found = difference(journey, before, bob)
    assert [stage.title for stage in found.stages if stage.own.moved] == [stages[5].title]


def test_dates_mean_their_first_and_last_moment(journey, note, bob, as_bob):
    now = timezone.now()
    Change.objects.filter(board=journey.pk, version=1).update(at=now - timedelta(days=10))
    Change.objects.filter(board=journey.pk, version=2).update(at=now - timedelta(days=5))
    journey.refresh_from_db()

    def version(days, *, last):
        day = timezone.localdate() - timedelta(days=days)
        return end_of(journey, day.isoformat(), user=bob, is_last=last).version

    asked = [(20, False), (10, False), (10, True), (5, False), (5, True), (0, True)]
    assert [version(days, last=last) for days, last in asked] == [0, 0, 1, 1, 2, 2]


def test_a_future_map_is_compared_with_the_one_it_was_made_from(
    journey, stages, thinks, note, as_bob, bob
):
    future = services.create_journey(
        journey.workspace,
        title="Buying, better",
        starter=STARTERS["empty"],
        based_on=journey,
        by=as_bob,
    )
    with future.editing(by=as_bob):
        stage = Stage(board_id=future.pk, title="Not active any more", origin_id=stages[0].pk)
        stage.place()
        stage.save()
        lane = Lane(board_id=future.pk, kind="thinks")
        lane.place()
        lane.save()
        Note(
            board_id=future.pk,
            stage=stage,
            lane=lane,
            text="We need this!",
            origin_id=note.pk,
            position="a0",
        ).save()
    journey.refresh_from_db()
    for first, last in ((journey, future), (future, journey)):
        found = compare(
            end_of(first, "now", user=bob), end_of(first, f"journey:{last.pk}", user=bob)
        )
        changed = [one for one in entries(found) if one[2] == "changed" and one[0]]
        names = {(one[1], one[4]) for one in changed}
        assert len(changed) == 2
        assert {lane for lane, _name in names} == {"", "Thinks"}


def test_a_map_that_is_not_related_is_not_compared(journey, secret, bob, as_bob):
    from journeys.ends import UnknownEnd

    other = services.create_journey(
        journey.workspace, title="Unrelated", starter=STARTERS["empty"], by=as_bob
    )
    for board in (other, secret):
        with pytest.raises(UnknownEnd):
            end_of(journey, f"journey:{board.pk}", user=bob)


def test_comparing_costs_the_same_whatever_the_map_holds(
    client_of, bob, journey, stages, thinks, before, as_bob
):
    costs = []
    for number in range(30):
        services.create_note(stage=stages[number % 7], lane=thinks, text=f"N {number}", by=as_bob)
        if number in (2, 29):
            with CaptureQueriesContext(connection) as queries:
                client_of(bob).get(reverse("journeys:compare", args=[journey.pk]))
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 45


def words(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def test_the_pages_say_it(client_of, victor, bob, journey, stages, thinks, note, before, as_bob):
    services.create_note(stage=stages[1], lane=thinks, text="<b>bold</b>", by=as_bob)
    with journey.editing(by=as_bob):
        fresh = Note.objects.get(pk=note.pk)
        fresh.text = "Do we want this?"
        fresh.save()
    for name, query in (("compare", {}), ("changes_since", {"since": f"snapshot:{before.pk}"})):
        response = client_of(victor).get(
            reverse(f"journeys:{name}", args=[journey.pk], query=query)
        )
        assert response.status_code == 200
        html, said = response.content.decode(), words(response)
        assert "Before the workshop" in said
        assert "<b>bold" not in html
        assert "&lt;b&gt;bold" in html
        assert "removed: need" in said
        assert "added: want" in said
        assert "Bring this back" not in said
    assert "Bring this back" in words(
        client_of(bob).get(reverse("journeys:compare", args=[journey.pk]))
    )


def test_odd_addresses_are_answered_in_words(client_of, bob, journey, secret):
    for name, field in (("compare", "from"), ("compare", "to"), ("changes_since", "since")):
        for odd in (
            "x",
            "version:-1",
            f"journey:{secret.pk}",
            "snapshot:9999999",
            "2026-99-99",
        ):
            address = reverse(f"journeys:{name}", args=[journey.pk], query={field: odd})
            response = client_of(bob).get(address)
            assert response.status_code == 422
            assert "Secret" not in response.content.decode()


def test_a_version_is_named_renamed_and_forgotten(client_of, bob, carol, journey, note):
    client = client_of(bob)
    made = client.post(reverse("journeys:version_create", args=[journey.pk]), {"label": "First"})
    assert made.status_code == 302
    snapshot = Snapshot.objects.get()
    assert (snapshot.version, snapshot.created_by_name) == (journey.version + 1, "Bob")
    assert (
        client.post(
            reverse("journeys:version_create", args=[journey.pk]), {"label": ""}
        ).status_code
        == 422
    )
    edit = reverse("journeys:version_edit", args=[journey.pk, snapshot.pk])
    client.post(edit, {"label": "Second", "note": "n"})
    assert "Second" in words(client_of(carol).get(reverse("journeys:versions", args=[journey.pk])))
    assert client_of(carol).post(edit, {"label": "Third"}).status_code == 403
    client.post(reverse("journeys:version_delete", args=[journey.pk, snapshot.pk]))
    assert not Snapshot.objects.exists()


def test_a_version_of_another_map_is_not_found(client_of, bob, journey, secret, charlie, other):
    theirs = save_snapshot(secret, label="Theirs", by=actor_in(charlie, other))
    for name in ("version_edit", "version_delete"):
        address = reverse(f"journeys:{name}", args=[journey.pk, theirs.pk])
        assert client_of(bob).post(address, {"label": "Ours"}).status_code == 404


def test_going_back_from_the_pages(
    client_of, bob, victor, journey, stages, thinks, note, before, as_bob
):
    address = reverse("journeys:restore_version", args=[journey.pk])
    other = services.create_note(stage=stages[0], lane=thinks, text="Other", by=as_bob)
    with journey.editing(by=as_bob):
        fresh = Note.objects.get(pk=note.pk)
        fresh.text = "Changed"
        fresh.save()
    edit = journey.version
    assert client_of(victor).post(address, {"version": before.version}).status_code == 403
    client_of(bob).post(address, {"item": f"note-{note.pk}@{edit}"})
    assert Note.objects.get(pk=note.pk).text == "Do we need this?"
    client_of(bob).post(address, {"version": before.version, "cell": f"{stages[0].pk}-{thinks.pk}"})
    assert not Note.objects.filter(pk=other.pk).exists()
    history = reverse("journeys:history", args=[journey.pk])
    place = f"{stages[0].pk}-{thinks.pk}"
    about_cell = client_of(bob).get(history, {"stage": stages[0].pk, "lane": thinks.pk})
    assert f'name="cell" value="{place}@{edit}"' in about_cell.content.decode()
    assert 'name="cell"' not in client_of(bob).get(history).content.decode()
    client_of(bob).post(address, {"cell": f"{place}@{edit}"})
    assert Note.objects.filter(pk=other.pk).exists()
    said = words(client_of(bob).get(journey.get_absolute_url()))
    assert "It is as it was" in said or Snapshot.objects.filter(automatic=True).count() == 3


def test_a_comparison_offers_to_put_back_a_cell_and_a_new_lane_has_none(
    client_of, bob, victor, journey, stages, thinks, note, before, as_bob
):
    fresh_lane = services.create_lane(journey, kind="doubts", by=as_bob)
    for lane in (thinks, fresh_lane):
        services.create_note(stage=stages[0], lane=lane, text="More", by=as_bob)
    address = reverse("journeys:compare", args=[journey.pk])
    page = client_of(bob).get(address, {"from": f"version:{before.version}"}).content.decode()
    assert re.findall(r'name="cell" value="([^"]+)"', page) == [f"{stages[0].pk}-{thinks.pk}"]
    page = client_of(victor).get(address, {"from": f"version:{before.version}"}).content.decode()
    assert 'name="cell"' not in page


@pytest.mark.parametrize(
    "odd", [{}, {"item": "evil-1@2"}, {"item": "comment-1@2"}, {"version": "x"}]
)
def test_odd_wishes_are_refused(odd):
    assert not RestoreForm(odd).is_valid()

"""Writing in silence: nobody else reads a word before the reveal, and no name where none is said."""

import json

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from collaboration.kept_answers import IdempotentAnswer
from collaboration.live import Viewer, render_changes
from collaboration.models import Board, Change
from collaboration.undo import next_undo
from teams.models import Role
from tests.guards.routes import routes, values_on
from tests.workshops.doors import join, open_door
from workshops import services
from workshops.agenda import change_agenda_item
from workshops.allowing import NotNow, running_item
from workshops.collecting_models import SilentNote
from workshops.models import Contribution, Proposal
from workshops.selectors import scope_of
from workshops.services import add_contribution
from workshops.silent import (
    add_silent_note,
    reveal_notes,
    waiting_on,
)

pytestmark = pytest.mark.django_db

SECRET = "Kvalmende langsom kundeservice"


@pytest.fixture
def silent(full_workshop, as_bob):
    """The workshop while it collects in silence."""
    change_agenda_item(
        running_item(full_workshop), fields={"silent": True, "may_add": True}, by=as_bob
    )
    return full_workshop


@pytest.fixture
def anonymous(full_workshop, as_bob):
    change_agenda_item(
        running_item(full_workshop), fields={"anonymous": True, "may_add": True}, by=as_bob
    )
    return full_workshop


@pytest.fixture
def as_carol(acting, carol):
    return acting(carol)


def url(name, workshop, *more):
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


def written(text=SECRET, place="0", **fields):
    return {"text": text, "kind": "problem", "place": place, **fields}


# --- Hidden until it is revealed -----------------------------------------------------------
def test_a_note_is_in_the_writers_part_and_on_nobody_elses_pages(
    silent, client_of, bob, carol, alice
):
    posted = client_of(carol).post(url("mine_add", silent, "silent"), written())
    assert posted.status_code == 200
    assert SECRET in posted.text
    assert SECRET in client_of(carol).get(silent.get_absolute_url()).text
    for other in (bob, alice):
        assert SECRET not in client_of(other).get(silent.get_absolute_url()).text
        assert SECRET not in client_of(other).get(url("mine", silent)).text


def test_no_address_of_the_workshop_tells_a_silent_note(silent, client_of, as_carol, bob, victor):
    since = silent.version
    add_silent_note(silent, text=SECRET, stage=scope_of(silent)[0], by=as_carol)
    values = values_on(silent)
    addresses = [
        route.address(values)
        for route in routes()
        if {"board_id", "workspace_id"} & set(route.parameters) or not route.parameters
    ]
    addresses += [
        f"/boards/{silent.pk}/changes/?since={since}",
        f"/search/?q={SECRET.split(maxsplit=1)[0]}",
    ]
    assert len(addresses) > 40
    for person in (bob, victor):
        client = client_of(person)
        for address in addresses:
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(address, headers=headers)
                if not answer.streaming:
                    assert SECRET not in answer.content.decode(errors="replace"), address


def test_the_api_tells_nobody_a_silent_note(silent, client_of, as_carol, bob):
    add_silent_note(silent, text=SECRET, by=as_carol)
    client = client_of(bob)
    for resource in json.loads(client.get("/api/v1/").content):
        answer = client.get(f"/api/v1/{resource}/")
        assert SECRET not in answer.content.decode(), resource
    assert SECRET not in client.get(f"/api/v1/boards/{silent.pk}/changes/").content.decode()


def test_a_silent_note_leaves_no_trace_in_the_changes(silent, as_carol):
    add_silent_note(silent, text=SECRET, by=as_carol)
    change = Change.objects.filter(board=silent.pk).order_by("pk").last()
    assert (change.item_type, change.before, change.after) == ("agendaitem", {}, {})
    assert (change.actor_id, change.actor_name) == (None, "Anonymous")


def test_only_how_many_have_written_is_told_and_live(silent, as_carol, as_bob):
    services.join_workshop(silent, department="Sales", by=as_carol)
    since = Board.objects.get(pk=silent.pk).version
    add_silent_note(silent, text=SECRET, by=as_carol)
    board = Board.objects.get(pk=silent.pk)
    news = render_changes(board, since, Viewer(Role.COMMENTER, "en")).html
    assert "1 of 6 have written" in news
    assert "Carol" not in news
    assert "Carol" in render_changes(board, since, Viewer(Role.EDITOR, "en")).html
    add_silent_note(silent, text="And another", by=as_carol)
    assert Board.objects.get(pk=silent.pk).version == board.version
    add_silent_note(silent, text="Mine", by=as_bob)
    assert (waiting_on(silent).notes, waiting_on(silent).writers) == (3, 2)


def test_one_mends_and_deletes_ones_own_note_and_nobody_elses(
    silent, client_of, bob, as_carol, carol
):
    note = add_silent_note(silent, text=SECRET, by=as_carol)
    stage = scope_of(silent)[1]
    for name in ("mine_edit", "mine_delete"):
        answer = client_of(bob).post(url(name, silent, "silent", note.pk), written("Mine now"))
        assert answer.status_code == 404
    answer = client_of(carol).post(
        url("mine_edit", silent, "silent", note.pk), written("Better", str(stage.pk))
    )
    assert answer.status_code == 200
    note.refresh_from_db()
    assert (note.text, note.stage) == ("Better", stage.pk)
    client_of(carol).post(url("mine_delete", silent, "silent", note.pk))
    assert not SilentNote.objects.exists()


def test_while_all_write_in_silence_participants_add_nothing_openly(silent, as_carol, as_bob):
    with pytest.raises(NotNow):
        add_contribution(silent, text="Look at me", by=as_carol)
    add_contribution(silent, text="The facilitator leads", by=as_bob)


def test_nobody_writes_in_silence_when_no_activity_asks_for_it(full_workshop, as_carol):
    with pytest.raises(NotNow):
        add_silent_note(full_workshop, text=SECRET, by=as_carol)


def test_a_form_that_promised_silence_writes_nothing_openly(silent, client_of, carol, as_bob):
    reveal_notes(silent, by=as_bob)
    answer = client_of(carol).post(
        url("mine_add", silent, "silent"), written(), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert not Contribution.objects.filter(text=SECRET).exists()


# --- The reveal ----------------------------------------------------------------------------
def test_the_reveal_shows_every_note_under_its_name_in_its_place(silent, as_carol, as_bob, carol):
    stage = scope_of(silent)[2]
    services.join_workshop(silent, department="Sales", by=as_carol)
    add_silent_note(silent, text=SECRET, kind="idea", stage=stage, by=as_carol)
    add_silent_note(silent, text="Second", stage=stage, by=as_bob)
    assert reveal_notes(silent, by=as_bob) == 2
    shown = Contribution.objects.get(text=SECRET)
    assert (shown.author, shown.author_name, shown.kind, shown.stage) == (
        carol,
        "Carol",
        "idea",
        stage,
    )
    assert shown.participant.department == "Sales"
    assert not SilentNote.objects.exists()
    assert running_item(silent).silent is False


def test_the_reveal_is_for_who_leads_and_is_not_offered_to_undo(
    silent, client_of, as_carol, bob, carol
):
    add_silent_note(silent, text=SECRET, by=as_carol)
    assert client_of(carol).post(url("reveal", silent)).status_code == 403
    before = next_undo(silent, bob)
    assert client_of(bob).post(url("reveal", silent)).status_code == 200
    assert next_undo(silent, bob) == before


def test_what_waits_can_be_revealed_after_the_activity(silent, client_of, as_carol, bob):
    add_silent_note(silent, text=SECRET, by=as_carol)
    client = client_of(bob)
    client.post(url("proceed", silent), {"after": running_item(silent).pk})
    assert "1 of 6 have written" in client.get(silent.get_absolute_url()).text
    client.post(url("reveal", silent))
    assert Contribution.objects.filter(text=SECRET).exists()


# --- Without a name ------------------------------------------------------------------------
def everything_kept() -> str:
    """All rows of all tables, but for people and what they own themselves."""
    told = {"User", "Membership", "Session", "EmailAddress", "Workspace", "LogEntry"}
    rows = [
        row
        for model in apps.get_models()
        if model.__name__ not in told
        for row in model._base_manager.values()
    ]
    return json.dumps(rows, cls=DjangoJSONEncoder, default=str)


def test_an_anonymous_note_carries_no_name_anywhere(anonymous, client_of, carol):
    before = everything_kept()
    client = client_of(carol)
    key = {"Idempotency-Key": "one", "HX-Request": "true"}
    for _again in range(2):
        answer = client.post(url("mine_add", anonymous, "open"), written(), headers=key)
        assert answer.status_code in {200, 204}
    note = Contribution.objects.get(text=SECRET)
    assert (note.author, note.author_name, note.participant) == (None, "", None)
    change = Change.objects.filter(item_type="contribution", item_id=note.pk).get()
    assert (change.actor, change.actor_name) == (None, "Anonymous")
    kept = IdempotentAnswer.objects.get()
    assert (kept.user, kept.guest, bytes(kept.body), kept.headers) == (None, "", b"", {})
    assert everything_kept().count("Carol") == before.count("Carol")
    assert everything_kept().count(f'"user_id": {carol.pk}') == before.count(
        f'"user_id": {carol.pk}'
    )


def test_the_writer_alone_mends_an_anonymous_note_and_stays_unnamed(
    anonymous, client_of, carol, as_carol, as_bob, acting, victor
):
    note = add_contribution(anonymous, text=SECRET, by=as_carol)
    page = client_of(carol).get(url("mine", anonymous)).text
    assert SECRET in page
    answer = client_of(carol).post(url("mine_edit", anonymous, "open", note.pk), written("Mended"))
    assert answer.status_code == 200
    last = Change.objects.filter(item_type="contribution", item_id=note.pk).order_by("pk").last()
    assert (last.actor, last.after["text"]) == (None, "Mended")
    again = add_contribution(anonymous, text="By somebody else", by=as_bob)
    assert client_of(carol).post(url("mine_delete", anonymous, "open", again.pk)).status_code == 404


def test_two_anonymous_notes_of_one_writer_cannot_be_told_to_be_that(anonymous, as_carol):
    one, two = (add_contribution(anonymous, text=text, by=as_carol) for text in "ab")
    assert not set(one.mark.split(":")) & set(two.mark.split(":"))


def test_what_was_silent_and_anonymous_stays_anonymous(
    anonymous, client_of, carol, as_carol, as_bob
):
    change_agenda_item(running_item(anonymous), fields={"silent": True}, by=as_bob)
    add_silent_note(anonymous, text=SECRET, by=as_carol)
    stored = SilentNote.objects.get()
    assert (stored.author, stored.author_name, stored.participant) == (None, "", None)
    reveal_notes(anonymous, by=as_bob)
    note = Contribution.objects.get(text=SECRET)
    assert (note.author, note.author_name) == (None, "")
    assert "Anonymous" in client_of(carol).get(anonymous.get_absolute_url()).text
    answer = client_of(carol).post(url("mine_edit", anonymous, "open", note.pk), written("Mended"))
    assert answer.status_code == 200


# --- Guests --------------------------------------------------------------------------------
def test_a_guest_writes_in_silence_and_reads_nobody_elses(silent, client_of, as_bob, as_carol):
    add_silent_note(silent, text=SECRET, by=as_carol)
    door = open_door(silent, as_bob)
    guest, other = client_of(None), client_of(None)
    for browser in (guest, other):
        assert join(browser, door).status_code == 302
    posted = guest.post(url("mine_add", silent, "silent"), written("From outside"))
    assert posted.status_code == 200
    assert "From outside" in guest.get(url("mine", silent)).text
    for address in (silent.get_absolute_url(), url("mine", silent), url("projector", silent)):
        assert SECRET not in guest.get(address).text
        assert "From outside" not in other.get(address).text
    reveal_notes(silent, by=as_bob)
    note = Contribution.objects.get(text="From outside")
    assert note.author_name == "Guest: Gerda"
    assert other.post(url("mine_delete", silent, "open", note.pk)).status_code == 404
    edited = guest.post(url("mine_edit", silent, "open", note.pk), written("Mended"))
    assert edited.status_code == 200


# --- Your part -----------------------------------------------------------------------------
def test_your_part_follows_the_running_activity(full_workshop, client_of, carol, as_bob):
    item = running_item(full_workshop)
    client = client_of(carol)
    assert "Your note" in client.get(url("mine", full_workshop)).text
    stamp = client.get(url("mine", full_workshop)).text.split('data-stamp="')[1][:16]
    assert (
        f'id="mine-stamp" data-stamp="{stamp}"' in client.get(full_workshop.get_absolute_url()).text
    )
    change_agenda_item(item, fields={"may_add": False}, by=as_bob)
    after = client.get(url("mine", full_workshop)).text
    assert "Your note" not in after
    assert stamp not in after


def test_a_participant_proposes_in_their_own_part(full_workshop, client_of, carol):
    problem = Contribution.objects.filter(board=full_workshop.pk).first()
    client = client_of(carol)
    assert "mine-propose-form" in client.get(url("mine", full_workshop)).text
    posted = {"title": "Answer within a day", "text": "", "stage": "", "solves": problem.pk}
    assert client.post(url("mine_propose", full_workshop), posted).status_code == 200
    assert Proposal.objects.get(title="Answer within a day").solves == problem
    wrong = client.post(url("mine_propose", full_workshop), posted | {"title": ""})
    assert wrong.status_code == 422


def test_a_viewer_is_asked_nothing(full_workshop, client_of, victor):
    assert "<form" not in client_of(victor).get(url("mine", full_workshop)).text


def test_what_is_wrong_with_a_note_is_said_and_the_words_stay(full_workshop, client_of, carol):
    answer = client_of(carol).post(
        url("mine_add", full_workshop, "open"), written("Kept", place="99999")
    )
    assert answer.status_code == 422
    assert "Kept" in answer.text

"""Guests come in by a code and keep their seat. Cases 69, 70 and 71 for workshops."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from collaboration.admission import Ticket, admitted
from collaboration.live import Viewer
from collaboration.models import Change
from collaboration.undo import undo
from teams.access import actor_in
from teams.models import Role
from tests.workshops.doors import address_of, join, open_door
from workshops import joining, services
from workshops.door_models import Door, DoorState, Seat
from workshops.models import Contribution, Participant, Workshop
from workshops.page import DOOR, WorkshopPage
from workshops.services import MOST_PARTICIPANTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(workshop, as_bob):
    return open_door(workshop, as_bob)


@pytest.fixture
def guest(client_of, door):
    """A phone that has joined as Gerda of Sales."""
    browser = client_of(None)
    assert join(browser, door).status_code == 302
    return browser


def page(workshop):
    return f"/workshops/{workshop.pk}/"


def people_of(workshop):
    return list(Participant.objects.filter(board=workshop.pk).values_list("name", "department"))


def drawn_door(workshop, role):
    fresh = Workshop.objects.get(pk=workshop.pk)
    return WorkshopPage().draw(fresh, {DOOR}, Viewer(role, "en"))[DOOR]


# --- Coming in -----------------------------------------------------------------------------
def test_a_guest_gives_a_name_and_a_department_and_is_in(client_of, workshop, door):
    browser = client_of(None)
    asked = browser.get(address_of(door)).content.decode()
    answer = join(browser, door, "Gerda", "Sales")

    assert "Your name" in asked
    assert "Your department" in asked
    assert "mail" not in asked.lower()
    assert answer["Location"] == page(workshop)
    assert people_of(workshop) == [("Gerda", "Sales")]
    assert "Guest: Gerda" in browser.get(page(workshop)).content.decode()


@pytest.mark.parametrize("typed", ["lower", "spaced"])
def test_a_code_is_understood_as_people_type_it(client_of, door, typed):
    code = door.code.lower() if typed == "lower" else f" {door.code[:3]}-{door.code[3:]} "
    answer = client_of(None).get("/join/", {"code": code}, follow=True)

    assert answer.redirect_chain == [(address_of(door), 302)]
    assert "Your name" in answer.content.decode()


def test_a_guest_comes_back_to_the_same_seat(guest, workshop, door):
    again = guest.get(address_of(door))

    assert (again.status_code, again["Location"]) == (302, page(workshop))
    assert join(guest, door, "Gerda the second").status_code == 302
    assert people_of(workshop) == [("Gerda", "Sales")]


def test_somebody_of_the_workspace_is_in_without_a_seat(client_of, bob, workshop, door):
    assert client_of(bob).get(address_of(door))["Location"] == page(workshop)
    assert people_of(workshop) == []


def test_who_may_only_look_on_takes_part_by_the_code(client_of, victor, workshop, door):
    browser = client_of(victor)
    join(browser, door)
    said = browser.post(f"{page(workshop)}columns/0/add/", {"kind": "idea", "text": "Call them"})

    assert said.status_code == 200
    mine = Contribution.objects.get()
    assert (mine.author, mine.participant.user) == (victor, victor)


@pytest.mark.parametrize("code", ["", "AAAAAA", "' OR 1=1", "%00", "../admin"])
def test_a_wrong_code_opens_nothing_and_says_so(client_of, secret, code):
    browser = client_of(None)
    answer = browser.get("/join/", {"code": code or "ZZZZZZ"}, follow=True)
    assert answer.status_code == 404
    assert "No workshop has this code" in answer.content.decode()
    assert secret.title not in answer.content.decode()


def test_codes_cannot_be_tried_at_speed(client_of, workshop, door, as_bob):
    browser = client_of(None)
    answers = [browser.get("/join/ZZZZZZ/").status_code for _try in range(61)]
    other_place = client_of(None)
    other_place.defaults["REMOTE_ADDR"] = "192.0.2.7"

    assert (answers[0], answers[59], answers[60]) == (404, 404, 429)
    assert browser.get(address_of(door)).status_code == 429
    assert other_place.get(address_of(door)).status_code == 200


def test_who_has_a_seat_is_let_in_while_others_try_codes(guest, workshop, door, client_of):
    for _try in range(61):
        client_of(None).get("/join/ZZZZZZ/")
    assert guest.get(address_of(door))["Location"] == page(workshop)


def test_case_70_names_of_guests_are_shown_as_what_they_are(client_of, workshop, door, bob):
    for name in ("<b>Bob</b>", str(bob), "B\u202eob\u200b"):
        browser = client_of(None)
        assert join(browser, door, name).status_code == 302
    assert join(client_of(None), door, " \u200b ").status_code == 422
    assert join(client_of(None), door, "x" * 10_000).status_code == 422

    names = sorted(name for name, _department in people_of(workshop))
    assert names == sorted(["<b>Bob</b>", str(bob), "Bob"])
    shown = client_of(bob).get(page(workshop)).content.decode()
    assert "<b>Bob</b>" not in shown
    assert shown.count('<span class="badge">Guest</span>') == 3


# --- The door ------------------------------------------------------------------------------
def test_a_locked_door_lets_nobody_in_and_keeps_who_is_inside(guest, client_of, workshop, as_bob):
    door = joining.set_door(workshop, state=DoorState.LOCKED, by=as_bob)
    refused = join(client_of(None), door, "Late")

    assert refused.status_code == 409
    assert "locked" in refused.content.decode()
    assert guest.get(page(workshop)).status_code == 200


def test_a_new_code_closes_the_old_one(guest, client_of, workshop, door, as_bob):
    fresh = joining.change_code(workshop, by=as_bob)

    assert client_of(None).get(address_of(door)).status_code == 404
    assert client_of(None).get(address_of(fresh)).status_code == 200
    assert guest.get(page(workshop)).status_code == 200


def test_where_the_facilitator_lets_each_one_in(client_of, workshop, as_bob, bob):
    door = open_door(workshop, as_bob, DoorState.ASK)
    browser = client_of(None)
    answer = join(browser, door)
    waits = browser.get(answer["Location"]).content.decode()
    inside = browser.get(page(workshop)).status_code
    seen = drawn_door(workshop, Role.EDITOR)

    assert "lets you in in a moment" in waits
    assert (inside, people_of(workshop)) == (404, [])
    assert "Gerda" in seen
    assert "Gerda" not in drawn_door(workshop, Role.COMMENTER)
    assert "HX-Redirect" not in browser.get(f"{address_of(door)}wait/")

    seat = Seat.objects.get()
    let_in = client_of(bob).post(f"{page(workshop)}door/admit/", {"seat": seat.pk})
    assert let_in.status_code == 200
    assert 'hx-target="#participants"' in let_in.content.decode()
    assert browser.get(f"{address_of(door)}wait/")["HX-Redirect"] == address_of(door)
    assert browser.get(page(workshop)).status_code == 200
    assert people_of(workshop) == [("Gerda", "Sales")]


def test_who_is_turned_away_stays_outside_and_may_ask_again(client_of, workshop, as_bob, bob):
    door = open_door(workshop, as_bob, DoorState.ASK)
    browser = client_of(None)
    join(browser, door)
    client_of(bob).post(f"{page(workshop)}door/away/", {"seat": Seat.objects.get().pk})

    assert browser.get(page(workshop)).status_code == 404
    assert "Your name" in browser.get(address_of(door)).content.decode()
    assert people_of(workshop) == []


def test_all_who_wait_come_in_at_once(client_of, workshop, as_bob):
    door = open_door(workshop, as_bob, DoorState.ASK)
    for name in ("Ann", "Ben"):
        join(client_of(None), door, name)

    joining.admit(workshop, by=as_bob)
    assert joining.admit(workshop, by=as_bob) == []
    assert [name for name, _department in people_of(workshop)] == ["Ann", "Ben"]


def test_what_hangs_on_the_door_is_large_and_scannable(client_of, bob, workshop):
    browser = client_of(bob)
    before = browser.get(f"{page(workshop)}invite/").content.decode()
    opened = browser.post(f"{page(workshop)}door/", {"state": "open"}).content.decode()
    door = Door.objects.get()

    assert "<svg" not in before
    assert f"/join/{door.code}/" in opened
    assert f"{door.code[:3]} {door.code[3:]}" in opened
    assert "<svg" in opened
    assert "style=" not in opened


@pytest.mark.parametrize("state", DoorState)
def test_the_wall_shows_the_code_while_it_opens_something(state, client_of, bob, workshop, as_bob):
    door = open_door(workshop, as_bob, state)
    wall = client_of(bob).get(f"{page(workshop)}projector/").content.decode()
    assert (door.spoken_code in wall) == (state != DoorState.LOCKED)


# --- Who is inside -------------------------------------------------------------------------
def test_a_guest_contributes_under_their_name_and_changes_only_their_own(guest, workshop, as_bob):
    other = services.add_contribution(workshop, text="Bob's", by=as_bob)
    guest.post(f"{page(workshop)}columns/0/add/", {"kind": "problem", "text": "Nobody calls"})
    mine = Contribution.objects.get(text="Nobody calls")

    def changed(item):
        sent = {"kind": "problem", "text": "Anew", "initial-text": item.text}
        address = f"{page(workshop)}contributions/{item.pk}/edit/"
        return guest.post(address, {**sent, "initial-kind": "problem"}).status_code

    assert (mine.participant.name, mine.author_name) == ("Gerda", "Guest: Gerda")
    assert (changed(mine), changed(other)) == (200, 403)


def test_two_guests_are_not_taken_for_each_other(guest, client_of, workshop, door):
    other = client_of(None)
    join(other, door, "Hans")
    guest.post(f"{page(workshop)}columns/0/add/", {"kind": "problem", "text": "Mine"})
    mine = Contribution.objects.get()

    assert other.post(f"{page(workshop)}contributions/{mine.pk}/delete/").status_code == 403
    assert guest.post(f"{page(workshop)}contributions/{mine.pk}/delete/").status_code == 200


def test_a_guest_who_is_renamed_has_the_new_name_at_once(guest, workshop, as_bob):
    services.change_participant(Participant.objects.get(), fields={"name": "Greta"}, by=as_bob)
    assert "Guest: Greta" in guest.get(page(workshop)).content.decode()


def test_case_69_a_guest_who_is_removed_is_out_at_once_and_undo_brings_them_back(
    guest, workshop, as_bob
):
    ticket = Ticket(guest.session.session_key, workshop.pk)
    assert admitted([ticket])[ticket].person.name == "Gerda"
    services.remove_participant(Participant.objects.get(), by=as_bob)
    workshop.refresh_from_db()

    assert admitted([ticket]) == {}
    assert guest.get(page(workshop)).status_code == 404
    assert guest.post(f"{page(workshop)}columns/0/add/", {"text": "Still"}).status_code == 404

    undo(workshop, workshop.version, by=as_bob)
    assert guest.get(page(workshop)).status_code == 200


def test_case_71_the_seat_in_one_workshop_opens_no_other(guest, journey, workshop, as_bob, secret):
    beside = services.create_workshop(journey, title="Second session", by=as_bob)

    for board in (beside, secret):
        assert guest.get(page(board)).status_code == 404
        assert guest.post(f"{page(board)}columns/0/add/", {"text": "Hm"}).status_code == 404
    assert guest.get(f"/journeys/{journey.pk}/").status_code == 404
    for address in ("/", "/workshops/", "/personas/", "/insights/", "/members/"):
        assert guest.get(address).status_code == 302
    assert guest.get("/api/v1/workshops/").status_code == 401


def test_the_secret_of_a_seat_is_nowhere_but_in_the_session(guest, workshop):
    key = guest.session["guest_of"][0][-1]
    seat = Seat.objects.get()
    written = str(list(Change.objects.values_list("before", "after", "actor_name")))

    assert len(key) == 32
    assert key not in seat.secret_hash
    assert key not in written
    assert seat.secret_hash not in written


def test_the_code_is_not_in_the_history(workshop, as_bob, client_of, bob):
    door = open_door(workshop, as_bob)
    history = client_of(bob).get(f"/boards/{workshop.pk}/history/").content.decode()

    assert door.code not in history
    assert door.code not in str(list(Change.objects.values_list("before", "after")))


def test_members_take_part_by_their_first_act(workshop, carol):
    by = actor_in(carol, workshop.workspace)
    for text in ("First", "Second"):
        services.add_contribution(workshop, text=text, by=by)

    mine = Participant.objects.get()
    assert mine.user == carol
    assert set(Contribution.objects.values_list("participant", flat=True)) == {mine.pk}


# --- Many at once --------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_case_71_five_hundred_come_at_once_and_each_is_in_or_told_why(client_of, workshop, door):
    def come(number):
        try:
            return join(client_of(None), door, f"Guest {number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(come, range(500)))

    assert Counter(answers) == {302: MOST_PARTICIPANTS, 409: 500 - MOST_PARTICIPANTS}
    assert Participant.objects.count() == Seat.objects.count() == MOST_PARTICIPANTS

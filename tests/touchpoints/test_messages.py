"""Messages that must be the same: verdicts, what makes them stale, who is told, the page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from collaboration.assignments import assign
from collaboration.attention import Notification
from collaboration.editing import Refused
from collaboration.live import Viewer, render_changes
from collaboration.marks import draw_marks
from collaboration.models import Board
from collaboration.undo import undo
from journeys.copies import copy_journey
from journeys.models import Journey
from teams.access import actor_in
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from touchpoints.message_page import flags_of, messages_html, messages_on
from touchpoints.messages import (
    add_touchpoint,
    create_link,
    delete_link,
    judge_link,
    save_link,
    take_out,
)
from touchpoints.models import LinkedMessage, MessageLink, Touchpoint
from touchpoints.services import create_touchpoint, delete_touchpoint, save_touchpoint
from touchpoints.wordings import compared

pytestmark = pytest.mark.django_db


def url(name, journey, *ids):
    return reverse(f"touchpoints:{name}", args=[journey.pk, *ids])


@pytest.fixture
def advert(stages, website, by_bob):
    return create_touchpoint(
        stage=stages[0], title="Advertisement", channel=website, message="Lenses from 199 euros.",
        by=by_bob,
    )  # fmt: skip


@pytest.fixture
def shelf(stages, shop, by_bob):
    return create_touchpoint(
        stage=stages[1], title="Shelf", channel=shop, message="Lenses from 79 euros.", by=by_bob
    )


@pytest.fixture
def price(journey, advert, shelf, by_bob):
    return create_link(journey, title="Price", touchpoints=[shelf, advert], by=by_bob)


def say(item, message, by):
    item = Touchpoint.objects.get(pk=item.pk)
    item.message = message
    save_touchpoint(item, by=by)


def the_link(journey):
    (linked,) = messages_on(Journey.objects.get(pk=journey.pk)).links
    return linked


def stored(link):
    return MessageLink.objects.get(pk=link.pk)


def test_wordings_stand_in_the_order_of_customers_and_differing_words_are_marked(journey, price):
    linked = the_link(journey)
    assert [one.item.title for one in linked.wordings] == ["Advertisement", "Shelf"]
    differing = [[piece.text for piece in one.pieces if piece.differs] for one in linked.wordings]
    assert differing == [["199"], ["79"]]


@pytest.mark.parametrize(
    ("texts", "marked"),
    [
        (["Free returns", "free Returns!"], [[], []]),
        (["Free returns", ""], [[], []]),
        (["One", "Two"], [[], []]),
        (["60 days", "30 days", "60 days"], [["60"], ["30"], ["60"]]),
        ([], []),
    ],
)
def test_what_differs_between_texts(texts, marked):
    found = compared(texts)
    assert [[one.text for one in pieces if one.differs] for pieces in found] == marked
    assert ["".join(one.text for one in pieces) for pieces in found] == texts


def test_a_verdict_has_who_and_when_and_is_stale_as_soon_as_a_message_changes(
    journey, advert, shelf, price, by_bob
):
    assert the_link(journey).state == "unseen"
    judge_link(stored(price), verdict="contradicts", by=by_bob)
    link = stored(price)
    assert (link.verdict_by, link.verdict_on) == ("Bob", timezone.localdate())
    assert the_link(journey).state == "contradicts"
    say(shelf, "Lenses from 199 euros.", by_bob)
    linked = the_link(journey)
    assert linked.state == "again"
    marks = [(mark.kind, mark.text.strip()) for mark in linked.wordings[1].since]
    assert ("del", "79") in marks
    assert ("ins", "199") in marks
    assert linked.wordings[0].since == []
    judge_link(stored(price), verdict="same", by=by_bob)
    assert the_link(journey).state == "same"


def test_undo_of_the_change_makes_the_verdict_good_again(journey, shelf, price, by_bob):
    judge_link(stored(price), verdict="differs", by=by_bob)
    say(shelf, "Other words", by_bob)
    assert the_link(journey).is_stale
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=by_bob)
    assert the_link(journey).state == "differs"


def test_a_touchpoint_that_joins_later_was_not_looked_at(journey, stages, price, by_bob):
    judge_link(stored(price), verdict="same", by=by_bob)
    till = create_touchpoint(stage=stages[2], title="Till", message="79?", by=by_bob)
    joined = add_touchpoint(stored(price), touchpoint=till, by=by_bob)
    assert add_touchpoint(stored(price), touchpoint=till, by=by_bob) == joined
    assert the_link(journey).state == "again"


def test_two_have_to_stay_and_others_boards_are_refused(
    journey, advert, shelf, price, foreign_stage, by_bob, by_charlie
):
    with pytest.raises(Refused, match="two touchpoints"):
        take_out(price.messages.first(), by=by_bob)
    with pytest.raises(Refused, match="two touchpoints"):
        create_link(journey, title="Alone", touchpoints=[advert, advert], by=by_bob)
    foreign = create_touchpoint(stage=foreign_stage, title="Theirs", by=by_charlie)
    with pytest.raises(Refused, match="another journey"):
        create_link(journey, title="Mixed", touchpoints=[advert, foreign], by=by_bob)
    assert MessageLink.objects.count() == 1


def test_a_deleted_touchpoint_leaves_the_link_and_undo_brings_it_back(
    journey, shelf, price, by_bob
):
    delete_touchpoint(shelf, by=by_bob)
    assert len(the_link(journey).wordings) == 1
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=by_bob)
    assert len(the_link(journey).wordings) == 2


def test_a_copy_has_its_own_links_with_the_verdict(journey, price, by_bob):
    judge_link(stored(price), verdict="contradicts", by=by_bob)
    copy = copy_journey(journey, title="Copy", by=by_bob)
    linked = the_link(copy)
    assert (linked.state, len(linked.wordings)) == ("contradicts", 2)
    assert {one.item.board_id for one in linked.wordings} == {copy.pk}


# --- Who is told -----------------------------------------------------------------------------
def told():
    rows = Notification.objects.filter(kind="wording").order_by("pk")
    return [(row.user.name, row.about) for row in rows]


def test_owners_of_the_others_are_told_once_a_verdict_is_no_longer_good(
    journey, advert, shelf, price, alice, bob, by_bob
):
    assign(journey, target=advert, member=alice, by=by_bob)
    say(shelf, "From 80 euros.", by_bob)
    assert told() == []
    judge_link(stored(price), verdict="contradicts", by=by_bob)
    say(shelf, "From 90 euros.", by_bob)
    assert told() == [("Alice", "Advertisement")]
    say(shelf, "From 95 euros.", by_bob)
    assert told() == [("Alice", "Advertisement")]
    told_alice = Notification.objects.get(kind="wording")
    assert told_alice.sentence == "Bob changed a message that must agree with “Advertisement”"


def test_who_changes_it_and_who_owns_the_changed_one_are_not_told(
    journey, nordlys, advert, shelf, price, alice, bob, by_bob
):
    assign(journey, target=advert, member=bob, by=by_bob)
    assign(journey, target=shelf, member=alice, by=by_bob)
    judge_link(stored(price), verdict="same", by=by_bob)
    say(shelf, "Other", by_bob)
    assert told() == []
    item = Touchpoint.objects.get(pk=advert.pk)
    item.title = "Advertisement in the feed"
    save_touchpoint(item, by=actor_in(alice, nordlys))
    assert told() == []


# --- On the map ------------------------------------------------------------------------------
def test_touchpoints_wear_a_flag_while_a_link_needs_a_look(journey, advert, shelf, price, by_bob):
    assert flags_of(journey) == {}
    judge_link(stored(price), verdict="same", by=by_bob)
    assert flags_of(journey) == {}
    say(shelf, "From 80 euros.", by_bob)
    flags = flags_of(journey)
    assert set(flags) == {("touchpoint", advert.pk), ("touchpoint", shelf.pk)}
    words, address = flags["touchpoint", advert.pk]
    assert "a message has changed" in words
    assert address.endswith(f"/messages/#messagelink-{price.pk}")


def test_marks_of_the_map_are_drawn_again_for_a_message_and_for_nothing_else(
    journey, advert, shelf, price, by_bob
):
    judge_link(stored(price), verdict="same", by=by_bob)
    viewer = Viewer(Role.EDITOR, "en")

    def drawn_after(act) -> str:
        since = Board.objects.get(pk=journey.pk).version
        act()
        return render_changes(Board.objects.get(pk=journey.pk), since, viewer).html

    html = drawn_after(lambda: say(shelf, "From 80 euros.", by_bob))
    assert draw_marks(journey, viewer).strip() in html
    assert "data-flag=" in html

    def rename():
        item = Touchpoint.objects.get(pk=shelf.pk)
        item.title = "The shelf"
        save_touchpoint(item, by=by_bob)

    assert 'id="marks"' not in drawn_after(rename)
    assert "data-flag=" in drawn_after(
        lambda: judge_link(stored(price), verdict="differs", by=by_bob)
    )


# --- The page --------------------------------------------------------------------------------
def test_a_verdict_is_of_the_words_that_were_looked_at(
    client_of, bob, journey, shelf, price, by_bob
):
    looked_at, where = the_link(journey).digest, url("link_judge", journey, price.pk)
    say(shelf, "Free for everybody.", by_bob)
    client = client_of(bob)
    refused = client.post(where, {"verdict": "same", "of": looked_at})
    assert refused.status_code == 409
    assert "a message has changed" in refused.content.decode()
    assert stored(price).verdict == "unseen"
    client.post(where, {"verdict": "same", "of": the_link(journey).digest})
    assert stored(price).verdict == "same"


def test_linking_judging_and_rewording_on_the_page(client_of, bob, journey, advert, shelf):
    client, headers = client_of(bob), {"Board-View": "messages"}
    alone = client.post(url("link_create", journey), {"title": "P", "touchpoints": [advert.pk]})
    assert alone.status_code == 422
    assert "two touchpoints" in alone.content.decode()
    sent = {"title": "Price", "touchpoints": [advert.pk, shelf.pk]}
    drawn = client.post(url("link_create", journey), sent, headers=headers)
    assert 'hx-target="#messages"' in drawn.content.decode()
    link = MessageLink.objects.get()
    assert client.post(url("link_judge", journey, link.pk), {"verdict": "x"}).status_code == 404
    client.post(url("link_judge", journey, link.pk), {"verdict": "contradicts"})
    message = LinkedMessage.objects.get(touchpoint=shelf)
    where = url("wording", journey, message.pk)
    assert "Lenses from 79 euros." in client.get(where).content.decode()
    clash = client.post(where, {"message": "From 199", "initial-message": "Something older"})
    assert clash.status_code == 409
    said = {"message": "From 199", "initial-message": "Lenses from 79 euros."}
    page = client.post(where, said, headers=headers).content.decode()
    assert "To be looked at again" in page
    assert Touchpoint.objects.get(pk=shelf.pk).message == "From 199"
    client.post(url("link_delete", journey, link.pk))
    lost = client.post(where, {"message": "Kept words"})
    assert (lost.status_code, "Kept words" in lost.content.decode()) == (409, True)


def test_a_touchpoint_tells_with_whom_it_must_agree(client_of, bob, journey, advert, shelf, by_bob):
    client = client_of(bob)
    form = client.get(url("touchpoint_edit", journey, advert.pk)).content.decode()
    assert f"{url('messages', journey)}?touchpoint={advert.pk}" in form
    create_link(journey, title="Price", touchpoints=[advert, shelf], by=by_bob)
    form = client.get(url("touchpoint_edit", journey, advert.pk)).content.decode()
    assert "must say the same as Shelf" in form


def test_messages_are_told_channel_by_channel(client_of, victor, journey, stages, price, by_bob):
    create_touchpoint(stage=stages[0], title="Silent", by=by_bob)
    create_touchpoint(stage=stages[0], title="Nowhere", message="Hello", by=by_bob)
    found = messages_on(journey).by_channel
    assert [
        (on.channel and on.channel.name, [item.title for item, _links in on.items]) for on in found
    ] == [("Street shop", ["Shelf"]), ("Website", ["Advertisement"]), (None, ["Nowhere"])]
    html = client_of(victor).get(url("messages", journey)).content.decode()
    assert "Lenses from" in html
    assert "hx-post" not in html


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_write_nothing(request, nordlys, journey, advert, shelf, price, who):
    actor = actor_in(request.getfixturevalue(who), nordlys)
    for write in (
        lambda: create_link(journey, title="No", touchpoints=[advert, shelf], by=actor),
        lambda: save_link(stored(price), by=actor),
        lambda: judge_link(stored(price), verdict="same", by=actor),
        lambda: take_out(price.messages.first(), by=actor),
        lambda: delete_link(stored(price), by=actor),
    ):
        with pytest.raises(PermissionDenied):
            write()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"title": ""}, "message_link_has_a_title"),
        ({"verdict": "maybe", "verdict_on": timezone.localdate()}, "of_a_known_verdict"),
        ({"verdict": "same"}, "message_verdict_has_a_date"),
    ],
)
def test_database_refuses(price, by_bob, values, constraint):
    link = stored(price)
    for name, value in values.items():
        setattr(link, name, value)
    with pytest.raises(IntegrityError, match=constraint):
        save_link(link, by=by_bob)


def page(journey):
    viewer = Viewer(Role.EDITOR, "en", view="messages")
    return f"<main>{messages_html(messages_on(Journey.objects.get(pk=journey.pk)), viewer)}</main>"


ACTS = {
    "create": lambda c: create_link(
        c["journey"], title="New", touchpoints=[c["advert"], c["shelf"]], by=c["by"]
    ),
    "judge": lambda c: judge_link(stored(c["price"]), verdict="same", by=c["by"]),
    "say": lambda c: say(c["shelf"], "Other words", c["by"]),
    "delete": lambda c: delete_link(stored(c["price"]), by=c["by"]),
    "delete_touchpoint": lambda c: delete_touchpoint(c["shelf"], by=c["by"]),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_page_with_its_pieces_is_the_page_reloaded(journey, advert, shelf, price, by_bob, act):
    before, since = page(journey), Board.objects.get(pk=journey.pk).version
    scene = {"journey": journey, "advert": advert, "shelf": shelf, "price": price, "by": by_bob}
    ACTS[act](scene)
    board = Board.objects.get(pk=journey.pk)
    viewer = Viewer(Role.EDITOR, "en", view="messages")
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page(journey)))
    assert text_of(patched) != text_of(tree_of(before))


def test_the_page_costs_the_same_whatever_is_linked(
    journey, advert, shelf, price, by_bob, django_assert_num_queries
):
    viewer = Viewer(Role.EDITOR, "en", view="messages")
    loaded = Journey.objects.get(pk=journey.pk)
    with django_assert_num_queries(3):
        messages_html(messages_on(loaded), viewer)
    for number in range(5):
        create_link(journey, title=f"L{number}", touchpoints=[advert, shelf], by=by_bob)
    with django_assert_num_queries(3):
        messages_html(messages_on(loaded), viewer)

import pytest
from django.urls import reverse

from collaboration.models import Board
from touchpoints import services
from touchpoints.models import Channel, Touchpoint

pytestmark = pytest.mark.django_db


def url(name, journey, *ids):
    return reverse(f"touchpoints:touchpoint_{name}", args=[journey.pk, *ids])


@pytest.fixture
def checkout(stages, website, by_bob):
    return services.create_touchpoint(
        stage=stages[1], title="Checkout", channel=website, importance=3, by=by_bob
    )


@pytest.fixture
def foreign(foreign_stage, foreign_channel, by_charlie):
    return services.create_touchpoint(
        stage=foreign_stage, title="Secret contact", channel=foreign_channel, by=by_charlie
    )


def seen(touchpoint, **changes):
    """What a browser sends: the values that the form showed, and what was typed over them."""
    shown = {
        "title": touchpoint.title,
        "channel": touchpoint.channel_id or "",
        "moment_of_truth": touchpoint.moment_of_truth,
        "importance": touchpoint.importance or "",
        "thinks": touchpoint.thinks,
        "use": touchpoint.use,
        "why_unused": touchpoint.why_unused,
    }
    posted = {**shown, **changes}
    ticked = {name: value for name, value in posted.items() if value is not False}
    return {**ticked, **{f"initial-{name}": value for name, value in shown.items()}}


# --- Adding --------------------------------------------------------------------------------
def test_form_offers_the_channels_of_this_workspace_alone(
    client_of, bob, journey, stages, lane, website, foreign_channel
):
    page = client_of(bob).get(url("create", journey, stages[0].pk, lane.pk)).content.decode()
    assert "Website" in page
    assert "Secret channel" not in page


def test_adding_answers_with_the_cell(client_of, bob, journey, stages, lane, website):
    response = client_of(bob).post(
        url("create", journey, stages[0].pk, lane.pk),
        {"title": "Search", "channel": website.pk, "moment_of_truth": "on"},
    )
    assert response.status_code == 200
    assert f'hx-target="#cell-{stages[0].pk}-{lane.pk}"' in response.content.decode()
    touchpoint = Touchpoint.objects.get(board=journey.pk)
    assert (touchpoint.title, touchpoint.channel, touchpoint.stage) == (
        "Search", website, stages[0]
    )  # fmt: skip
    assert touchpoint.moment_of_truth
    assert touchpoint.used


def test_usual_channel_chosen_first_brings_all_of_them(client_of, bob, journey, stages, lane):
    client, address = client_of(bob), url("create", journey, stages[0].pk, lane.pk)
    assert 'value="new:Search engine"' in client.get(address).content.decode()
    client.post(address, {"title": "Search", "channel": "new:Search engine"})
    assert Touchpoint.objects.get().channel.name == "Search engine"
    assert Channel.objects.filter(workspace=journey.workspace_id).count() > 10
    assert 'value="new:' not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"title": "Search", "importance": 6}, "less than or equal to 5"),
        ({"title": "Search", "importance": "a lot"}, "Enter a whole number."),
        ({"title": "Search", "channel": "99999999999999999999"}, "Select a valid choice."),
        ({"title": "Search", "channel": "new:Gossip"}, "Select a valid choice."),
        ({"title": "Sear\0ch"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_gives_the_form_back_with_words(
    client_of, bob, journey, stages, lane, data, words
):
    response = client_of(bob).post(url("create", journey, stages[0].pk, lane.pk), data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Touchpoint.objects.exists()


def test_foreign_channel_is_no_choice(client_of, bob, journey, stages, lane, foreign_channel):
    """Case 56."""
    address = url("create", journey, stages[0].pk, lane.pk)
    response = client_of(bob).post(address, {"title": "Search", "channel": foreign_channel.pk})
    assert response.status_code == 422
    assert "Secret channel" not in response.content.decode()
    assert not Touchpoint.objects.exists()


def test_case_5_the_same_form_sent_twice_adds_one(client_of, bob, journey, stages, lane):
    client, address = client_of(bob), url("create", journey, stages[0].pk, lane.pk)
    sent = {"title": "Search", "idempotency_key": "once-only"}
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert Touchpoint.objects.count() == 1


# --- Editing -------------------------------------------------------------------------------
def test_form_carries_what_was_seen(client_of, bob, journey, lane, checkout):
    page = client_of(bob).get(url("edit", journey, checkout.pk)).content.decode()
    assert 'name="initial-title" value="Checkout"' in page
    assert f'data-region="cell-{checkout.stage_id}-{lane.pk}"' in page


def test_saving_writes_what_was_changed(client_of, bob, journey, checkout, shop):
    response = client_of(bob).post(
        url("edit", journey, checkout.pk),
        seen(checkout, title="Paying", channel=shop.pk, use="not", why_unused="Too far"),
    )
    assert response.status_code == 200
    stored = Touchpoint.objects.get(pk=checkout.pk)
    assert (stored.title, stored.channel, stored.use) == ("Paying", shop, "not")
    assert stored.importance == 3


def test_two_people_changing_different_fields_both_win(client_of, alice, bob, journey, checkout):
    address = url("edit", journey, checkout.pk)
    assert client_of(alice).post(address, seen(checkout, title="Paying")).status_code == 200
    assert client_of(bob).post(address, seen(checkout, importance=5)).status_code == 200
    stored = Touchpoint.objects.get(pk=checkout.pk)
    assert (stored.title, stored.importance) == ("Paying", 5)


@pytest.mark.parametrize(
    ("field", "theirs", "mine"),
    [("title", "Paying", "Cashing up"), ("importance", 5, 1), ("thinks", "Slow!", "Why so slow?")],
)
def test_case_1_same_field_gives_both_values_back(
    client_of, alice, bob, journey, checkout, field, theirs, mine
):
    address = url("edit", journey, checkout.pk)
    client_of(alice).post(address, seen(checkout, **{field: theirs}))
    response = client_of(bob).post(address, seen(checkout, **{field: mine}))
    assert response.status_code == 409
    page = response.content.decode()
    assert f"<blockquote>{theirs}</blockquote>" in page
    assert f"<blockquote>{mine}</blockquote>" in page
    assert getattr(Touchpoint.objects.get(pk=checkout.pk), field) == theirs


def test_clash_of_channels_names_them(client_of, alice, bob, journey, checkout, shop):
    address = url("edit", journey, checkout.pk)
    client_of(alice).post(address, seen(checkout, channel=shop.pk))
    page = client_of(bob).post(address, seen(checkout, channel="")).content.decode()
    assert "<blockquote>Street shop</blockquote>" in page


def test_line_breaks_that_a_browser_doubles_are_no_clash(client_of, bob, journey, checkout, by_bob):
    checkout.thinks = "One\nTwo"
    services.save_touchpoint(checkout, by=by_bob)
    sent = seen(checkout, thinks="One\r\nTwo\r\nThree") | {"initial-thinks": "One\r\nTwo"}
    assert client_of(bob).post(url("edit", journey, checkout.pk), sent).status_code == 200


def test_text_typed_into_a_deleted_touchpoint_is_given_back(
    client_of, bob, journey, checkout, by_bob
):
    sent = seen(checkout, thinks="A thought worth keeping")
    services.delete_touchpoint(checkout, by=by_bob)
    response = client_of(bob).post(url("edit", journey, checkout.pk), sent)
    assert response.status_code == 409
    assert "A thought worth keeping" in response.content.decode()


# --- Moving and deleting -------------------------------------------------------------------
def test_dragging_to_another_stage_before_another(
    client_of, bob, journey, stages, checkout, by_bob
):
    there = services.create_touchpoint(stage=stages[2], title="Invoice", by=by_bob)
    response = client_of(bob).post(
        url("move", journey, checkout.pk), {"stage": stages[2].pk, "lane": "", "before": there.pk}
    )
    assert response.status_code == 200
    assert list(stages[2].touchpoints.order_by("position")) == [checkout, there]


def test_moving_with_the_keyboard_says_where_it_is(client_of, bob, journey, stages, checkout):
    response = client_of(bob).post(url("move", journey, checkout.pk), {"direction": "right"})
    assert response.status_code == 200
    assert f"“Checkout” is now in “{stages[2].title}”." in response.content.decode()
    assert Touchpoint.objects.get(pk=checkout.pk).stage == stages[2]


def test_deleting(client_of, bob, journey, checkout):
    response = client_of(bob).post(url("delete", journey, checkout.pk))
    assert response.status_code == 200
    assert not Touchpoint.objects.exists()


# --- Who may -------------------------------------------------------------------------------
def test_case_56_foreign_ids_do_not_exist(
    client_of, bob, journey, stages, lane, checkout, foreign, foreign_journey
):
    client = client_of(bob)
    theirs, ours = foreign.stage_id, stages[0].pk
    requests = [
        (url("create", foreign_journey, theirs, lane.pk), {"title": "No"}),
        (url("create", journey, theirs, lane.pk), {"title": "No"}),
        (url("edit", foreign_journey, foreign.pk), {"title": "No"}),
        (url("move", journey, foreign.pk), {"stage": ours}),
        (url("move", journey, checkout.pk), {"stage": theirs}),
        (url("move", journey, checkout.pk), {"stage": ours, "before": foreign.pk}),
        (url("move", journey, checkout.pk), {"stage": "9" * 30}),
        (url("move", journey, checkout.pk), {}),
        (url("delete", journey, foreign.pk), {}),
    ]
    answers = [client.post(address, data).status_code for address, data in requests]
    assert answers == [404] * len(requests)
    assert client.get(url("edit", journey, foreign.pk)).status_code == 404
    assert client.get(url("edit", foreign_journey, foreign.pk)).status_code == 404
    # What stands on another map is gone from this one: the text comes back, nothing is written.
    answer = client.post(url("edit", journey, foreign.pk), {"title": "Mine"})
    assert answer.status_code == 409
    assert "Secret" not in answer.content.decode()
    assert Touchpoint.objects.get(pk=foreign.pk).title == "Secret contact"
    assert Touchpoint.objects.get(pk=checkout.pk).stage == stages[1]


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_are_refused(request, client_of, journey, stages, lane, checkout, who):
    client = client_of(request.getfixturevalue(who))
    version = Board.objects.get(pk=journey.pk).version
    addresses = [
        url("create", journey, stages[0].pk, lane.pk),
        url("edit", journey, checkout.pk),
        url("move", journey, checkout.pk),
        url("delete", journey, checkout.pk),
    ]
    answers = [client.post(address, {"title": "No"}).status_code for address in addresses]
    assert answers == [403] * 4
    assert client.get(addresses[0]).status_code == 403
    assert Board.objects.get(pk=journey.pk).version == version


def test_nothing_is_answered_to_the_signed_out(client_of, journey, checkout):
    response = client_of(None).post(url("delete", journey, checkout.pk))
    assert response.status_code == 302
    assert Touchpoint.objects.count() == 1


def test_only_posts_write(client_of, bob, journey, checkout):
    client = client_of(bob)
    for name in ("move", "delete"):
        assert client.get(url(name, journey, checkout.pk)).status_code == 405

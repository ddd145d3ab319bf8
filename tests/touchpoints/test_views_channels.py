import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaboration.models import Board
from touchpoints import services
from touchpoints.models import Channel

pytestmark = pytest.mark.django_db

LIST = "/channels/"


def url(name, *ids):
    return reverse(f"touchpoints:{name}", args=ids)


def test_list_shows_this_workspace_alone(client_of, victor, website, shop, foreign_channel):
    page = client_of(victor).get(LIST).content.decode()
    assert "Website" in page
    assert "Street shop" in page
    assert "Secret channel" not in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_list_costs_the_same_queries_whatever_its_length(client_of, bob, nordlys, website, by_bob):
    client = client_of(bob)
    client.get(LIST)
    with CaptureQueriesContext(connection) as with_one:
        client.get(LIST)
    for number in range(20):
        services.create_channel(nordlys, name=f"Channel {number}", by=by_bob)
    with CaptureQueriesContext(connection) as with_many:
        client.get(LIST)
    assert len(with_many) == len(with_one)


def test_empty_list_teaches_and_starts_with_the_usual_ones(client_of, bob, nordlys):
    client = client_of(bob)
    assert "No channels yet" in client.get(LIST).content.decode()
    assert client.post(url("channels_usual")).status_code == 302
    page = client.get(LIST).content.decode()
    assert "Search engine" in page
    assert "No channels yet" not in page


def test_adding(client_of, bob, nordlys):
    response = client_of(bob).post(url("channel_create"), {"name": "  Fair\u200b  stand "})
    assert response.status_code == 302
    channel = Channel.objects.get(workspace=nordlys)
    assert (channel.name, channel.online) == ("Fair stand", False)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "This field is required."),
        ("wEBSITE", "There is already a channel of this name."),
        ("x" * 61, "at most 60 characters"),
    ],
)
def test_bad_name_is_told_in_words(client_of, bob, website, name, words):
    response = client_of(bob).post(url("channel_create"), {"name": name})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert list(Channel.objects.all()) == [website]


def test_renaming(client_of, bob, journey, stages, website, by_bob):
    services.create_touchpoint(stage=stages[0], title="Look", channel=website, by=by_bob)
    before = Board.objects.get(pk=journey.pk).version
    client = client_of(bob)
    assert "Website" in client.get(url("channel_edit", website.pk)).content.decode()
    response = client.post(url("channel_edit", website.pk), {"name": "Online shop", "online": "on"})
    assert response.status_code == 302
    assert Channel.objects.get(pk=website.pk).name == "Online shop"
    assert Board.objects.get(pk=journey.pk).version == before + 1


def test_two_who_rename_one_channel_at_once_see_both_names(client_of, bob, website, by_bob):
    seen = {"initial-name": "Website", "initial-online": "True", "online": "on"}
    website.name = "Web shop"
    services.change_channel(website, by=by_bob)
    answer = client_of(bob).post(url("channel_edit", website.pk), {**seen, "name": "Our site"})
    assert answer.status_code == 409
    assert {"Web shop", "Our site"} <= set(
        re.findall(r"<blockquote>([^<]*)", answer.content.decode())
    )
    assert Channel.objects.get(pk=website.pk).name == "Web shop"
    del seen["online"]
    client_of(bob).post(url("channel_edit", website.pk), {**seen, "name": "Website"})
    changed = Channel.objects.get(pk=website.pk)
    assert (changed.name, changed.online) == ("Web shop", False)


def test_renaming_to_a_name_in_use_is_told_in_words(client_of, bob, website, shop):
    response = client_of(bob).post(url("channel_edit", website.pk), {"name": "STREET shop"})
    assert response.status_code == 422
    assert "There is already a channel of this name." in response.content.decode()


def test_deleting_one_in_use_is_refused_with_the_maps_that_use_it(
    client_of, bob, stages, website, shop, by_bob
):
    services.create_touchpoint(stage=stages[0], title="Look", channel=website, by=by_bob)
    client = client_of(bob)
    response = client.post(url("channel_delete", website.pk))
    assert response.status_code == 409
    assert "Buying sunglasses" in response.content.decode()
    assert client.post(url("channel_delete", shop.pk)).status_code == 302
    assert list(Channel.objects.all()) == [website]


def test_markup_in_a_name_is_shown_as_text(client_of, bob, nordlys, by_bob):
    services.create_channel(nordlys, name="<script>alert(1)</script>", by=by_bob)
    page = client_of(bob).get(LIST).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_case_56_foreign_ids_do_not_exist(client_of, bob, nordlys, foreign_channel):
    client = client_of(bob)
    assert client.get(url("channel_edit", foreign_channel.pk)).status_code == 404
    for name in ("channel_edit", "channel_delete"):
        assert client.post(url(name, foreign_channel.pk), {"name": "Mine"}).status_code == 404
    assert Channel.objects.get(pk=foreign_channel.pk).name == "Secret channel"


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_are_refused(request, client_of, nordlys, website, who):
    client = client_of(request.getfixturevalue(who))
    addresses = [
        url("channel_create"),
        url("channels_usual"),
        url("channel_edit", website.pk),
        url("channel_delete", website.pk),
    ]
    assert [client.post(one, {"name": "No"}).status_code for one in addresses] == [403] * 4
    assert [channel.name for channel in Channel.objects.all()] == ["Website"]

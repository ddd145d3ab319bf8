"""Views of a map that people keep, and what a map can be narrowed to."""

import pytest
from django.urls import reverse

from collaboration.editing import Refused
from journeys.filters import filters_of
from journeys.saved_views import MOST_VIEWS, SavedView, clean_query, save_view, views_for
from journeys.selectors import outline_of
from teams.access import Forbidden, actor_in
from touchpoints.models import Channel


@pytest.fixture
def as_victor(victor, nordlys):
    return actor_in(victor, nordlys)


def address(journey, name, *more):
    return reverse(f"journeys:view_{name}", args=[journey.pk, *more])


def test_a_view_keeps_what_the_address_may_say_and_nothing_else():
    said = "?zoom=fit&next=//evil&persona=3&persona=4&lanes=&csrf=x&find=caf%C3%A9+au"
    assert clean_query(said) == "persona=4&zoom=fit&find=caf%C3%A9+au"


def test_a_view_that_says_too_much_is_refused():
    with pytest.raises(Refused):
        clean_query("find=" + "ø" * 200)


def test_everybody_sees_shared_views_and_only_i_see_mine(journey, bob, victor, as_bob, as_victor):
    save_view(journey, name="Ours", query="zoom=fit", shared=True, by=as_bob)
    save_view(journey, name="Bob's own", query="", by=as_bob)
    save_view(journey, name="Victor's own", query="", by=as_victor)
    assert [view.name for view in views_for(bob, journey)] == ["Bob's own", "Ours"]
    assert [view.name for view in views_for(victor, journey)] == ["Ours", "Victor's own"]
    assert [view.name for view in views_for(None, journey)] == ["Ours"]


def test_a_viewer_keeps_views_but_not_for_everybody(journey, victor, as_victor, client_of):
    client = client_of(victor)
    answer = client.post(address(journey, "save"), {"name": "Mine", "query": "zoom=fit"})
    assert answer.status_code == 200
    assert SavedView.objects.get().query == "zoom=fit"
    with pytest.raises(Forbidden):
        save_view(journey, name="Ours", query="", shared=True, by=as_victor)
    shared = client.post(address(journey, "save"), {"name": "Ours", "shared": "on"})
    assert shared.status_code == 403


def test_a_viewer_deletes_his_own_view_and_no_other(journey, victor, as_bob, client_of):
    ours = save_view(journey, name="Ours", query="", shared=True, by=as_bob)
    bobs = save_view(journey, name="Bob's own", query="", by=as_bob)
    mine = save_view(journey, name="Mine", query="", by=actor_in(victor, journey.workspace))
    client = client_of(victor)
    statuses = [
        client.post(address(journey, "delete", view.pk)).status_code for view in (ours, bobs, mine)
    ]
    assert statuses == [403, 404, 200]
    assert set(SavedView.objects.values_list("name", flat=True)) == {"Ours", "Bob's own"}


def test_a_view_of_another_map_is_not_found_on_this_one(journey, secret, bob, charlie, client_of):
    theirs = save_view(
        secret, name="Theirs", query="", shared=True, by=actor_in(charlie, secret.workspace)
    )
    assert client_of(bob).post(address(journey, "delete", theirs.pk)).status_code == 404
    assert "Theirs" not in client_of(bob).get(address(journey, "panel")).content.decode()


def test_a_map_keeps_so_many_views(journey, as_bob, bob, client_of):
    for number in range(MOST_VIEWS):
        save_view(journey, name=str(number), query="", by=as_bob)
    answer = client_of(bob).post(address(journey, "save"), {"name": "One more"})
    assert answer.status_code == 422
    assert "at most" in answer.content.decode()


def test_the_map_is_narrowed_by_what_its_lanes_show(journey, nordlys, other, as_bob):
    Channel.objects.create(workspace=nordlys, name="Telephone")
    Channel.objects.create(workspace=other, name="Secret channel")
    found = {each.name: each for each in filters_of(journey, outline_of(journey).lanes)}
    assert list(found) == ["owner", "channel", "moments", "missing", "evidence"]
    assert [label for _, label in found["channel"].choices] == ["Telephone"]


def test_the_panel_costs_the_same_for_every_map(
    journey, bob, client_of, django_assert_max_num_queries
):
    client = client_of(bob)
    with django_assert_max_num_queries(12):
        assert client.get(address(journey, "panel")).status_code == 200

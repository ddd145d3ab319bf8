"""Guests follow a map live, until their link ends. Cases 26, 27 and 69, over true streams."""

import pytest

from collaboration import sharing
from collaboration.services import create_comment
from journeys.models import Stage
from teams.access import actor_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guest(journey, bob, nordlys, client_of):
    link, token = sharing.make_link(journey, role="commenter", by=actor_in(bob, nordlys))
    browser = client_of(None)
    browser.get(f"/s/{token}/")
    browser.post("/s/", {"name": "Gerda"})
    browser.link = link
    return browser


def test_case_27_and_69_a_guest_follows_as_a_guest_until_the_link_ends(
    guest, audience, session_of, journey, bob, nordlys, owner
):
    session = guest.session.session_key
    stream = audience.open(journey.pk, journey.version, cookie=session)
    member = audience.open(journey.pk, journey.version, cookie=session_of(bob))
    member.wait_for(lambda reader: "Guest: Gerda" in reader.text)
    stage = Stage.objects.filter(board=journey).first()
    create_comment(journey, target=stage, body="Do they?", by=owner)
    stream.wait_for_version(journey.version)
    assert bob.email not in stream.text

    sharing.revoke_link(guest.link, by=actor_in(bob, nordlys))

    stream.wait_for_end(seconds=10)
    assert stream.events[-1].name == "reload"
    assert not member.ended
    assert audience.open(journey.pk, journey.version, cookie=session).status == 404

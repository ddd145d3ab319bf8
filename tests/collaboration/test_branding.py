"""Logo and colour of a workspace."""

import pytest

from collaboration.branding import HOUSE_COLOUR, branding_of, change_branding, readable
from collaboration.pictures import NotAPicture
from teams.access import Forbidden
from tests.drawn import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_alice(acting, alice):
    return acting(alice)


def test_a_workspace_begins_with_our_colour_and_no_logo(nordlys):
    present = branding_of(nordlys)
    assert (present.colour, present.logo) == (HOUSE_COLOUR, "")


def test_an_owner_chooses_colour_and_logo_on_a_page(client_of, alice, nordlys):
    browser = client_of(alice)
    answer = browser.post("/workspaces/look/", {"colour": "#aa1177", "upload": picture_file()})
    assert answer.status_code == 302
    assert branding_of(nordlys).colour == "#aa1177"
    assert browser.get("/workspaces/logo/")["Content-Type"] in ("image/jpeg", "image/png")
    browser.post("/workspaces/look/", {"colour": "#aa1177", "without_logo": "on"})
    assert browser.get("/workspaces/logo/").status_code == 404


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "url(x)", "#123456;}", ""])
def test_what_is_no_colour_is_refused(colour, client_of, alice, nordlys):
    assert client_of(alice).post("/workspaces/look/", {"colour": colour}).status_code == 422
    assert branding_of(nordlys).colour == HOUSE_COLOUR


def test_what_is_no_picture_is_refused_and_the_rest_stays(nordlys, as_alice, tmp_path):
    fake = tmp_path / "logo.png"
    fake.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with fake.open("rb") as upload, pytest.raises(NotAPicture):
        change_branding(nordlys, colour="#112233", upload=upload, by=as_alice)
    assert branding_of(nordlys).colour == HOUSE_COLOUR


def test_only_owners_choose(nordlys, acting, bob):
    with pytest.raises(Forbidden):
        change_branding(nordlys, colour="#112233", by=acting(bob))


@pytest.mark.parametrize("colour", ["#ffffff", "#ffee00", "#7fd4ff", HOUSE_COLOUR, "#000000"])
def test_every_colour_is_made_readable_on_white(colour):
    dark = readable(colour)
    assert readable(dark) == dark
    if colour in (HOUSE_COLOUR, "#000000"):
        assert dark == colour

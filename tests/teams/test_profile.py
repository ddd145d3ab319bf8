"""My own page, and what follows from it everywhere: language and time zone."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import translation

from teams.access import public
from teams.models import User
from tests.teams.mail import words

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
GOOD = {"name": "Bob B.", "language": "da", "timezone": "America/New_York"}


@public
def here_and_now(request):
    template = engines["django"].from_string("{{ noon|date:'H:i' }}")
    return HttpResponse(f"{translation.get_language()} {template.render({'noon': NOON}, request)}")


urlpatterns = [path("now/", here_and_now)]
anywhere = pytest.mark.urls(__name__)


def test_profile_is_saved(client_of, bob):
    response = client_of(bob).post("/profile/", GOOD)
    assert response.status_code == 302
    bob.refresh_from_db()
    assert (bob.name, bob.language, bob.timezone) == ("Bob B.", "da", "America/New_York")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"language": "tlh"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
    ],
)
def test_wrong_value_comes_back_and_nothing_is_saved(wrong, client_of, bob):
    response = client_of(bob).post("/profile/", {**GOOD, **wrong})
    assert response.status_code == 422
    assert User.objects.get(pk=bob.pk).name == "Bob"


def test_case_60_profile_sets_no_other_field(client_of, bob):
    client_of(bob).post("/profile/", {**GOOD, "email": "x@example.com", "is_active": "", "id": "1"})
    bob.refresh_from_db()
    assert (bob.email, bob.is_active) == ("bob@nordlys.example", True)


def test_profile_is_for_people(client, db):
    assert client.get("/profile/")["Location"] == "/accounts/login/?next=/profile/"


@anywhere
@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [("da", "America/New_York", "da 08:00"), ("sv", "Europe/Stockholm", "sv 14:00")],
)
def test_language_and_zone_of_the_person_win(language, zone, shown, client_of, bob):
    User.objects.filter(pk=bob.pk).update(language=language, timezone=zone)
    response = client_of(bob).get("/now/", headers={"Accept-Language": "nl"})
    assert response.content.decode() == shown
    assert response["Content-Language"] == language


@anywhere
def test_zone_of_one_person_does_not_stay_for_the_next(client_of, bob, client):
    User.objects.filter(pk=bob.pk).update(timezone="America/New_York")
    client_of(bob).get("/now/")
    assert client.get("/now/").content == b"en 14:00"


@anywhere
def test_zone_that_no_longer_exists_falls_back(client_of, bob):
    User.objects.filter(pk=bob.pk).update(timezone="Europe/Atlantis")
    assert client_of(bob).get("/now/").content == b"en 14:00"


@anywhere
def test_browser_chooses_for_nobody_in_particular(client, db):
    assert client.get("/now/", headers={"Accept-Language": "nl"}).content == b"nl 14:00"


def test_language_picker_works_before_sign_in(client, db):
    client.post("/language/", {"language": "da", "next": "/accounts/login/"})
    assert client.get("/accounts/login/")["Content-Language"] == "da"


def test_page_names_the_choices(client_of, bob):
    page = words(client_of(bob).get("/profile/"))
    assert 'value="Europe/Copenhagen" selected' in page
    assert 'value="nl"' in page

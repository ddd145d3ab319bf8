"""New accounts, confirmed addresses, forgotten passwords."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail as post
from django.test import Client

from teams import emails
from teams.models import ApiToken, OutgoingMail, User
from teams.services import create_token
from tests.cast import PASSWORD
from tests.teams.mail import link_in_last_mail, words

SIGN_UP = "/accounts/signup/"
RESET = "/accounts/password/reset/"
NINA = {
    "name": "Nina Ny",
    "email": "Nina@Example.com",
    "password1": "a-bicycle-and-a-lake",
    "language": "da",
}


def test_sign_up_asks_for_name_and_language(client):
    response = client.post(SIGN_UP, NINA)
    assert (response.status_code, response["Location"]) == (302, "/accounts/confirm-email/")
    nina = User.objects.get()
    assert (nina.name, nina.email, nina.language) == ("Nina Ny", "nina@example.com", "da")
    assert "_auth_user_id" not in client.session


def test_address_is_confirmed_by_the_link_in_the_mail(client):
    client.post(SIGN_UP, NINA)
    link = link_in_last_mail("/accounts/confirm-email/")
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified
    client.post(link)
    assert EmailAddress.objects.get().verified
    response = client.post(
        "/accounts/login/", {"login": NINA["email"], "password": NINA["password1"]}
    )
    assert response["Location"] == "/"


def test_case_75_confirmation_link_works_once(client):
    client.post(SIGN_UP, NINA)
    link = link_in_last_mail("/accounts/confirm-email/")
    client.post(link)
    assert "This link no longer works" in words(Client().get(link))


@pytest.mark.parametrize("password", ["12345678", "password", "nina@example.com", "kort"])
def test_weak_password_is_refused(password, client):
    client.post(SIGN_UP, {**NINA, "password1": password})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nina\u202eyN", "NinayN"),
        ("Al\u200bice", "Alice"),
        ("  Nina \t Ny ", "Nina Ny"),
        ("<b>Nina</b>", "<b>Nina</b>"),
        ("Zoë 🦊", "Zoë 🦊"),
    ],
)
def test_case_70_name_is_kept_as_it_shows(typed, kept, client):
    client.post(SIGN_UP, {**NINA, "name": typed})
    assert User.objects.get().name == kept


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "x" * 10_000])
def test_case_70_name_without_letters_or_without_end_is_refused(name, client):
    client.post(SIGN_UP, {**NINA, "name": name})
    assert not User.objects.exists()


def test_case_60_sign_up_sets_no_other_field(client):
    client.post(SIGN_UP, {**NINA, "is_active": "0", "is_staff": "1", "timezone": "Mars", "id": "7"})
    nina = User.objects.get()
    assert (nina.is_active, nina.timezone) == (True, "Europe/Copenhagen")


def test_case_73_sign_up_says_the_same_for_a_known_address(client, bob):
    known = client.post(SIGN_UP, {**NINA, "email": bob.email})
    unknown = Client().post(SIGN_UP, NINA)
    assert known["Location"] == unknown["Location"]
    assert known.status_code == unknown.status_code
    assert User.objects.filter(email=bob.email).get().name == "Bob"
    told = OutgoingMail.objects.get(to=bob.email)
    assert "you have one already" in told.body


def test_case_73_reset_says_the_same_for_known_and_unknown(client, bob):
    known = client.post(RESET, {"email": bob.email})
    unknown = Client().post(RESET, {"email": "nobody@nordlys.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert OutgoingMail.objects.count() == 2


class SlowHash(PBKDF2PasswordHasher):
    """Slow enough to tell whether it ran, quick enough for a test."""

    iterations = 150_000


def fastest(address: str, fields: dict[str, str], emails: list[str]) -> float:
    """Seconds of the quickest of several posts, each for another address."""
    seconds = []
    for email in emails:
        data = {name: value or email for name, value in fields.items()}
        started = time.perf_counter()
        Client().post(address, data)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/accounts/login/", {"login": "", "password": "wrong password"}),
        (SIGN_UP, {**NINA, "email": ""}),
        (RESET, {"email": ""}),
    ],
)
def test_case_73_answers_take_the_same_time(address, fields, bob, settings):
    """What is skipped for an unknown address, or a known one, would show."""
    settings.PASSWORD_HASHERS = [f"{__name__}.SlowHash"]
    settings.ACCOUNT_RATE_LIMITS = False
    bob.set_password(PASSWORD)
    bob.save()
    known = fastest(address, fields, [bob.email] * 4)
    unknown = fastest(address, fields, [f"nobody{turn}@example.com" for turn in range(4)])
    assert 0.4 < known / unknown < 2.5


def test_new_password_by_mail(client, bob):
    client.post(RESET, {"email": bob.email})
    link = link_in_last_mail(f"{RESET}key/")
    page = client.get(link)
    assert link not in page["Location"]  # the secret leaves the address
    client.post(
        page["Location"], {"password1": "sailing-at-dawn-42", "password2": "sailing-at-dawn-42"}
    )
    bob.refresh_from_db()
    assert bob.check_password("sailing-at-dawn-42")


def reset_link(email: str) -> str:
    Client().post(RESET, {"email": email})
    return link_in_last_mail(f"{RESET}key/")


def opens(link: str) -> bool:
    return "no longer works" not in words(Client().get(link, follow=True))


def test_case_75_reset_link_works_once(bob):
    link = reset_link(bob.email)
    assert opens(link)
    browser = Client()
    form = browser.get(link)["Location"]
    browser.post(form, {"password1": "sailing-at-dawn-42", "password2": "sailing-at-dawn-42"})
    assert not opens(link)


def test_case_75_reset_link_dies_with_a_change_of_password(bob):
    link = reset_link(bob.email)
    bob.set_password("changed elsewhere")
    bob.save()
    assert not opens(link)


def test_case_75_reset_link_dies_with_a_change_of_address(bob):
    link = reset_link(bob.email)
    User.objects.filter(pk=bob.pk).update(email="robert@nordlys.example")
    EmailAddress.objects.filter(user=bob).update(email="robert@nordlys.example")
    assert not opens(link)


def test_case_75_reset_link_lives_four_hours(bob, settings):
    assert settings.PASSWORD_RESET_TIMEOUT == 4 * 60 * 60
    link = reset_link(bob.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not opens(link)


def test_case_75_forged_host_gives_no_foreign_link(client, bob, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(RESET, {"email": bob.email}, headers={"Host": "evil.example"})
    client.post(SIGN_UP, NINA, headers={"Host": "evil.example"})
    bodies = list(OutgoingMail.objects.values_list("body", flat=True))
    assert len(bodies) == 2
    assert not any("evil" in body for body in bodies)


def test_case_75_unknown_host_is_refused(client):
    assert client.get("/accounts/login/", headers={"Host": "evil.example"}).status_code == 400


def test_case_64_change_of_password_ends_tokens_and_other_sessions(client_of, bob):
    here, elsewhere = client_of(bob), client_of(bob)
    create_token(name="Report", by=bob)
    new = {"password1": "sailing-at-dawn-42", "password2": "sailing-at-dawn-42"}
    here.post("/accounts/login/", {"login": bob.email, "password": PASSWORD})
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    bob.refresh_from_db()
    assert bob.check_password("sailing-at-dawn-42")
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
    assert not ApiToken.objects.exists()


def test_closed_sign_up_says_so(client, settings):
    settings.SIGNUP_OPEN = False
    assert "By invitation only" in words(client.get(SIGN_UP))
    client.post(SIGN_UP, NINA)
    assert not User.objects.exists()


def test_mail_speaks_the_language_of_its_reader(bob):
    User.objects.filter(pk=bob.pk).update(language="nl")
    assert emails.language_of("BOB@nordlys.example") == "nl"


def test_nothing_is_sent_within_the_request(client, bob):
    client.post(RESET, {"email": bob.email})
    assert post.outbox == []
    assert OutgoingMail.objects.get().status == OutgoingMail.Status.WAITING


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        SIGN_UP,
        RESET,
        f"{RESET}done/",
        f"{RESET}key/done/",
        f"{RESET}key/1-set-password/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/nothing/",
        "/accounts/inactive/",
    ],
)
def test_page_is_ours(address, client):
    page = words(client.get(address))
    assert "Menu:" not in page  # allauth's own layout
    assert "<h1>" in page
    assert "None" not in page

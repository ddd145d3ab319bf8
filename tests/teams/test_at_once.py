"""What holds when two people act in the same moment, or when the broker is away."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from celery import current_app
from django.db import connections
from kombu.pools import reset

from teams import emails, services
from teams.access import actor_in
from teams.models import Invitation, Membership, OutgoingMail, Role
from tests.cast import member

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[object]:
    """What each act returned or raised, all begun at once, each on its own connection."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait()
            return act()
        except Exception as raised:  # noqa: BLE001 (the fault is the result)
            return raised
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, acts))


def test_case_61_two_owners_who_demote_each_other_leave_one(alice, nordlys):
    nora = member("nora@nordlys.example", nordlys, "owner")

    def demote(by, whom) -> Callable[[], None]:
        membership, actor = whom.memberships.get(), actor_in(by, nordlys)
        return lambda: services.change_role(membership, role=Role.VIEWER, by=actor)

    results = together(demote(alice, nora), demote(nora, alice))
    assert sorted(str(type(result).__name__) for result in results) == ["LastOwner", "NoneType"]
    assert Membership.objects.filter(role=Role.OWNER).count() == 1


def test_case_72_invitation_accepted_twice_at_once_opens_once(alice, nordlys, newcomer):
    invitation = services.invite_person(
        nordlys, email=newcomer.email, role=Role.EDITOR, by=actor_in(alice, nordlys)
    )
    accept = lambda: services.accept_invitation(  # noqa: E731
        Invitation.objects.get(pk=invitation.pk), by=newcomer
    )
    results = together(accept, accept)
    assert sorted(type(result).__name__ for result in results) == ["InvitationClosed", "Membership"]
    assert newcomer.memberships.count() == 1


def test_case_42_two_workers_send_one_mail(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    letter = emails.send_mail_later(to="nina@example.com", subject="Hello", body="…")
    together(*[lambda: emails.send(letter.pk)] * 4)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.fixture
def broker_away() -> Iterator[None]:
    """The broker's address, at which nobody listens."""
    address = current_app.conf.broker_url
    point_celery_at("redis://127.0.0.1:1/0")
    yield
    point_celery_at(address)


def point_celery_at(address: str) -> None:
    current_app.conf.broker_url = current_app.conf.broker_write_url = address
    current_app.conf.broker_read_url = address
    current_app._pool = current_app.amqp._producer_pool = None
    reset()


def test_case_33_mail_waits_while_the_broker_is_away(broker_away, client, bob):
    started = time.monotonic()
    response = client.post("/accounts/password/reset/", {"email": bob.email})
    assert response.status_code == 302
    assert time.monotonic() - started < 2
    assert [mail.status for mail in OutgoingMail.objects.all()] == [OutgoingMail.Status.WAITING]

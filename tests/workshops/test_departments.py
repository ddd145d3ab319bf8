"""Departments that a workshop needs, and the warning while one has nobody in it."""

import pytest

from collaboration.live import Viewer
from teams.models import Role
from workshops import services
from workshops.models import Workshop
from workshops.page import WorkshopPage
from workshops.page.regions import PARTICIPANTS
from workshops.selectors import departments_missing, departments_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def needing(full_workshop, as_bob) -> Workshop:
    """People of Sales, Customer service, Product and Marketing are in it."""
    fields = {"departments_needed": "sales,  Finance, Legal ,,Finance, Product"}
    services.change_workshop(full_workshop, fields=fields, by=as_bob)
    return Workshop.objects.get(pk=full_workshop.pk)


def missing(workshop):
    return departments_missing(workshop, departments_of(workshop))


def drawn(workshop):
    return WorkshopPage().draw(workshop, {PARTICIPANTS}, Viewer(Role.VIEWER, "en"))[PARTICIPANTS]


def test_departments_without_anybody_are_named(needing):
    assert missing(needing) == ["Finance", "Legal"]
    assert "Nobody is here yet from: Finance, Legal" in drawn(needing)


def test_the_warning_goes_when_somebody_comes(needing, as_bob):
    for name, department in (("Ida", "finance"), ("Kai", "LEGAL")):
        services.add_participant(needing, name=name, department=department, by=as_bob)

    assert missing(needing) == []
    assert "Nobody is here yet" not in drawn(needing)


def test_a_workshop_that_needs_nobody_in_particular_warns_of_nothing(full_workshop):
    assert missing(full_workshop) == []


def test_departments_are_chosen_with_title_and_date(client_of, bob, workshop):
    page = client_of(bob).get(f"/workshops/{workshop.pk}/edit/").content.decode()
    sent = {"title": "First session", "initial-title": "First session"}
    client_of(bob).post(
        f"/workshops/{workshop.pk}/edit/", {**sent, "departments_needed": "<b>Sales</b>"}
    )

    workshop.refresh_from_db()
    assert "departments_needed" in page
    assert workshop.departments_needed == "<b>Sales</b>"
    assert "<b>Sales" not in drawn(workshop)

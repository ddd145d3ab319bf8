"""Before a workshop and in it: an answer by a link, and a case that all see when it is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.drawn import picture_file
from workshops import inspiration, inviting, services
from workshops.invitation_mail import answer_path
from workshops.models import Workshop

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def workshop(transactional_db, nordlys, bob) -> Workshop:
    by = actor_in(bob, nordlys)
    journey = create_journey(nordlys, title="Buying", starter=STARTERS["seven-stages"], by=by)
    day = timezone.now() + timedelta(days=9)
    workshop = services.create_workshop(journey, title="Evenings", starts_at=day, by=by)
    services.add_participant(workshop, name="Mette", email="mette@x.example", by=by)
    services.add_contribution(workshop, text="The chat closes at four", by=by)
    inspiration.create_case(
        nordlys, title="Open until nine", done="Two people share the evening chat.",
        tags=["chat"], file=picture_file(), picture_alt="A lamp", by=by,
    )  # fmt: skip
    inspiration.create_case(nordlys, title="New brochures", done="Heavier paper.", by=by)
    return workshop


def test_a_case_is_found_for_a_problem_and_seen_by_all(page_of, workshop, bob, carol):
    facilitator, phone = page_of(bob), page_of(carol, viewport=PHONE)
    for page in (facilitator, phone):
        with page.expect_request(lambda request: "/live/" in request.url):
            page.goto(workshop.get_absolute_url())
    expect(phone.locator("#inspiration")).to_be_hidden()

    facilitator.locator("#find-inspiration").click()
    facilitator.locator("#inspiration-problem").select_option(label="The chat closes at four")
    expect(facilitator.locator(".inspiration-choice")).to_have_count(1)
    expect(facilitator.locator(".inspiration-because")).to_contain_text("chat")
    facilitator.locator(".inspiration-choice button[value=show]").click()

    shown = phone.locator("#shown-case")
    expect(shown).to_contain_text("Two people share the evening chat.")
    expect(shown.get_by_role("img", name="A lamp")).to_be_visible()
    assert shown.locator("img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    facilitator.locator("#put-away-case").click()
    expect(shown).to_have_count(0)


def test_the_facilitator_invites_and_sees_the_answer_come_in(page_of, workshop, bob):
    facilitator = page_of(bob)
    with facilitator.expect_request(lambda request: "/live/" in request.url):
        facilitator.goto(workshop.get_absolute_url())
    facilitator.locator("#mail-invitations-button").click()
    facilitator.get_by_role("button", name="Send the invitations").click()
    invited = facilitator.locator("#invited")
    expect(invited).to_contain_text("No answer yet")
    expect(facilitator.locator("#mail-invitations")).to_be_hidden()

    [invitation] = inviting.WorkshopInvitation.objects.filter(board=workshop.pk)
    guest = page_of(None, viewport=PHONE)
    guest.goto(answer_path(invitation))
    guest.get_by_role("button", name="Yes, I come").click()
    expect(guest.locator("main [role=status]")).to_contain_text("You are expected")
    expect(invited).to_contain_text("Comes")

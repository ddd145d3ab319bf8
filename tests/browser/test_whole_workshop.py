"""A whole workshop: a facilitator, two members and four guests on phones, from the first code to the
mailed summary and the follow-up."""

import email
import email.policy
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from journeys.models import Journey, Stage
from journeys.services import create_journey, record_emotion
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.cast import member
from tests.servers import DATA_DIR
from tests.waiting import until
from workshops.agenda_models import AgendaKind
from workshops.agendas import HALF_DAY

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}
GUESTS = [
    ("Freja", "Warehouse"),
    ("Åsa", "Support"),
    ("Joost", "Finance"),
    ("Mo", "Shop"),
]
PROBLEMS = [
    "Nobody says when the parcel comes",
    "The price is nowhere on the first page",
    "The invoice has another name than the order",
    "Three menus before a person answers",
    "Returns need a printer",
    "The label tears",
]
NOT_BEGUN = ""
UNTIL = [NOT_BEGUN, *(str(AgendaKind(step.kind).label) for step in HALF_DAY.steps)]
IN_THE_CELLAR = "Written in the cellar"


@pytest.fixture
def journey(transactional_db, nordlys, bob) -> Journey:
    by = actor_in(bob, nordlys)
    journey = create_journey(
        nordlys, title="Buying a lamp", starter=STARTERS["before-during-after"], by=by
    )
    for stage, score in zip(
        Stage.objects.filter(board=journey).order_by("position"), (1, -2, 2), strict=True
    ):
        record_emotion(stage, persona=None, score=score, by=by)
    return journey


def watch(page: Page, address: str) -> None:
    with page.expect_request(lambda request: "/live/" in request.url):
        page.goto(address)


def goes_on_to(facilitator: Page, activity: str) -> None:
    """Presses Next until this activity runs."""
    for title in UNTIL[UNTIL.index(reached(facilitator)) + 1 : UNTIL.index(activity) + 1]:
        facilitator.locator("#next-activity").click()
        runs(facilitator, title)


def reached(facilitator: Page) -> str:
    title = facilitator.locator("#workshop-now h2")
    return title.inner_text() if title.count() else NOT_BEGUN


def runs(page: Page, activity: str) -> None:
    expect(page.locator("#workshop-now h2")).to_have_text(activity)


def plans(facilitator: Page, journey: Journey) -> str:
    facilitator.goto("/workshops/new/")
    facilitator.get_by_label("Title").fill("Lamps, first morning")
    facilitator.get_by_label("Journey").select_option(label=journey.title)
    facilitator.get_by_label("Agenda").select_option("half-day")
    facilitator.get_by_role("button", name="Create workshop").click()
    facilitator.wait_for_url(re.compile(r"/workshops/\d+/$"))
    return re.sub(r"^https?://[^/]+", "", facilitator.url)


def opens_the_door(facilitator: Page) -> str:
    facilitator.locator("#invite-button").click()
    facilitator.locator("#set-door").click()
    shown = facilitator.locator(".invite-code")
    expect(shown).to_have_text(re.compile(r"^\w{3}\W?\w{3}$"))
    expect(facilitator.locator("#invite-body .qr")).to_be_visible()
    code = shown.inner_text()
    facilitator.locator("#invite").get_by_role("button", name="Close").click()
    return code


def joins(phone: Page, code: str, name: str, department: str) -> None:
    phone.goto("/join/")
    phone.get_by_label("Code of the workshop").fill(code.lower())
    phone.get_by_label("Code of the workshop").press("Enter")
    phone.get_by_label("Your name").fill(name)
    phone.get_by_label("Your department").fill(department)
    with phone.expect_request(lambda request: "/live/" in request.url):
        phone.get_by_role("button", name="Take part").click()


def writes(phone: Page, text: str) -> None:
    phone.locator("#mine-add-form textarea").fill(text)
    phone.locator("#mine-add-form button").click()
    expect(phone.locator(".mine-notes")).to_contain_text(text)


def proposes(phone: Page, problem: str, title: str) -> None:
    expect(phone.locator("#mine-propose-form")).to_be_visible()
    note = phone.locator("#contributions .contribution", has_text=problem)
    note.get_by_role("button", name="Propose a solution").click()
    form = phone.locator("form[data-region=add-proposal]")
    form.get_by_label("Title").fill(title)
    form.get_by_role("button", name="Save").click()
    made = phone.locator("#proposals .proposal", has_text=title)
    expect(made).to_contain_text(f"Solves: {problem}")


def votes(phone: Page, text: str) -> None:
    choice = phone.locator("#mine .choice", has_text=text)
    choice.get_by_role("button", name="One dot more").click()
    expect(choice.locator("output")).to_have_text("1")


def rates(phone: Page, title: str, feasibility: int, effect: int) -> None:
    opinion = phone.locator("#mine .opinion", has_text=title)
    for name, mark in (("feasibility", feasibility), ("effect", effect)):
        with phone.expect_response(lambda answer: "/rate/" in answer.url):
            opinion.locator(f"[name={name}][value='{mark}']").check(force=True)


def decides(facilitator: Page, title: str, owner: str, due: str) -> None:
    facilitator.locator("#add-action button").click()
    form = facilitator.locator("form[data-region=add-action]")
    form.get_by_label("Title").fill(title)
    form.get_by_label("Responsible").fill(owner)
    form.get_by_label("Due").fill(due)
    form.get_by_role("button", name="Save").click()
    expect(facilitator.locator("#decisions")).to_contain_text(title)


def mails_to(address: str) -> list[Any]:
    """What the test's mail server, a folder, holds for somebody."""
    found = []
    for path in Path(DATA_DIR, "mail").glob("*.log"):
        for text in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            message = email.message_from_bytes(text.lstrip(), policy=email.policy.default)
            if address in str(message["To"]):
                found.append(message)
    return found


@dataclass
class Room:
    facilitator: Page
    members: list[Page]
    guests: list[Page]

    @property
    def everybody(self) -> list[Page]:
        return [*self.members, *self.guests]


def test_a_workshop_from_the_code_to_the_mailed_summary_and_the_follow_up(
    page_of, journey, nordlys, bob, carol, celery_worker_process
):
    dora = member("dora@nordlys.example", nordlys, "commenter")
    facilitator = page_of(bob)
    address = plans(facilitator, journey)
    watch(facilitator, address)
    code = opens_the_door(facilitator)
    members = [page_of(one, viewport=PHONE) for one in (carol, dora)]
    for one in members:
        watch(one, address)
    guests = [page_of(viewport=PHONE) for _guest in GUESTS]
    for phone, (name, department) in zip(guests, GUESTS, strict=True):
        joins(phone, code, name, department)
    expect(facilitator.locator("#participants")).to_contain_text("Joost")
    room = Room(facilitator, members, guests)

    collect(room)
    group(room)
    vote(room)
    propose(room)
    rate(room)
    goes_on_to(facilitator, "Decide")
    decides(facilitator, "Message at departure for all orders", "Freja", "2027-03-01")
    goes_on_to(facilitator, "Close")

    follow_up = plans_the_follow_up(facilitator, address)
    pdf = makes_the_summary(facilitator, address)
    check_words(pdf)
    check_build(pdf)
    check_looks(pdf)
    sends_it(facilitator)
    check_mail(carol.email, pdf)
    check_mail(dora.email, pdf)

    watch(facilitator, follow_up)
    expect(facilitator.locator("main")).to_contain_text("Message at departure for all orders")
    expect(facilitator.locator("main")).to_contain_text(PROBLEMS[1])


# --- What happens in it --------------------------------------------------------------------
def collect(room: Room) -> None:
    """Everybody writes in silence; one has no connection for a while and loses nothing."""
    goes_on_to(room.facilitator, "Collect")
    for phone, text in zip(room.everybody, PROBLEMS, strict=True):
        runs(phone, "Collect")
        expect(phone.locator("#mine")).to_contain_text("Nobody reads this before")
        writes(phone, text)
    offline = room.guests[0]
    offline.context.set_offline(True)
    offline.locator("#mine-add-form textarea").fill(IN_THE_CELLAR)
    offline.locator("#mine-add-form button").click()
    expect(offline.locator("#mine-add-form textarea")).to_have_value(IN_THE_CELLAR)
    offline.context.set_offline(False)
    expect(offline.locator(".mine-notes")).to_contain_text(IN_THE_CELLAR)
    expect(room.facilitator.get_by_text(PROBLEMS[0])).to_have_count(0)
    room.facilitator.locator("#reveal").click()
    for phone in room.everybody:
        for text in (*PROBLEMS, IN_THE_CELLAR):
            expect(phone.locator("#contributions .contribution", has_text=text)).to_have_count(1)


def group(room: Room) -> None:
    one = room.guests[1]
    goes_on_to(room.facilitator, "Group")
    runs(one, "Group")
    label = one.locator("#contributions .contribution", has_text="label tears")
    label.locator("[id^=group-]").click()
    one.get_by_label("Name of the new group").fill("Parcels")
    one.locator("#choose-group").get_by_role("button", name="Save").click()
    expect(room.facilitator.locator("#clusters h3")).to_have_text("Parcels")


def vote(room: Room) -> None:
    goes_on_to(room.facilitator, "Vote")
    for phone in room.everybody:
        runs(phone, "Vote")
        expect(phone.locator("#mine")).to_contain_text("dots left")
        votes(phone, PROBLEMS[0])
    expect(room.facilitator.locator("#round")).to_contain_text("6 of 6 have answered")
    room.facilitator.get_by_role("button", name="Reveal the votes").click()
    expect(room.guests[0].locator(".votes-item").first).to_contain_text("6 dots")


def propose(room: Room) -> None:
    one, other = room.guests[2:]
    goes_on_to(room.facilitator, "Propose")
    runs(one, "Propose")
    proposes(one, PROBLEMS[0], "A message when the car leaves")
    for phone in (one, other):
        expect(phone.locator("#proposals .proposal")).to_have_count(1)
    proposes(other, PROBLEMS[3], "One number, one person")


def rate(room: Room) -> None:
    goes_on_to(room.facilitator, "Rate")
    for number, phone in enumerate(room.everybody):
        runs(phone, "Rate")
        rates(phone, "A message when the car leaves", 4, 5)
        rates(phone, "One number, one person", 1 if number % 2 else 5, 4)
    expect(room.facilitator.locator("#round")).to_contain_text("6 of 6 have answered")
    room.facilitator.get_by_role("button", name="Reveal the ratings").click()
    expect(room.guests[0].locator("#chart")).to_contain_text("One number, one person")
    room.facilitator.get_by_role("button", name="Freeze the result").click()


# --- Afterwards ----------------------------------------------------------------------------
def plans_the_follow_up(facilitator: Page, address: str) -> str:
    facilitator.locator("#decisions").get_by_role("link", name="Plan the follow-up").click()
    facilitator.get_by_label("Starts at").fill("2027-03-15T09:00")
    facilitator.get_by_role("button", name="Make the follow-up").click()
    facilitator.wait_for_url(re.compile(r"/workshops/\d+/$"))
    assert address not in facilitator.url
    return re.sub(r"^https?://[^/]+", "", facilitator.url)


def makes_the_summary(facilitator: Page, address: str) -> bytes:
    watch(facilitator, address)
    facilitator.get_by_role("button", name="Export summary").click()
    ready = facilitator.locator("#exports").get_by_role("link", name="Download").first
    expect(ready).to_be_visible(timeout=60_000)
    with facilitator.expect_download() as waiting:
        ready.click()
    return Path(waiting.value.path()).read_bytes()


def sends_it(facilitator: Page) -> None:
    facilitator.get_by_role("button", name=re.compile("Send to all")).click()
    dialog = facilitator.locator("#mail-summary")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog).to_contain_text("on its way to 2 people")


def check_words(content: bytes) -> None:
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    said = (*PROBLEMS, IN_THE_CELLAR, "A message when the car leaves", "One number, one person")
    decided = ("Message at departure for all orders", "Freja")
    people = (name for guest in GUESTS for name in guest)
    for words in (*said, *decided, *people, "Carol", "Dora"):
        assert words in text, words


def check_build(content: bytes) -> None:
    """Bookmarks, tags, and as many pages as such a workshop needs."""
    pdf = PdfReader(BytesIO(content))
    titles = [one.title for one in flat(pdf.outline)]
    assert {"At a glance", "How it goes on"} <= set(titles), titles
    catalogue: Any = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    assert 4 <= len(pdf.pages) <= 16


def check_looks(content: bytes) -> None:
    """Pictures are drawn, and no page is empty."""
    pages = list(pypdfium2.PdfDocument(content))
    kinds = {one.type for page in pages for one in page.get_objects(max_depth=4)}
    assert kinds & {pypdfium2.raw.FPDF_PAGEOBJ_PATH, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE}
    for number, page in enumerate(pages, 1):
        shades = page.render(scale=0.3).to_pil().convert("L").histogram()
        assert sum(shades[:200]) > 40, f"page {number} is empty"


def flat(outline: Any) -> list[Any]:
    return [each for one in outline for each in (flat(one) if isinstance(one, list) else [one])]


def check_mail(address: str, pdf: bytes) -> None:
    message = arrived(address)
    files = {part.get_content_type(): part for part in message.iter_attachments()}
    assert files["application/pdf"].get_content() == pdf
    event = Calendar.from_ical(files["text/calendar"].get_content()).walk("VEVENT")[0]
    assert event["DTSTART"].dt.isoformat().startswith("2027-03-15T")


def arrived(address: str) -> Any:
    return until(lambda: next((m for m in mails_to(address) if has_file(m)), None))


def has_file(message: Any) -> bool:
    return any(part.get_content_type() == "application/pdf" for part in message.walk())

"""The pages of an import, from the file to the undo."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from collaboration.importing import asking, working
from collaboration.importing.models import Import
from tests.imports import checked, read
from touchpoints.models import Touchpoint

pytestmark = pytest.mark.django_db
TABLE = "Stage;Touchpoint\nNotice;Asks a friend\nNowhere;B\n"


@pytest.fixture
def as_bob(acting, bob):
    return acting(bob)


def new(journey):
    return reverse("collaboration:import_new_on_board", args=[journey.pk, "touchpoints"])


def url(name, row):
    return reverse(f"collaboration:import{name and '_' + name}", args=[row.pk])


def upload(client, address, name="my table.csv"):
    return client.post(address, {"file": SimpleUploadedFile(name, TABLE.encode())})


def test_a_file_goes_its_way_from_page_to_page(client_of, bob, journey):
    browser = client_of(bob)
    assert browser.get(new(journey)).status_code == 200
    answer = upload(browser, new(journey))
    row = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("", row))
    assert 'hx-trigger="every 1s"' in browser.get(url("", row)).content.decode()
    working.work(row.pk)
    page = browser.get(url("", row)).content.decode()
    assert "my table.csv" in page
    assert '<option value="title" selected>' in page
    browser.post(url("columns", row), {"column-0": "stage", "column-1": "title"})
    working.work(row.pk)
    page = browser.get(url("", row)).content.decode()
    assert "There is no stage “Nowhere”." in page
    assert url("apply", row) not in page
    browser.post(
        url("columns", row), {"column-0": "stage", "column-1": "title", "option-stages": "create"}
    )
    working.work(row.pk)
    assert "Import 2 rows" in browser.get(url("state", row)).content.decode()
    browser.post(url("apply", row))
    working.work(row.pk)
    assert "2 rows were imported." in browser.get(url("", row)).content.decode()
    assert Touchpoint.objects.filter(board=journey.pk).count() == 2
    browser.post(url("undo", row))
    working.work(row.pk)
    assert "This import was taken back." in browser.get(url("", row)).content.decode()
    assert not Touchpoint.objects.filter(board=journey.pk).exists()
    assert "my table.csv" in browser.get(new(journey)).content.decode()


def test_a_refused_file_is_said_on_the_page_it_was_chosen_on(client_of, bob, journey):
    answer = upload(client_of(bob), new(journey), name="table.pdf")
    assert answer.status_code == 422
    assert "Take a table as CSV" in answer.content.decode()
    assert client_of(bob).post(new(journey), {}).status_code == 422
    assert not Import.objects.exists()


def test_what_cannot_be_done_now_is_said_and_changes_nothing(client_of, bob, journey, as_bob):
    row = checked("touchpoints", journey, TABLE, by=as_bob)
    answer = client_of(bob).post(url("apply", row))
    assert answer.status_code == 409
    assert "There are rows to put right first" in answer.content.decode()
    answer = client_of(bob).post(url("columns", row), {"column-0": "title", "column-1": "title"})
    assert answer.status_code == 409


def test_the_errors_are_taken_along_as_a_table(client_of, bob, journey, as_bob):
    row = checked("touchpoints", journey, TABLE, by=as_bob)
    answer = client_of(bob).get(url("errors", row))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["Row,Column,What is wrong", "3,Stage,There is no stage “Nowhere”."]


def test_a_file_is_thrown_away(client_of, bob, journey, as_bob):
    row = read("touchpoints", journey, TABLE, by=as_bob)
    answer = client_of(bob).post(url("discard", row))
    assert answer["Location"] == new(journey)
    assert not Import.objects.exists()


NAMES = ("", "state", "columns", "apply", "undo", "retry", "discard", "errors")


def test_case_56_an_import_is_its_own_persons_alone(
    client_of, alice, charlie, victor, bob, journey, as_bob
):
    row = read("touchpoints", journey, TABLE, by=as_bob)
    for person in (alice, charlie, victor):
        for name in NAMES:
            for method in ("get", "post"):
                answer = getattr(client_of(person), method)(url(name, row))
                assert answer.status_code in {404, 405}, (person, name)
    bob.memberships.update(role="commenter")
    assert client_of(bob).get(url("", row)).status_code == 403
    bob.memberships.all().delete()
    assert client_of(bob).get(url("", row)).status_code == 404


def test_a_map_in_the_trash_takes_no_import(client_of, bob, journey, as_bob):
    from journeys.services import delete_journey

    row = read("touchpoints", journey, TABLE, by=as_bob)
    delete_journey(journey, by=as_bob)
    assert client_of(bob).get(url("", row)).status_code == 404


@pytest.mark.parametrize("kind", ["touchpoints", "insights"])
@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_can_be_imported(
    kind, language, file_format, client_of, bob, journey, nordlys, as_bob
):
    browser = client_of(bob, HTTP_ACCEPT_LANGUAGE=language)
    answer = browser.get(reverse("collaboration:import_example", args=[kind, file_format]))
    assert answer.status_code == 200
    place = journey if kind == "touchpoints" else nordlys
    options = {"stages": "create", "channels": "create"} if kind == "touchpoints" else {"sources": "create"}  # fmt: skip
    row = checked(kind, place, answer.content, by=as_bob, **options)
    assert (row.findings["new"], row.findings["faults"]) == (2, [])


def test_the_buttons_are_where_editors_look(client_of, bob, victor, journey):
    inventory = reverse("touchpoints:inventory", args=[journey.pk])
    library = reverse("insights:library")
    for person, shown in ((bob, True), (victor, False)):
        assert (new(journey) in client_of(person).get(inventory).content.decode()) == shown
        there = reverse("collaboration:import_new", args=["insights"])
        assert (there in client_of(person).get(library).content.decode()) == shown


def test_an_import_into_the_library_is_one_row_however_many_members_there_are(
    client_of, alice, bob, carol, victor, nordlys, as_bob
):
    row = read("insights", nordlys, "text\nThey wait\n", by=as_bob)
    assert asking.imports_of(bob).get() == row
    assert client_of(bob).get(url("", row)).status_code == 200
    assert not asking.imports_of(alice).exists()

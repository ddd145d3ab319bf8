"""A table from a spreadsheet in a browser: its columns, a wrong row put right, and one undo."""

import re

import pytest
from playwright.sync_api import expect

from collaboration.importing.models import Import
from journeys.models import Journey
from teams.models import User
from touchpoints.models import Touchpoint
from workshops.demo.build import build_demo

TABLE = (
    "Fase;Kontaktpunkt;Kanal;Bruges;Betydning for kunden\r\n"
    "First interest;Spørger sin revisor;;Mainly;5\r\n"
    "First interest;Læser årsrapporten;;Sometimes;2\r\n"
    "Farvel;Får et brev på posten;;Mainly;3\r\n"
).encode("latin-1")


@pytest.fixture
def journey(page_of, celery_worker_process):
    build_demo()
    return Journey.objects.get(title="Buying business software", workspace__slug="demo")


def test_a_table_of_touchpoints_is_imported_put_right_and_taken_back_on_the_map(page_of, journey):
    page = page_of(User.objects.get(email="editor@demo.example"))
    page.goto(f"/journeys/{journey.pk}/touchpoints/")
    before = Touchpoint.objects.filter(board=journey.pk).count()
    page.get_by_role("link", name="Import", exact=True).click()
    file = {"name": "kontaktpunkter.csv", "mimeType": "text/csv", "buffer": TABLE}
    page.get_by_label("Drop a file here, or choose one").set_input_files(file)
    page.get_by_role("button", name="Read this file").click()

    expect(page.get_by_role("heading", name="What does each column mean?")).to_be_visible()
    expect(page.get_by_label("Fase", exact=True)).to_have_value("stage")
    expect(page.get_by_label("Kontaktpunkt", exact=True)).to_have_value("title")
    expect(page.get_by_label("Kanal", exact=True)).to_have_value("channel")
    page.get_by_label("Bruges", exact=True).select_option("Customers use it")
    page.get_by_label("Betydning for kunden", exact=True).select_option(
        "Importance to the customer"
    )
    page.get_by_role("button", name="Check the rows").press("Enter")

    expect(
        page.get_by_role("row", name=re.compile("^4 Fase There is no stage “Farvel”"))
    ).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Import "))).to_have_count(0)
    page.get_by_label("Stages that the map does not have").select_option(
        "Add them at the end of the map"
    )
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_text("3 rows were imported.")).to_be_visible()
    assert Touchpoint.objects.filter(board=journey.pk).count() == before + 3

    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Open the map").click()
    expect(page.get_by_text("Spørger sin revisor").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_text("Spørger sin revisor")).to_have_count(0)
    assert Touchpoint.objects.filter(board=journey.pk).count() == before
    assert Import.objects.filter(file_name="kontaktpunkter.csv").get().state == "done"

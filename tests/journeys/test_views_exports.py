"""The export dialog of a map, and the same through the API and the worker."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from collaboration import exporting
from collaboration.models import Export
from journeys.models import Lane, Stage
from teams.models import Membership
from teams.services import change_role
from tests.journeys.export_scenes import fill, sheets_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
USUAL = {"file_format": "pdf", "layout": "page", "width": "3200", "language": "en"}


@pytest.fixture
def full(journey, as_bob):
    return fill(journey, by=as_bob)


@pytest.fixture
def ask(client_of, bob, full):
    """Bob's answer to the dialog, and the export it made."""

    def post(**wanted):
        address = reverse("journeys:export", args=[full.pk])
        response = client_of(bob).post(address, USUAL | wanted, headers=HTMX)
        return response, Export.objects.order_by("pk").last()

    return post


def fetched(client, export):
    response = client.get(reverse("collaboration:export_file", args=[export.board_id, export.pk]))
    content = b"".join(response.streaming_content)
    response.close()
    return response.headers, content


def test_the_dialog_offers_formats_languages_stages_and_lanes(client_of, carol, full):
    page = client_of(carol).get(reverse("journeys:export", args=[full.pk])).text
    for words in ("PowerPoint slides", "Excel workbook", "Dansk", "Not active", "Opportunities"):
        assert words in page or words == "Dansk"
    assert page.count("checked") == 1 + 7 + Lane.objects.filter(board=full.pk).count()


def test_asking_queues_what_was_chosen_and_shows_its_progress(ask, full):
    stage = Stage.objects.filter(board=full.pk).order_by("position").first()
    response, export = ask(layout="tiles-A3", language="sv", stages=[stage.pk])
    assert (export.kind, export.format, export.language) == ("map", "pdf", "sv")
    assert export.options == {"layout": "tiles", "paper": "A3", "stages": [stage.pk]}
    assert 'hx-trigger="every 1s"' in response.text


def test_what_does_not_suit_the_format_is_left_out(ask):
    assert ask(file_format="xlsx", layout="tiles-A3", width="1600")[1].options == {}
    assert ask(file_format="png", layout="tiles-A3", width="1600")[1].options == {"width": 1600}


@pytest.mark.parametrize("wrong", [{"file_format": "doc"}, {"language": "xx"}, {"stages": ["0"]}])
def test_case_82_what_does_not_exist_is_422(wrong, ask):
    response, export = ask(**wrong)
    assert (response.status_code, export) == (422, None)


def test_case_59_a_viewer_is_refused(client_of, victor, full):
    address = reverse("journeys:export", args=[full.pk])
    assert client_of(victor).get(address).status_code == 403
    assert client_of(victor).post(address, USUAL).status_code == 403
    assert not Export.objects.exists()


def test_case_56_a_stranger_finds_nothing(client_of, charlie, full):
    assert client_of(charlie).get(reverse("journeys:export", args=[full.pk])).status_code == 404


def test_the_worker_makes_what_the_dialog_asked_for(ask, client_of, bob):
    _response, export = ask(language="da")
    exporting.make(export.pk)
    export.refresh_from_db()
    assert (export.status, export.error) == ("done", "")
    headers, content = fetched(client_of(bob), export)
    assert headers["Content-Type"] == "application/pdf"
    assert "Är det värt det?" in sheets_of(content)[0]


@pytest.mark.parametrize(
    ("file_format", "begins"), [("png", b"\x89PNG"), ("pptx", b"PK"), ("xlsx", b"PK")]
)
def test_case_91_each_format_has_its_type_and_a_good_name(
    file_format, begins, ask, client_of, bob, full, as_bob
):
    with full.editing(by=as_bob):
        full.title = 'Køb: "nu"\r\nSet-Cookie: x=1'[:120]
        full.save()
    _response, export = ask(file_format=file_format)
    exporting.make(export.pk)
    headers, content = fetched(client_of(bob), export)
    assert content.startswith(begins)
    assert headers["X-Content-Type-Options"] == "nosniff"
    said = unquote(headers["Content-Disposition"])
    assert "Køb nu Set-Cookie x=1 - Map" in said
    assert said.endswith((f".{file_format}", f'.{file_format}"'))
    assert "Set-Cookie" not in headers


def test_case_92_who_became_a_viewer_gets_no_file(ask, bob, as_alice):
    _response, export = ask()
    change_role(Membership.objects.get(user=bob), role="viewer", by=as_alice)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert (export.status, export.file.name) == ("cancelled", "")


def test_old_files_are_deleted_and_young_ones_kept(ask, settings):
    _response, old = ask()
    exporting.make(old.pk)
    old.refresh_from_db()
    _response, young = ask(file_format="xlsx")
    exporting.make(young.pk)
    long_ago = timezone.now() - timedelta(days=settings.EXPORT_DAYS + 1)
    Export.objects.filter(pk=old.pk).update(created_at=long_ago)
    exporting.purge_old()
    assert list(Export.objects.all()) == [young]
    assert not default_storage.exists(old.file.name)
    young.refresh_from_db()
    assert default_storage.exists(young.file.name)


def test_what_still_waits_is_not_purged(ask, settings):
    _response, export = ask()
    long_ago = timezone.now() - timedelta(days=settings.EXPORT_DAYS + 1)
    Export.objects.filter(pk=export.pk).update(created_at=long_ago)
    exporting.purge_old()
    assert Export.objects.get() == export

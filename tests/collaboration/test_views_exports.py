"""Exports over HTTP: ask, watch, fetch, retry; and whom the doors are closed to."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from collaboration.models import Export
from collaboration.views.exports import file_name
from workshops.services import create_workshop, delete_workshop

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
Status = Export.Status


@pytest.fixture
def workshop(journey, acting, bob):
    return create_workshop(journey, title="Trials", by=acting(bob))


@pytest.fixture
def done(workshop, bob):
    export = Export(board=workshop, requested_by=bob, kind="summary", language="en")
    export.file.save("x.pdf", ContentFile(b"%PDF-1.7 hello"), save=False)
    export.status = Status.DONE
    export.save()
    return export


def url(name, export):
    return reverse(f"collaboration:{name}", args=[export.board_id, export.pk])


@pytest.fixture
def fetch(client_of, bob, done):
    """Bob's file as (headers, bytes); the response is closed as a server does."""

    def get(query=""):
        response = client_of(bob).get(url("export_file", done) + query)
        content = b"".join(response.streaming_content)
        response.close()
        return response.headers, content

    return get


def test_asking_answers_with_the_panel_that_asks_on(client_of, bob, workshop):
    address = reverse("collaboration:create_export", args=[workshop.pk])
    response = client_of(bob).post(address, {"kind": "summary"}, headers=HTMX)
    export = Export.objects.get()
    assert f'hx-get="{url("export", export)}"' in response.text
    assert 'hx-trigger="every 1s"' in response.text


def test_without_script_asking_leads_back_to_the_board(client_of, bob, workshop):
    address = reverse("collaboration:create_export", args=[workshop.pk])
    assert client_of(bob).post(address, {"kind": "summary"}).url == workshop.get_absolute_url()


@pytest.mark.parametrize("kind", ["", "map", "nonsense", "x" * 4000, "\x00"])
def test_case_82_an_unknown_kind_is_404(kind, client_of, bob, workshop):
    address = reverse("collaboration:create_export", args=[workshop.pk])
    assert client_of(bob).post(address, {"kind": kind}).status_code == 404


def test_case_59_a_viewer_is_refused_everywhere(client_of, victor, workshop, done):
    client = client_of(victor)
    address = reverse("collaboration:create_export", args=[workshop.pk])
    assert client.post(address, {"kind": "summary"}).status_code == 403
    assert client.get(url("export_file", done)).status_code == 403
    assert Export.objects.count() == 1


@pytest.mark.parametrize("name", ["export", "export_file", "retry_export"])
@pytest.mark.parametrize("who", ["carol", "charlie"])
def test_case_56_anothers_export_does_not_exist(who, name, request, client_of, done):
    client = client_of(request.getfixturevalue(who))
    method = client.post if name == "retry_export" else client.get
    Export.objects.update(status=Status.FAILED)
    assert method(url(name, done)).status_code == 404


def test_what_is_ready_and_holds_nothing_private_is_for_all_who_may_take_files_out(
    client_of, carol, charlie, done
):
    assert b"".join(client_of(carol).get(url("export_file", done)).streaming_content)
    assert client_of(carol).post(url("retry_export", done)).status_code == 404
    assert client_of(charlie).get(url("export_file", done)).status_code == 404


def test_case_62_the_file_of_a_deleted_board_is_404(client_of, bob, acting, workshop, done):
    delete_workshop(workshop, by=acting(bob))
    assert client_of(bob).get(url("export_file", done)).status_code == 404


def test_case_33_the_page_says_that_the_queue_is_away_and_the_request_kept(client_of, bob, done):
    words = "Your request is kept"
    Export.objects.update(status=Status.QUEUED, sent_at=None)
    assert words not in client_of(bob).get(url("export", done)).text
    Export.objects.update(created_at=timezone.now() - timedelta(seconds=5))
    assert words in client_of(bob).get(url("export", done)).text
    Export.objects.update(sent_at=timezone.now())
    assert words not in client_of(bob).get(url("export", done)).text


def test_what_runs_shows_its_progress(client_of, bob, done):
    Export.objects.update(status=Status.RUNNING, progress=42)
    assert 'value="42"' in client_of(bob).get(url("export", done)).text


def test_what_is_done_shows_its_file_and_stops_asking(client_of, bob, done):
    html = client_of(bob).get(url("export", done)).text
    assert url("export_file", done) in html
    assert "hx-trigger" not in html


def test_what_failed_says_why_as_text_and_offers_another_try(client_of, bob, done):
    Export.objects.update(status=Status.FAILED, error="<b>Too long</b>")
    client = client_of(bob)
    html = client.get(url("export", done)).text
    assert "&lt;b&gt;Too long" in html
    assert "Try again" in html
    assert client.post(url("retry_export", done), headers=HTMX).status_code == 200
    assert Export.objects.get().status == Status.QUEUED


def test_an_unfinished_file_is_404(client_of, bob, done):
    Export.objects.update(status=Status.RUNNING)
    assert client_of(bob).get(url("export_file", done)).status_code == 404


def test_a_lost_file_is_404_and_no_error(client_of, bob, done):
    done.file.storage.delete(done.file.name)
    assert client_of(bob).get(url("export_file", done)).status_code == 404


def test_the_file_opens_in_place(fetch):
    headers, content = fetch()
    assert content == b"%PDF-1.7 hello"
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"] == 'inline; filename="Trials - Summary.pdf"'
    assert "object-src 'self';" in headers["Content-Security-Policy"] + ";"


def test_the_file_can_be_kept(fetch):
    headers, _content = fetch("?download")
    assert headers["Content-Disposition"] == 'attachment; filename="Trials - Summary.pdf"'


@pytest.mark.parametrize(
    ("title", "header"),
    [
        (
            "Prøver på Ærø",
            "inline; filename*=utf-8''Pr%C3%B8ver%20p%C3%A5%20%C3%86r%C3%B8%20-%20Summary.pdf",
        ),
        ('A "quoted" name', 'inline; filename="A quoted name - Summary.pdf"'),
        ("Line\r\nSet-Cookie: a=b", 'inline; filename="Line Set-Cookie a=b - Summary.pdf"'),
        ("../../etc/passwd", 'inline; filename="....etcpasswd - Summary.pdf"'),
        ("\u202egnp.exe", 'inline; filename="gnp.exe - Summary.pdf"'),
    ],
)
def test_case_91_a_title_is_no_way_into_the_header(title, header, fetch, bob, acting, workshop):
    with workshop.editing(by=acting(bob)):
        workshop.title = title
        workshop.save()
    headers, _content = fetch()
    assert headers["Content-Disposition"] == header
    assert "Set-Cookie" not in headers


def test_the_name_of_a_file_is_in_its_own_language(workshop, done):
    done.board.title = "Prøver"
    assert file_name(done).startswith("Prøver - ")

"""What changed since a day or a saved version, as a document."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from collaboration.exporting import ExportFailed
from collaboration.models import Export
from collaboration.snapshots import save_snapshot
from journeys import services
from journeys.changes_document import changes_html, render_changes
from journeys.models import Journey


@pytest.fixture
def before(journey, note, as_bob):
    return save_snapshot(journey, label="Before the workshop", by=as_bob)


@pytest.fixture
def options(journey, stages, thinks, before, as_bob):
    services.create_note(stage=stages[1], lane=thinks, text="Is <it> dear?", by=as_bob)
    services.record_emotion(stages[0], persona=None, score=-2, by=as_bob)
    return {"since": f"snapshot:{before.pk}"}


def test_case_91_the_document_is_tagged_and_says_what_changed(journey, options, as_bob):
    board = Journey.objects.get(pk=journey.pk)
    reader = PdfReader(BytesIO(render_changes(board, as_bob, lambda _: None, options)))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Is <it> dear?" in said
    assert "Since Before the workshop" in said
    assert "Very bad" in said
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    titles = [one.title for one in _flat(reader.outline)]
    assert {"Not active", "Trigger"} <= set(titles)


def _flat(outline):
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def test_what_is_not_there_any_more_fails_in_words(journey, bob):
    for odd in ({}, {"since": "snapshot:999999"}, {"since": 7}):
        with pytest.raises(ExportFailed):
            changes_html(journey, bob, odd)


def test_a_document_is_asked_for_by_those_who_may(client_of, bob, carol, victor, journey, options):
    address = reverse("journeys:changes_export", args=[journey.pk])
    answers = [client_of(who).post(address, options).status_code for who in (bob, carol, victor)]
    assert answers == [302, 302, 403]
    assert client_of(bob).post(address, {"since": "odd"}).status_code == 409
    exports = Export.objects.order_by("pk").values_list("requested_by__name", "kind", "options")
    assert list(exports) == [("Bob", "changes", options), ("Carol", "changes", options)]
    page = reverse("journeys:changes_since", args=[journey.pk], query=options)
    assert (
        f'id="export-{Export.objects.get(requested_by=bob).pk}"'
        in client_of(bob).get(page).content.decode()
    )
    assert "export-" not in client_of(victor).get(page).content.decode()

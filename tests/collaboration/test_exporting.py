"""Exports: the row is the truth, the task a hint; cases 33 to 38 without the faults."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from collaboration import exporting
from collaboration.exporting import ExportFailed, exports_of, request_export, retry_export
from collaboration.models import Export
from teams.access import Forbidden
from teams.models import Membership
from teams.services import change_role, remove_member
from workshops.services import create_workshop, delete_workshop

Status = Export.Status


@pytest.fixture
def as_bob(acting, bob):
    return acting(bob)


@pytest.fixture
def workshop(journey, as_bob):
    return create_workshop(journey, title="Trials", by=as_bob)


@pytest.fixture
def export(db, workshop, as_bob):
    return request_export(workshop, kind="summary", language="da", by=as_bob)


@pytest.fixture
def renders(monkeypatch):
    """`renders(function)`: what makes a summary in this test."""

    def use(render):
        monkeypatch.setitem(exporting._renderers, ("workshop", "summary", "pdf"), render)

    return use


def content_of(export):
    with export.file.open() as file:
        return file.read()


def now(export):
    return Export.objects.get(pk=export.pk)


# --- Asking --------------------------------------------------------------------------------
def test_an_export_is_queued_with_the_request(export, bob):
    assert (export.status, export.requested_by, export.language) == (Status.QUEUED, bob, "da")


def test_case_38_an_enqueue_that_is_rolled_back_leaves_nothing(
    db, workshop, as_bob, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as sent, transaction.atomic():
        request_export(workshop, kind="summary", language="en", by=as_bob)
        transaction.set_rollback(True)
    assert sent == []
    assert not Export.objects.exists()


def test_the_same_wish_twice_is_one_export(export, workshop, as_bob):
    again = request_export(workshop, kind="summary", language="da", by=as_bob)
    assert again.pk == export.pk


def test_case_59_a_viewer_exports_nothing(db, workshop, acting, victor):
    with pytest.raises(Forbidden):
        request_export(workshop, kind="summary", language="en", by=acting(victor))


def test_a_board_without_such_an_export_says_so(db, journey, as_bob):
    with pytest.raises(exporting.CannotExport):
        request_export(journey, kind="summary", language="en", by=as_bob)


def test_nobody_sees_anothers_exports(export, workshop, carol):
    assert not exports_of(workshop, carol).exists()


# --- Making --------------------------------------------------------------------------------
def test_a_worker_makes_the_file_and_tells_how_far_it_is(export, renders):
    seen = []

    def render(board, actor, report, options):
        report(40)
        seen.append((board.title, actor.name, now(export).progress, now(export).status))
        return b"%PDF-"

    renders(render)
    exporting.make(export.pk)
    done = now(export)
    assert seen == [("Trials", "Bob", 40, Status.RUNNING)]
    assert (done.status, done.progress, content_of(done)) == (Status.DONE, 100, b"%PDF-")


def test_case_36_a_second_copy_sees_the_claim_and_stops(export, renders):
    made = []

    def render(board, actor, report, options):
        exporting.make(export.pk)
        made.append(board)
        return b"%PDF-"

    renders(render)
    exporting.make(export.pk)
    exporting.make(export.pk)
    assert len(made) == 1


def test_a_copy_that_lost_its_claim_leaves_no_file(export, renders):
    def render(board, actor, report, options):
        Export.objects.filter(pk=export.pk).update(attempts=2)
        return b"%PDF-"

    renders(render)
    before = files()
    exporting.make(export.pk)
    assert (now(export).file.name, files()) == ("", before)


def files():
    return (
        set(default_storage.listdir("exports")[1]) if default_storage.exists("exports") else set()
    )


@pytest.mark.parametrize("loss", ["member", "role", "board", "account"])
def test_case_37_who_lost_access_gets_no_file(loss, export, workshop, bob, acting, alice, renders):
    renders(lambda *_: pytest.fail("it was rendered"))
    membership = Membership.objects.get(user=bob)
    if loss == "member":
        remove_member(membership, by=acting(alice))
    elif loss == "role":
        change_role(membership, role="viewer", by=acting(alice))
    elif loss == "board":
        delete_workshop(workshop, by=acting(alice))
    else:
        bob.is_active = False
        bob.save()
    exporting.make(export.pk)
    cancelled = now(export)
    assert (cancelled.status, cancelled.file.name) == (Status.CANCELLED, "")
    assert cancelled.error


def test_case_37_a_task_of_a_row_that_is_gone_does_nothing(db):
    exporting.make(123456789)


def test_case_92_the_file_is_made_with_the_requesters_rights_at_that_time(
    export, bob, acting, alice, renders
):
    roles = []
    renders(lambda _board, actor, *_: roles.append(actor.role) or b"%PDF-")
    change_role(Membership.objects.get(user=bob), role="commenter", by=acting(alice))
    exporting.make(export.pk)
    assert roles == ["commenter"]


def test_a_failure_says_why_in_the_readers_language_and_can_be_retried(export, as_bob, renders):
    def render(*_):
        raise ExportFailed("Too long")

    renders(render)
    exporting.make(export.pk)
    assert (now(export).status, now(export).error) == (Status.FAILED, "Too long")
    again = retry_export(now(export), by=as_bob)
    assert (again.status, again.error, again.attempts) == (Status.QUEUED, "", 0)
    renders(lambda *_: b"%PDF-")
    exporting.make(export.pk)
    assert now(export).status == Status.DONE


def test_case_39_what_goes_wrong_again_and_again_is_given_up_with_words(export, renders):
    def render(*_):
        raise RuntimeError("no paper")

    renders(render)
    statuses = []
    for _ in range(exporting.MOST_ATTEMPTS):
        exporting.make(export.pk)
        statuses.append(now(export).status)
    assert statuses == [Status.QUEUED, Status.QUEUED, Status.FAILED]
    assert now(export).error
    assert "paper" not in now(export).error


def test_a_finished_export_is_not_retried(export, as_bob, renders):
    renders(lambda *_: b"%PDF-")
    exporting.make(export.pk)
    assert retry_export(now(export), by=as_bob).status == Status.DONE


# --- The sweep -----------------------------------------------------------------------------
@pytest.fixture
def sent(monkeypatch):
    numbers = []
    monkeypatch.setattr(exporting, "_send", numbers.append)
    return numbers


def test_case_35_what_was_never_sent_is_sent(export, sent):
    exporting.resend_waiting()
    assert sent == [export.pk]


def test_case_35_what_was_sent_long_ago_and_still_waits_is_sent_again(export, sent):
    Export.objects.update(sent_at=timezone.now())
    exporting.resend_waiting()
    assert sent == []
    Export.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    exporting.resend_waiting()
    assert sent == [export.pk]


@pytest.mark.parametrize(
    ("attempts", "status"), [(1, Status.QUEUED), (exporting.MOST_ATTEMPTS, Status.FAILED)]
)
def test_what_a_vanished_worker_had_is_taken_back(attempts, status, export, sent):
    long_ago = timezone.now() - timedelta(hours=1)
    Export.objects.update(status=Status.RUNNING, started_at=long_ago, attempts=attempts)
    exporting.resend_waiting()
    assert now(export).status == status
    assert sent == ([export.pk] if status == Status.QUEUED else [])


def test_what_runs_is_left_alone(export, sent):
    Export.objects.update(status=Status.RUNNING, started_at=timezone.now(), attempts=1)
    exporting.resend_waiting()
    assert (now(export).status, sent) == (Status.RUNNING, [])

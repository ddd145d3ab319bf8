"""Case 5: the same POST sent twice is one row and the same answer."""

import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.http import JsonResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from rest_framework.response import Response

from collaboration.idempotency import answered_once, purge_old
from collaboration.kept_answers import IdempotentAnswer
from collaboration.models import Board, Comment
from collaboration.undo import UndoConflict
from tests.collaboration.scenes import threads


@pytest.fixture
def send(client_of, journey, stage, carol):
    """`send(key, body)`: Carol's comment on the stage, with the key in the header."""

    def send(key, body="Once", user=carol, **fields):
        address = reverse("collaboration:comment_create", args=[journey.pk])
        data = {"type": "stage", "id": stage.pk, "body": body, **fields}
        return client_of(user).post(address, data, headers={"Idempotency-Key": key} if key else {})

    return send


def test_case_5_second_request_with_a_key_gets_the_first_answer(send, journey):
    first, second = send("k1"), send("k1")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first["Board-Version"] == second["Board-Version"] == "2"
    assert [comment.body for comment in Comment.objects.all()] == ["Once"]
    assert Board.objects.get(pk=journey.pk).version == 2


def test_what_was_typed_after_a_lost_answer_is_written_as_well(send):
    send("k1")
    more = send("k1", "Once, and a second thought")
    again = send("k1", "Once, and a second thought")
    assert (more.status_code, more.content) == (again.status_code, again.content)
    bodies = Comment.objects.order_by("pk").values_list("body", flat=True)
    assert list(bodies) == ["Once", "Once, and a second thought"]


def test_case_5_key_may_stand_in_the_form(send):
    for _ in range(2):
        assert send(None, idempotency_key="from-the-form").status_code == 200
    assert Comment.objects.count() == 1


def test_without_a_key_two_requests_are_two(send):
    send(None)
    send(None)
    send("k1")
    send("k2")
    assert Comment.objects.count() == 4


def test_keys_of_two_people_do_not_meet(send, bob):
    assert send("k1").content != send("k1", "Bob's", user=bob).content
    assert Comment.objects.count() == 2


def test_key_of_another_request_is_refused(send, journey, client_of, carol):
    send("k1")
    comment = Comment.objects.get()
    address = reverse("collaboration:comment_resolve", args=[journey.pk, comment.pk])
    again = client_of(carol).post(address, headers={"Idempotency-Key": "k1"})
    assert again.status_code == 422
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_after_a_failure_the_key_may_be_tried_again(send):
    assert send("k1", "").status_code == 422
    assert not IdempotentAnswer.objects.exists()
    assert send("k1", "Now with words").status_code == 200
    assert Comment.objects.count() == 1


def test_answer_is_not_given_to_somebody_who_lost_access(send, carol):
    assert send("k1").status_code == 200
    carol.memberships.all().delete()
    assert send("k1").status_code == 404


def test_answers_are_kept_for_a_day(send):
    send("k1")
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    send("k1")
    assert Comment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_case_5_two_at_once_make_one_row(send):
    answers = []

    def double_click():
        answers.append(send("k1"))

    with threads(double_click, double_click, double_click):
        pass
    assert Comment.objects.count() == 1
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1


@pytest.mark.django_db(transaction=True)
def test_case_8_worker_killed_between_commit_and_answer_does_not_duplicate(
    send, journey, stage, carol, process_environment
):
    address = reverse("collaboration:comment_create", args=[journey.pk])
    cut_off = [sys.executable, "-m", "tests.collaboration.cut_off"]
    words = [str(carol.pk), address, str(stage.pk), "k1"]
    ended = subprocess.run([*cut_off, *words], env=process_environment, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert Comment.objects.count() == 1
    again = send("k1")
    assert again.status_code == 200
    assert "Once" in again.content.decode()
    assert Comment.objects.count() == 1


# --- Any view, the API's methods too -----------------------------------------------------------
@pytest.fixture
def request_with_key(bob):
    request = RequestFactory().post("/api/v1/notes/", headers={"Idempotency-Key": "k1"})
    request.user = bob
    return request


@pytest.mark.parametrize("answer", [Response, JsonResponse])
def test_answers_of_the_api_are_kept_as_json(request_with_key, answer):
    calls = []

    @answered_once
    def create(request):
        calls.append(request)
        return answer({"id": 7}, status=201, headers={"Location": "/api/v1/notes/7/"})

    create(request_with_key)
    second = create(request_with_key)
    assert (second.status_code, second["Location"]) == (201, "/api/v1/notes/7/")
    assert second.content.replace(b" ", b"") == b'{"id":7}'
    assert len(calls) == 1


def test_refused_work_keeps_no_answer(request_with_key):
    @answered_once
    def refuse(_request):
        raise UndoConflict("no")

    for _ in range(2):
        with pytest.raises(UndoConflict):
            refuse(request_with_key)
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 101])
def test_empty_and_endless_keys_are_none(bob, key):
    request = RequestFactory().post("/", headers={"Idempotency-Key": key})
    request.user = bob
    assert answered_once(lambda _request: Response())(request).status_code == 200
    assert not IdempotentAnswer.objects.exists()


def test_old_answers_are_purged_whoever_they_belong_to(send, bob, carol):
    send("old")
    send("old of bob", user=bob)
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    send("new", body="New", user=bob)
    assert purge_old() >= 1
    assert list(IdempotentAnswer.objects.values_list("key", flat=True)) == ["new"]

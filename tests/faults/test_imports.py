"""A worker that is killed in the middle of an import; half a table is never there."""

import signal
import subprocess
import sys

import pytest

from collaboration.importing import asking, sending, working
from collaboration.importing.models import Import
from insights.models import Insight
from teams.access import actor_in
from tests.imports import checked, now
from tests.processes import wait_until

KILLED = """
import os, signal, sys
import django
django.setup()
from collaboration.importing import working
from insights import importing
importing._give_personas = lambda drafts: os.kill(os.getpid(), signal.SIGKILL)
working.work(int(sys.argv[1]))
"""


@pytest.fixture
def by_bob(bob, nordlys):
    return actor_in(bob, nordlys)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_writes_leaves_nothing_and_another_does_it_once(
    nordlys, by_bob, process_environment, monkeypatch
):
    # The worker of an earlier test may still live, and is not to be quicker than the one here.
    monkeypatch.setattr(sending, "_send", lambda import_id: None)
    content = "text\n" + "".join(f"Insight number {n}\n" for n in range(600))
    row = checked("insights", nordlys, content, by=by_bob)
    asking.approve(row, by=by_bob)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(row.pk)], env=process_environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert Insight.objects.count() == 0
    assert (now(row).state, now(row).working) == ("applying", True)
    Import.objects.filter(pk=row.pk).update(started_at="2026-01-01T00:00:00Z")
    sending.resend_waiting()
    working.work(row.pk)
    working.work(row.pk)
    assert (now(row).state, Insight.objects.count()) == ("done", 600)


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_reads_checks_and_imports(nordlys, by_bob, celery_worker_process):
    from tests.imports import uploaded

    row = uploaded("insights", nordlys, "text\nThey wait\n", by=by_bob)
    wait_until(lambda: now(row).state == "read", celery_worker_process)
    asking.choose(now(row), mapping=["text"], options={}, by=by_bob)
    wait_until(lambda: now(row).state == "checked", celery_worker_process)
    asking.approve(now(row), by=by_bob)
    wait_until(lambda: now(row).state == "done", celery_worker_process)
    assert Insight.objects.get().text == "They wait"

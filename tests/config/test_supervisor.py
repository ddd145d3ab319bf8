"""Processes come back when they die, and none stays behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.supervisor import LONGEST_PAUSE_SECONDS, Child, Supervisor
from tests import waiting
from tests.config.test_embedded import is_alive

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = """
import signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print(child.pid, flush=True)
child.wait()
"""
STUBBORN_WITH_CHILD = [sys.executable, "-c", STUBBORN]
RUNNER = """
import os, sys, time
from pathlib import Path
from config.supervisor import Child, Supervisor
child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(600)"])
Supervisor([child], os.environ, Path(sys.argv[1])).start()
print(child.process.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def supervise(tmp_path) -> Iterator[Callable[..., Supervisor]]:
    started: list[Supervisor] = []

    def start(*commands: list[str]) -> Supervisor:
        children = [Child(f"child{number}", one) for number, one in enumerate(commands)]
        started.append(Supervisor(children, os.environ, tmp_path / "logs"))
        started[-1].start()
        return started[-1]

    yield start
    for supervisor in started:
        supervisor.stop(patience_seconds=0)


def until(condition: Callable[[], object], supervisor: Supervisor | None = None) -> None:
    waiting.until(condition, meanwhile=supervisor and supervisor.restart_dead)


def test_killed_process_is_started_again(supervise, capsys):
    supervisor = supervise(SLEEPER, SLEEPER)
    first, other = supervisor.children
    killed, untouched = first.process.pid, other.process.pid
    os.kill(killed, signal.SIGKILL)
    until(lambda: first.process.pid != killed, supervisor)
    assert first.is_running
    assert other.process.pid == untouched
    assert "child0 ended (-9) and is started again in 1 s" in capsys.readouterr().err


def test_last_words_of_a_process_are_shown(supervise, capsys):
    supervisor = supervise([sys.executable, "-c", "print('no such port'); raise SystemExit(3)"])
    until(lambda: supervisor.dead, supervisor)
    said = capsys.readouterr().err
    assert "child0 ended (3)" in said
    assert said.endswith("no such port\n")


def test_process_that_always_dies_is_started_less_and_less_often():
    child = Child("short-lived", SLEEPER)
    pauses = []
    for _ in range(8):
        child.started_at = time.monotonic()
        child.plan_next_start()
        pauses.append(round(child.start_again_at - time.monotonic()))
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]
    child.started_at = time.monotonic() - 2 * LONGEST_PAUSE_SECONDS - 1
    child.plan_next_start()
    assert round(child.start_again_at - time.monotonic()) == 1


def test_stop_ends_whole_groups_and_also_those_that_do_not_listen(supervise):
    supervisor = supervise(SLEEPER, STUBBORN_WITH_CHILD)
    log = supervisor.log_of(supervisor.child("child1"))
    until(lambda: log.read_text().endswith("\n"))
    pids = [int(log.read_text()), *[child.process.pid for child in supervisor.children]]
    supervisor.stop(patience_seconds=0.2)
    until(lambda: not any(map(is_alive, pids)))


def test_rest_of_a_killed_group_does_not_live_beside_its_successor(supervise):
    supervisor = supervise(STUBBORN_WITH_CHILD)
    log = supervisor.log_of(supervisor.child("child0"))
    until(lambda: log.read_text().endswith("\n"))
    grandchild = int(log.read_text())
    supervisor.child("child0").process.kill()
    until(lambda: not is_alive(grandchild), supervisor)


def test_processes_die_with_a_runner_that_is_killed(tmp_path):
    command = [sys.executable, "-c", RUNNER, str(tmp_path)]
    runner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    pid = int(runner.stdout.readline())
    assert is_alive(pid)
    runner.kill()
    runner.communicate()
    until(lambda: not is_alive(pid))


def test_log_that_has_grown_large_is_put_aside(supervise, tmp_path, monkeypatch):
    monkeypatch.setattr("config.supervisor.LARGEST_LOG_BYTES", 10)
    log = Path(tmp_path / "logs/child0.log")
    log.parent.mkdir()
    log.write_text("many old lines")
    supervise(SLEEPER)
    assert log.read_text() == ""
    assert log.with_suffix(".old.log").read_text() == "many old lines"

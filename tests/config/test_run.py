"""`make run`: from nothing to a page, over deaths and restarts, to nothing left behind."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded.redis import free_port
from tests.waiting import until


class Run:
    """One `python -m config.run` and what it says."""

    def __init__(self, data_dir: Path, **variables: str) -> None:
        ours = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "MEDIA_ROOT"}
        ours |= {"SECRET_KEY", "DEMO", "STATIC_ROOT"}
        inherited = {name: value for name, value in os.environ.items() if name not in ours}
        self.port = free_port()
        self.data_dir = data_dir
        self.said = data_dir.with_name("said")
        places = {"DATA_DIR": str(data_dir), "PORT": str(self.port), "DEMO": "0"}
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                env=inherited | places | variables,
                stdout=output,
                stderr=output,
            )

    def waits_for_visitors(self) -> bool:
        assert self.process.poll() is None, self.said.read_text()
        return "Waymark answers at" in self.said.read_text()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=20) as answer:
            return answer.read().decode()

    def processes(self) -> set[int]:
        """Everything on the machine that was started for this data folder."""
        return {pid for pid, words in command_lines() if str(self.data_dir) in words}

    def worker(self) -> int | None:
        children = {pid: words for pid, words in command_lines() if parent(pid) == self.process.pid}
        workers = (pid for pid, words in children.items() if "celery -A config worker" in words)
        return next(workers, None)


def command_lines() -> Iterator[tuple[int, str]]:
    """Of every process its arguments and its environment."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        yield int(folder.name), arguments.replace(b"\0", b" ").decode(errors="replace")


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except FileNotFoundError:
        return 0


@pytest.fixture
def run() -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        Path(folder).chmod(0o711)

        def start(**variables: str) -> Run:
            runs.append(Run(Path(folder) / "data", **variables))
            until(runs[-1].waits_for_visitors, seconds=600)
            return runs[-1]

        yield start
        for one in runs:
            one.process.kill()
            one.process.wait()
            until(lambda one=one: not one.processes())


def test_whole_life_of_make_run(run):
    first = run()
    assert '"worker": "ok"' in first.get("/readyz")
    assert "stylesheet" in first.get("/accounts/login/")

    worker = first.worker()
    os.kill(worker, signal.SIGKILL)
    until(lambda: "worker ended (-9)" in first.said.read_text())
    until(lambda: first.worker() not in {None, worker})

    secret = (first.data_dir / "secret-key").read_text()
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(timeout=60) == 0
    assert first.processes() == set()
    assert not (first.data_dir / "environment").exists()

    second = run()
    assert (second.data_dir / "secret-key").read_text() == secret
    second.process.kill()
    second.process.wait()
    until(lambda: not second.processes())

    third = run()
    assert '"database": "ok"' in third.get("/readyz")
    third.process.send_signal(signal.SIGTERM)
    assert third.process.wait(timeout=60) == 0
    assert third.processes() == set()


def test_port_in_use_is_said_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "-m", "config.run"],
            env=os.environ | {"DATA_DIR": str(tmp_path), "PORT": str(port)},
            capture_output=True,
            text=True,
        )
    assert result.returncode == 1
    assert "is taken. Choose another one: make run PORT=" in result.stderr
    assert list(tmp_path.iterdir()) == []

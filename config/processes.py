"""The command of each process: the same on a laptop, in docker-compose.yml and in the tests.

`python -m config.processes web|live|worker|beat` becomes that process, on a network port.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from config.supervisor import Child


@dataclass(frozen=True)
class Site:
    """Web and live on private sockets, and one public address in front of them."""

    sockets: Path
    host: str
    port: int

    @property
    def children(self) -> list[Child]:
        sockets = self.sockets
        return [web(f"unix:{sockets}/web.sock"), live("--uds", f"{sockets}/live.sock"), self.front]

    @property
    def front(self) -> Child:
        sockets = [str(self.sockets / "web.sock"), str(self.sockets / "live.sock")]
        command = [sys.executable, "-m", "config.front", self.host, str(self.port), *sockets]
        return Child("front", command)


def web(bind: str) -> Child:
    """Pages and API: processes for the cores, threads for the waiting."""
    return Child(
        "web",
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi"),
            *("--bind", bind, "--umask", "077"),
            *("--worker-class", "gthread", "--preload", "--no-control-socket"),
            *("--workers", os.environ.get("WEB_WORKERS", "2")),
            *("--threads", os.environ.get("WEB_THREADS", "8")),
            *("--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "75"),
            *("--log-level", "warning"),
        ],
    )


def live(*where: str) -> Child:
    """The streams: one process holds them all."""
    return Child(
        "live",
        [
            *(sys.executable, "-m", "uvicorn", "config.asgi:application"),
            *(*where, "--ws", "none", "--no-access-log", "--log-level", "warning"),
            *("--timeout-graceful-shutdown", "2"),
        ],
    )


def worker() -> Child:
    """Long work. SIGQUIT when we are killed: tasks are acknowledged late and run again."""
    return Child(
        "worker",
        [
            *(sys.executable, "-m", "celery", "-A", "config", "worker"),
            *("--pool", "prefork", "--concurrency", os.environ.get("WORKERS", "2")),
            *("--without-gossip", "--without-mingle", "--loglevel", "INFO"),
        ],
        farewell=signal.SIGQUIT,
    )


def beat(data_dir: Path) -> Child:
    """The clock: sends again what was never sent."""
    return Child(
        "beat",
        [
            *(sys.executable, "-m", "celery", "-A", "config", "beat", "--pidfile="),
            *("--schedule", str(data_dir / "celerybeat-schedule"), "--loglevel", "INFO"),
        ],
    )


def become(name: str) -> NoReturn:
    """Replace ourselves, so that signals reach the process and not a wrapper."""
    children: dict[str, Callable[[], Child]] = {
        "web": lambda: web("0.0.0.0:8000"),
        "live": lambda: live("--host", "0.0.0.0", "--port", "8001"),  # noqa: S104
        "worker": worker,
        "beat": lambda: beat(Path(os.environ["DATA_DIR"])),
    }
    command = children[name]().command
    os.execv(command[0], command)  # noqa: S606 - our own command


if __name__ == "__main__":
    become(sys.argv[1])

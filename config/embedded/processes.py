"""Start a server, wait until it answers, and leave none of its processes behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from config.embedded.account import Account

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.05
LARGEST_LOG_BYTES = 5_000_000
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class ServerFailed(RuntimeError):
    """A server ended, with the last lines that it wrote."""


def dying_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For subprocess's preexec_fn: the kernel sends `number` when the thread that started it ends.

    It is set after the change of account (which would clear it) and outlives the exec.
    """
    parent = os.getpid()

    def ask_the_kernel() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:
                os.kill(os.getpid(), number)

    return ask_the_kernel


def spawn(
    command: Sequence[str | Path], *, log: Path, account: Account, farewell: signal.Signals
) -> subprocess.Popen[bytes]:
    """Start a server in its own process group, so that Ctrl-C reaches it only through us."""
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.unlink()
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            command,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            start_new_session=True,
            # We are single-threaded here, and there is no other way to die with the parent.
            preexec_fn=dying_with_parent(farewell),  # noqa: PLW1509
            **account.identity,
        )
    finally:
        os.close(descriptor)


def wait_until_ready(
    process: subprocess.Popen[bytes], is_ready: Callable[[], bool], *, log: Path
) -> None:
    """Poll without a limit: a recovery may take long; only a dead process ends the wait."""
    while not is_ready():
        if process.poll() is not None:
            raise ServerFailed(
                f"{Path(str(process.args[0])).name} ended with {process.returncode}:\n"  # type: ignore[index]
                + last_lines(log)
            )
        time.sleep(POLL_SECONDS)


def stop(
    process: subprocess.Popen[bytes], gently: signal.Signals, *, patience_seconds: float = 20
) -> None:
    if process.poll() is not None:
        return
    process.send_signal(gently)
    try:
        process.wait(patience_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def processes_working_in(folder: Path) -> list[int]:
    """Processes whose working folder is `folder`; empty where the machine has no /proc."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == folder:
                found.append(int(entry.name))
    return found


def end_leftovers(folder: Path, program: str, *, patience_seconds: float = 10) -> None:
    """End servers of an earlier run that still work on our files; two would ruin them.

    Only called while we hold the folder's lock, so whatever is found has lost its owner.
    """
    deadline = time.monotonic() + patience_seconds
    while leftovers := [pid for pid in processes_working_in(folder) if _runs(pid, program)]:
        late = time.monotonic() > deadline
        for pid in leftovers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
        time.sleep(POLL_SECONDS)


def _runs(pid: int, program: str) -> bool:
    """Whether the process still runs `program`, also after its file was replaced."""
    try:
        return (PROC / str(pid) / "exe").readlink().name.removesuffix(" (deleted)") == program
    except OSError:
        return False


def last_lines(log: Path, count: int = 20) -> str:
    text = log.read_text(errors="replace") if log.exists() else ""
    return "\n".join(text.splitlines()[-count:]) or "(it wrote nothing)"

"""Work on what others wrote, in a child process with limits on memory and time.

No content can take a worker down with it: the child is ended whatever happens, and what it
returns are bytes.
"""

import gc
import os
import resource
import select
import signal
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

DONE, FAILED, OUT_OF_MEMORY = b"d", b"f", b"m"


@dataclass(frozen=True)
class Limits:
    """What the child may take; memory beyond what its parent has."""

    memory_bytes: int
    processor_seconds: int
    wall_seconds: int


class ChildFailed(Exception):
    """The work raised something; tells what."""


class LimitPassed(ChildFailed):
    """The work took more memory or processor time than it may."""


class TookTooLong(LimitPassed):
    """The work was not done in time."""


def in_child(work: Callable[[], bytes], limits: Limits) -> bytes:
    """What `work` returns, done in a forked process inside the limits; raises ChildFailed."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The child touches neither database nor threads and ends with os._exit.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _work_and_exit(work, writing, limits)
    os.close(writing)
    try:
        answer = _read_all(reading, time.monotonic() + limits.wall_seconds)
    finally:
        os.close(reading)
        exit_code = _end(child)
    return _result(answer, exit_code)


# --- The child -----------------------------------------------------------------------------
def _work_and_exit(work: Callable[[], bytes], writing: int, limits: Limits) -> NoReturn:
    """In the child: never returns, whatever happens."""
    try:
        gc.freeze()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        _limit(limits)
        _send(writing, DONE + work())
    except MemoryError:
        _send(writing, OUT_OF_MEMORY)
    except BaseException as reason:  # noqa: BLE001 (also WeasyPrint's own fatal error)
        _send(writing, FAILED + repr(reason)[:2000].encode(errors="replace"))
    finally:
        os._exit(0)


def _limit(limits: Limits) -> None:
    seconds = limits.processor_seconds
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    most = _memory_in_use() + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _memory_in_use() -> int:
    """The address space of this process in bytes; 0 where there is no /proc."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[0]) * resource.getpagesize()


def _send(writing: int, answer: bytes) -> None:
    with os.fdopen(writing, "wb", closefd=False) as pipe:
        pipe.write(answer)


# --- The parent ----------------------------------------------------------------------------
def _read_all(reading: int, deadline: float) -> bytes | None:
    """Everything that the child writes, or None when the time is up."""
    parts: list[bytes] = []
    while True:
        patience = deadline - time.monotonic()
        if patience <= 0 or not select.select([reading], [], [], patience)[0]:
            return None
        part = os.read(reading, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _end(child: int) -> int:
    """Leave no process behind, whether it is done, stuck, or we are being stopped."""
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _result(answer: bytes | None, exit_code: int) -> bytes:
    if answer is None:
        raise TookTooLong
    kind, rest = answer[:1], answer[1:]
    if kind == DONE and exit_code == 0:
        return rest
    if kind == FAILED:
        raise ChildFailed(rest.decode(errors="replace"))
    raise LimitPassed

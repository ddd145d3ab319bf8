"""Waiting for what another process does: no longer than it takes, and never for ever."""

import time
from collections.abc import Callable
from typing import TypeVar

POLL_SECONDS = 0.05
Found = TypeVar("Found")


def until(
    condition: Callable[[], Found],
    *,
    seconds: float = 30,
    meanwhile: Callable[[], object] | None = None,
) -> Found:
    """What the condition gives as soon as it gives something; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, condition
        if meanwhile:
            meanwhile()
        time.sleep(POLL_SECONDS)
    return found

"""Requests that the database ends because two of them waited for each other run again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.db import OperationalError, connection

TRIES = 3
DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"

logger = structlog.get_logger(__name__)


def tried_again(work: Callable[..., Any]) -> Callable[..., Any]:
    """Run `work` up to three times when the database chose it as the victim of a deadlock.

    Everything it wrote has been rolled back by then. Inside somebody else's transaction
    there is nothing to repeat: the failure goes on to whoever opened it.
    """

    @wraps(work)
    def run(*args: Any, **kwargs: Any) -> Any:
        for left in reversed(range(TRIES)):
            try:
                return work(*args, **kwargs)
            except OperationalError as error:
                if not left or connection.in_atomic_block or not _is_deadlock(error):
                    raise
                logger.warning("tried_again", work=work.__qualname__, tries_left=left)

    return run


def _is_deadlock(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in {DEADLOCK, SERIALIZATION_FAILURE}

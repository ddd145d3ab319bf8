"""Requests that the database ends because two of them waited for each other run again."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from django.db import OperationalError, connection

TRIES = 3
DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"

P = ParamSpec("P")
Result = TypeVar("Result")

logger = structlog.get_logger(__name__)


def tried_again(work: Callable[P, Result]) -> Callable[P, Result]:
    """Run `work` up to three times when the database chose it as the victim of a deadlock.

    Everything it wrote has been rolled back by then. Inside somebody else's transaction
    there is nothing to repeat: the failure goes on to whoever opened it.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> Result:
        for left in range(TRIES - 1, 0, -1):
            try:
                return work(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or not _is_deadlock(error):
                    raise
                logger.warning("tried_again", work=work.__qualname__, tries_left=left)
        return work(*args, **kwargs)

    return run


def _is_deadlock(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in {DEADLOCK, SERIALIZATION_FAILURE}

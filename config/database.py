"""Connections that do not wait for ever on a database which has stopped answering."""

from typing import Any

import psycopg

# Above the server's own statement_timeout: this one is for a server that no longer keeps it.
ANSWER_TIMEOUT_SECONDS = 16.0


class DeadlineConnection(psycopg.Connection[Any]):
    """Closed, with an OperationalError, when an answer stays away too long."""

    def wait(self, *args: Any, timeout: float | None = None, **options: Any) -> Any:
        try:
            return super().wait(*args, timeout=timeout or ANSWER_TIMEOUT_SECONDS, **options)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.close()
            raise

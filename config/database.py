"""Connections that do not wait for ever on a database which has stopped answering."""

from typing import Any

import psycopg

# Above the server's own statement_timeout: this one is for a server that no longer keeps it.
ANSWER_TIMEOUT_SECONDS = 16.0


class DeadlineConnection(psycopg.Connection[Any]):
    """Closed, with an OperationalError, when an answer stays away too long."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or ANSWER_TIMEOUT_SECONDS)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.close()
            raise

"""A database that has stopped answering."""

import os
import signal
from collections.abc import Iterator

import psycopg
import pytest

from config import database


@pytest.fixture
def connection(monkeypatch) -> Iterator[psycopg.Connection]:
    monkeypatch.setattr(database, "ANSWER_TIMEOUT_SECONDS", 0.3)
    with database.DeadlineConnection.connect(os.environ["DATABASE_URL"], autocommit=True) as found:
        yield found


@pytest.fixture
def hung_backend(connection) -> Iterator[int]:
    pid = connection.info.backend_pid
    try:
        os.kill(pid, signal.SIGSTOP)
    except (ProcessLookupError, PermissionError):
        pytest.skip("the database does not run on this machine under this account")
    yield pid
    os.kill(pid, signal.SIGCONT)


def test_answer_in_time_is_given(connection):
    assert connection.execute("SELECT 42").fetchone() == (42,)


def test_case_45_query_to_a_hung_database_ends_and_the_connection_is_not_used_again(
    connection, hung_backend
):
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 42")
    assert connection.closed


def test_refused_query_leaves_the_connection_in_use(connection):
    with pytest.raises(psycopg.errors.SyntaxError):
        connection.execute("SELEKT 42")
    assert connection.execute("SELECT 42").fetchone() == (42,)

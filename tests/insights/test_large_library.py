"""A large library of insights: the same queries whatever is asked of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.large import fill_library

pytestmark = pytest.mark.django_db

LIBRARY = "/insights/"


@pytest.fixture
def large_library(nordlys):
    fill_library(nordlys, 2_000)
    return nordlys


SEARCHES = [
    {}, {"q": "delivery manual"}, {"q": "bogføringen"}, {"q": "1234"}, {"kind": "pain"},
    {"tag": "tag 7", "q": "kunde"}, {"unplaced": "1"}, {"q": "customers waiting", "page": 5},
]  # fmt: skip


@pytest.mark.usefixtures("large_library")
def test_searches_of_many_insights_take_the_same_queries(client_of, bob):
    client = client_of(bob)
    queries = {}
    for search in SEARCHES:
        client.get(LIBRARY, search)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIBRARY, search).status_code == 200
        queries[str(search)] = len(captured)
    assert max(queries.values()) <= min(queries.values()) + 4, queries


@pytest.mark.usefixtures("large_library")
def test_a_word_is_found_among_many_in_another_form(client_of, bob):
    found = client_of(bob).get(LIBRARY, {"q": "bogføringen"}).content.decode()
    assert "<mark>bogføringer</mark>" in found

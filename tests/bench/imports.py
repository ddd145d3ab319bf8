"""A large table brought in, step by step."""

import random
import resource
import time
from collections.abc import Iterator

from collaboration.cells import csv_lines
from collaboration.importing import asking, working
from collaboration.importing.models import Import
from teams.access import actor_in
from teams.models import User, Workspace
from tests.bench.large import WORDS
from tests.imports import now, uploaded

BEGAN_WITH = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def bring_insights(workspace: Workspace, editor: User, many: int) -> Iterator[tuple[str, float]]:
    """Each step with the seconds that it took."""
    chance, words = random.Random(7), WORDS["en"].split()
    heads = ["quote", "text", "kind", "source", "tags", "strength", "language"]
    rows = (
        [
            " ".join(chance.choices(words, k=14)) + f" {number}", " ".join(chance.choices(words, k=30)),
            "need", f"Survey {number % 20}", f"tag {number % 40}, other", number % 3 + 1, "en",
        ]
        for number in range(many)
    )  # fmt: skip
    by = actor_in(editor, workspace)
    content = "".join(csv_lines([heads, *rows]))
    row = uploaded("insights", workspace, content, by=by)
    yield "read", _seconds(row)
    asking.choose(now(row), mapping=heads, options={"sources": "create"}, by=by)
    yield "checked", _seconds(row)
    asking.approve(now(row), by=by)
    yield "written", _seconds(row)
    asking.take_back(now(row), by=by)
    yield "taken back", _seconds(row)


def _seconds(row: Import) -> float:
    begin = time.perf_counter()
    working.work(row.pk)
    ended = time.perf_counter() - begin
    assert now(row).state != "failed", now(row).error
    return ended


def megabytes_more() -> float:
    """The most that this process has held since the module was loaded, beyond what it had then."""
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - BEGAN_WITH) / 1024

"""A workshop as large as they get: 100 participants, 600 contributions, 60 proposals."""

import os
import resource
import time

from journeys.models import Journey
from teams.access import Actor
from workshops import deciding, services
from workshops.models import Workshop
from workshops.selectors import scope_of
from workshops.summary.options import Variant
from workshops.summary.render import render_variant

DEPARTMENTS = ("Sales", "Marketing", "Customer service", "Product", "Finance", "Consulting")
KINDS = ("problem", "problem", "problem", "idea", "strength", "question")


def large_workshop(journey: Journey, *, by: Actor) -> Workshop:
    workshop = services.create_workshop(journey, title="Everybody in one room", by=by)
    with workshop.editing(by=by):
        people = [
            services.add_participant(
                workshop, name=f"Person {n}", department=DEPARTMENTS[n % 6], by=by
            )
            for n in range(100)
        ]
        stages = scope_of(workshop)
        said = [
            services.add_contribution(
                workshop,
                kind=KINDS[n % 6],
                text=f"{n}: nobody knows who answers the customer after the first delivery.",
                stage=stages[n % len(stages)],
                participant=people[n % 100],
                by=by,
            )
            for n in range(600)
        ]
        for n in range(60):
            proposal = deciding.add_proposal(
                workshop, title=f"Proposal {n}", text="One person answers. " * 4,
                solves=said[n * 6], by=by,
            )  # fmt: skip
            for person in people[:20]:
                deciding.rate_proposal(
                    proposal, feasibility=1 + n % 5, effect=1 + (n + person.pk) % 5,
                    participant=person, by=by,
                )  # fmt: skip
            deciding.add_action(workshop, title=f"Try {n}", owner="Ida", proposal=proposal, by=by)
    return Workshop.objects.select_related("workspace", "follows").get(pk=workshop.pk)


def measured(workshop: Workshop) -> tuple[float, float]:
    """Seconds, and megabytes of the process that draws, in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        from django.db import connections

        connections.close_all()
        begin = time.perf_counter()
        render_variant(workshop, Variant.FULL, lambda _: None)
        taken = time.perf_counter() - begin
        most = max(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        os.write(writing, f"{taken} {most / 1024}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        seconds, megabytes = pipe.read().split()
    os.waitpid(child, 0)
    return float(seconds), float(megabytes)

"""The demo as a scene with something of every kind, and people of every role in it."""

from dataclasses import dataclass
from typing import Any

import pytest

from collaboration.models import Board
from journeys.models import Journey
from teams.models import User, Workspace
from tests.guards.routes import Route, values_on
from workshops.demo.build import build_demo
from workshops.models import Workshop


@dataclass
class Scene:
    """The demo workspace, and the ids that routes need, by kind of board."""

    workspace: Workspace
    values: dict[str, dict[str, Any]]
    people: dict[str, User]

    def address(self, route: Route) -> str:
        return route.address(self.values[kind_of(route)])


def kind_of(route: Route) -> str:
    return "workshop" if route.path.startswith("workshops/") else "journey"


@pytest.fixture(scope="package")
def scene(django_db_setup, django_db_blocker) -> Scene:
    """Built once; tests of the pages below only look, or are refused."""
    with django_db_blocker.unblock():
        build_demo()
        workspace = Workspace.objects.get(slug="demo")
        boards: dict[str, Board] = {
            "journey": Journey.objects.filter(workspace=workspace).order_by("pk").first(),
            "workshop": Workshop.objects.filter(workspace=workspace).order_by("pk").first(),
        }
        people = {
            name: User.objects.get(email=f"{name}@demo.example")
            for name in ("owner", "editor", "commenter", "viewer", "outsider")
        }
        yield Scene(workspace, {kind: values_on(board) for kind, board in boards.items()}, people)
        for name in ("demo", "other"):
            Workspace.objects.filter(slug=name).delete()
        User.objects.filter(email__endswith="@demo.example").delete()

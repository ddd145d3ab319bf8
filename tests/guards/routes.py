"""Every route of the pages, found by walking the URL configuration."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from collaboration.models import Board

OTHER_RULES = ("api/", "accounts/")
"""The API is held to account in tests/api, sign-in by django-allauth."""

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    path: str
    view: Callable[..., Any]

    @property
    def access(self) -> str | None:
        return getattr(self.view, "access", None)

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.path)

    def address(self, values: dict[str, Any]) -> str:
        return "/" + PARAMETER.sub(lambda match: str(values.get(match[1], 1)), self.path)


def every_route() -> list[Route]:
    return [Route(path, view) for path, view in _walk(get_resolver(), "")]


def routes() -> list[Route]:
    return [route for route in every_route() if not route.path.startswith(OTHER_RULES)]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern.callback
        else:
            yield from _walk(pattern, path)


def values_on(board: Board) -> dict[str, Any]:
    """Real ids for every parameter of a route: the first item of each kind on this board."""
    found: dict[str, Any] = {"board_id": board.pk, "workspace_id": board.workspace_id}
    for model in apps.get_models():
        fields = {field.name for field in model._meta.get_fields()}
        name = f"{model._meta.model_name}_id"
        if "board" in fields:
            first = model._base_manager.filter(board=board.pk).first()
        elif "workspace" in fields:
            first = model._base_manager.filter(workspace=board.workspace_id).first()
        else:
            continue
        if first is not None:
            found[name] = first.pk
    return found | {"board_id": board.pk}

"""Journeys kept aside, by program."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journeys.archive import archive_journey, unarchive_journey


class Archives:
    """POST to `journeys/<id>/archive/` and `journeys/<id>/unarchive/`."""

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def archive(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it from the dashboard; it stays to be read and searched. Again changes nothing."""
        journey = self.get_object()
        archive_journey(journey, by=self.actor)
        response: Response = self.shown(journey)
        return response

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def unarchive(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it back on the dashboard."""
        journey = self.get_object()
        unarchive_journey(journey, by=self.actor)
        response: Response = self.shown(journey)
        return response

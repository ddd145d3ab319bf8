"""Searching a workspace from a program."""

from typing import Any, cast

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from collaboration.fulltext import MOST_LETTERS
from collaboration.search import search
from teams.api.visibility import visible
from teams.models import User, Workspace


class Asked(serializers.Serializer[Any]):
    q = serializers.CharField(
        max_length=10 * MOST_LETTERS,
        help_text="Words, found by their beginnings and by their stems in the workspace's language; "
        "all must be there.",
    )
    workspace = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class FoundThing(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="The name of its resource, such as `notes`.")
    id = serializers.IntegerField()
    board = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()
    page = serializers.CharField(help_text="Where it stands in the application.")


class FoundThings(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = FoundThing(many=True)


class SearchView(APIView):
    """Finds journeys, stages, notes and whatever else a workspace holds."""

    metadata_class = None

    @extend_schema(parameters=[Asked], responses=FoundThings)
    def get(self, request: Request) -> Response:
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        person = cast("User", request.user)
        workspaces = visible(Workspace.objects.all(), person)
        workspace = get_object_or_404(workspaces, pk=asked.validated_data["workspace"])
        results = [
            {
                "type": kind.kind.name,
                "id": hit.row.pk,
                "board": hit.board.pk if hit.board else None,
                "text": hit.text,
                "page": hit.address,
            }
            for kind in search(asked.validated_data["q"], workspace, person)
            for hit in kind.hits
        ]
        return Response({"count": len(results), "results": results})

"""The difference between two states of a map, for programs."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.comments import ItemReference
from journeys.comparing import Comparison, Entry, compare
from journeys.ends import End, UnknownEnd, end_of
from journeys.models import Journey

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]
END = "`now`, a date (`2026-03-01`), `version:41`, `snapshot:7`, or `journey:9` for a related map."


class EndSerializer(serializers.Serializer[Any]):
    board = serializers.IntegerField()
    version = serializers.IntegerField()

    def get_fields(self) -> Fields:
        return {"label": serializers.CharField(), **super().get_fields()}


class MarkSerializer(serializers.Serializer[Any]):
    """A stretch of text that is in both, or only in the new, or only in the old one."""

    kind = serializers.ChoiceField(choices=["same", "ins", "del"])
    text = serializers.CharField()


class FieldChangeSerializer(serializers.Serializer[Any]):
    """Texts are marked word by word; anything else has what was and what is, in words."""

    name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    marks = MarkSerializer(many=True)


class EntrySerializer(serializers.Serializer[Any]):
    item = ItemReference()
    kind = serializers.ChoiceField(choices=["added", "removed", "changed"])
    moved = serializers.BooleanField()
    name = serializers.CharField()
    stage = serializers.CharField(help_text="The title of its stage; empty for none.")
    lane = serializers.CharField(help_text="The title of its lane; empty for none.")
    fields_ = FieldChangeSerializer(many=True)

    def get_fields(self) -> Fields:
        fields: Fields = super().get_fields()
        fields["fields"] = fields.pop("fields_")
        return fields


class CountsSerializer(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    changed = serializers.IntegerField()
    moved = serializers.IntegerField()


class ComparisonSerializer(serializers.Serializer[Any]):
    """Only what differs. `better` and `worse` count feelings and touchpoints by their marks."""

    counts = CountsSerializer()
    better = serializers.DictField(child=serializers.IntegerField())
    worse = serializers.DictField(child=serializers.IntegerField())
    items = EntrySerializer(many=True)

    def get_fields(self) -> Fields:
        """Two of the names are words of Python."""
        return {"from": EndSerializer(), "to": EndSerializer(), **super().get_fields()}


class Compares:
    """GET of `<journey>/compare/`."""

    @extend_schema(
        parameters=[
            OpenApiParameter("from", str, required=True, description=END),
            OpenApiParameter("to", str, description=f"{END} Without it, now."),
        ],
        responses=ComparisonSerializer,
    )
    @action(detail=True, filter_backends=[])
    def compare(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What differs between two states of a map, or between it and a related map."""
        journey = self.get_object()
        first = self.end("from", journey, request.query_params.get("from", ""))
        last = self.end("to", journey, request.query_params.get("to", "now"))
        return Response(_body(compare(first, last)))

    def end(self: Any, name: str, journey: Journey, token: str) -> End:
        try:
            return end_of(journey, token, user=self.person, is_last=name == "to")
        except UnknownEnd as reason:
            raise serializers.ValidationError({name: [str(reason)]}) from reason


def _body(comparison: Comparison) -> dict[str, Any]:
    return {
        "from": _end(comparison.first),
        "to": _end(comparison.last),
        "counts": comparison.counts,
        "better": comparison.better,
        "worse": comparison.worse,
        "items": [_entry(*one) for one in _entries(comparison)],
    }


def _end(end: End) -> dict[str, Any]:
    return {"label": end.label, "board": end.board.pk, "version": end.version}


def _entries(comparison: Comparison) -> list[tuple[Entry, str, str]]:
    found = [(entry, "", "") for entry in [*comparison.head, *comparison.lanes]]
    for stage in comparison.stages:
        found += [(stage.own, stage.title, "")] if stage.own else []
        found += [(one, stage.title, lane.title) for lane in stage.groups for one in lane.entries]
    return found


def _entry(entry: Entry, stage: str, lane: str) -> dict[str, Any]:
    fields = [
        {"name": one.label, "before": one.before, "after": one.after}
        | {"marks": [asdict(mark) for mark in one.marks]}
        for one in entry.fields
    ]
    return {
        "item": {"type": entry.key[0], "id": entry.key[1]},
        "kind": entry.kind,
        "moved": entry.moved,
        "name": entry.name,
        "stage": stage,
        "lane": lane,
        "fields": fields,
    }

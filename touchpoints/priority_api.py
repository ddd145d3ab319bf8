"""Priorities and what counts how much in them, for programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import WritesSafely
from journeys.models import Journey
from teams.api.resources import Resource, Values
from touchpoints.models import PriorityWeights
from touchpoints.priorities import PARTS, Part, Ranked, priorities_of, save_weights, weights_of


class PartSerializer(serializers.Serializer[Any]):
    """One part of a score."""

    name = serializers.ChoiceField(choices=list(PARTS))
    value = serializers.FloatField(
        allow_null=True, help_text="0 to 1; null where it is not rated, which counts nothing."
    )
    weight = serializers.IntegerField(help_text="0 to 10.")
    points = serializers.FloatField(help_text="What it adds to the score.")
    reason = serializers.CharField(help_text="What the value rests on, in words.")


class RankedSerializer(serializers.Serializer[Any]):
    """A touchpoint with its score and what it is made of."""

    rank = serializers.IntegerField(help_text="From 1.")
    touchpoint = serializers.IntegerField()
    title = serializers.CharField()
    stage = serializers.IntegerField()
    channel = serializers.IntegerField(allow_null=True)
    score = serializers.FloatField(help_text="0 to 100: the points of all parts.")
    parts = PartSerializer(many=True)


class WeightsSerializer(serializers.ModelSerializer[Any]):
    """How much each part counts, from 0 to 10."""

    class Meta:
        model = PriorityWeights
        fields = ("version", *PriorityWeights.PARTS)
        read_only_fields = ("version",)
        extra_kwargs: ClassVar[dict[str, Any]] = {
            name: {"min_value": 0, "max_value": 10} for name in PriorityWeights.PARTS
        }


class PrioritiesSerializer(serializers.Serializer[Any]):
    weights = WeightsSerializer()
    rows = RankedSerializer(many=True)


class OfJourney(Resource):
    """Something that each journey has exactly once."""

    model = Journey
    filter_backends = ()  # type: ignore[assignment]


class PrioritiesView(OfJourney):
    """Which touchpoints to work on first, by the team's weights."""

    serializer_class = PrioritiesSerializer

    @extend_schema(responses=PrioritiesSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every touchpoint, the most urgent first, with the parts of its score."""
        journey = self.get_object()
        weights = weights_of(journey)
        rows = [_row(one) for one in priorities_of(journey, weights)]
        return Response({"weights": WeightsSerializer(weights).data, "rows": rows})


class PriorityWeightsView(WritesSafely, OfJourney):
    """How much each part of a priority counts; the usual weights until a team sets its own."""

    serializer_class = WeightsSerializer

    @extend_schema(responses=WeightsSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(weights_of(self.get_object()))

    @contextmanager
    def door(self, seen: Any) -> Iterator[PriorityWeights]:
        with seen.editing(by=self.actor, needs=self.write_role):
            weights = weights_of(seen)
            weights.board = seen
            self.require_match(weights)
            yield weights

    def change(self, present: PriorityWeights, values: Values) -> None:
        save_weights(cast("Journey", present.board), **values, by=self.actor)

    def present(self, row: PriorityWeights) -> PriorityWeights:
        return weights_of(cast("Journey", row.board))


def _row(ranked: Ranked) -> dict[str, Any]:
    return {
        "rank": ranked.rank,
        "touchpoint": ranked.item.pk,
        "title": ranked.item.title,
        "stage": ranked.item.stage_id,
        "channel": ranked.item.channel_id,
        "score": round(ranked.score, 6),
        "parts": [_part(part) for part in ranked.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "value": part.value,
        "weight": part.weight,
        "points": part.points,
        "reason": part.said,
    }

"""The gap analysis, for programs."""

from typing import Any, cast

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeys.models import Journey, Period
from journeys.selectors import persona_on
from teams.api.visibility import visible
from teams.models import User
from touchpoints.gaps import GapAnalysis, Narrowed, Pair, Verdict, gaps_of


class AskedGaps(serializers.Serializer[Any]):
    persona = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    period = serializers.ChoiceField(choices=Period.choices, required=False)


class GapRowSerializer(serializers.Serializer[Any]):
    """A stage and a channel on which somebody is."""

    stage = serializers.IntegerField()
    channel = serializers.IntegerField()
    customer = serializers.BooleanField(help_text="Whether customers use a touchpoint there.")
    company = serializers.BooleanField(help_text="Whether we have an activity there today.")
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    importance = serializers.IntegerField(
        allow_null=True, help_text="The highest of the touchpoints that are used, 1 to 5."
    )
    hours = serializers.FloatField(help_text="A month.")
    cost = serializers.FloatField(help_text="A month.")
    advice = serializers.CharField(
        help_text="`drop`, `keep`, `increase` or `start`; empty where there is nothing to do."
    )
    reason = serializers.CharField(help_text="Why this is advised, in words.")


class StageAlignmentSerializer(serializers.Serializer[Any]):
    stage = serializers.IntegerField()
    alignment = serializers.FloatField(allow_null=True)


class GapsSerializer(serializers.Serializer[Any]):
    alignment = serializers.FloatField(
        allow_null=True, help_text="Matches / (matches + gaps + wastes) x 100."
    )
    wasted_hours = serializers.FloatField(help_text="A month, where no customer is.")
    stages = StageAlignmentSerializer(many=True)
    rows = GapRowSerializer(many=True)


class GapsView(APIView):
    """Where customers and we are, per stage and channel: match, gap, waste or unused."""

    metadata_class = None

    @extend_schema(parameters=[AskedGaps], responses=GapsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        asked = AskedGaps(data=request.query_params)
        asked.is_valid(raise_exception=True)
        journeys = visible(Journey.objects.all(), cast("User", request.user))
        journey = get_object_or_404(journeys, pk=pk)
        persona = persona_on(journey, asked.validated_data.get("persona"))
        narrowed = Narrowed(persona.pk if persona else None, asked.validated_data.get("period", ""))
        return Response(_body(gaps_of(journey, narrowed)))


def _body(analysis: GapAnalysis) -> dict[str, Any]:
    return {
        "alignment": analysis.alignment(),
        "wasted_hours": analysis.wasted_hours,
        "stages": [
            {"stage": stage.pk, "alignment": analysis.alignment(stage)} for stage in analysis.stages
        ],
        "rows": [_row(analysis, pair) for pair in analysis.pairs],
    }


def _row(analysis: GapAnalysis, pair: Pair) -> dict[str, Any]:
    advice = analysis.advice(pair)
    return {
        "stage": pair.stage_id,
        "channel": pair.channel_id,
        "customer": pair.used > 0,
        "company": pair.activities > 0,
        "verdict": pair.verdict,
        "importance": pair.importance,
        "hours": pair.hours,
        "cost": pair.cost,
        "advice": advice.decision,
        "reason": advice.reason,
    }

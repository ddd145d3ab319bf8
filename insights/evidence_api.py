"""Evidence on maps: what an insight says of a stage, a note or a touchpoint; and coverage."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from insights import services
from insights.grounds import CellGround, Coverage, Status, coverage_of
from insights.learnt import Learnt, learnt_of
from insights.models import Evidence, Insight, SourceKind
from journeys.models import Journey, Note, Stage
from teams.api.fields import Reference
from teams.api.resources import Values
from teams.api.visibility import visible
from touchpoints.models import Touchpoint


class EvidenceSerializer(BoardItemSerializer):
    resource = "evidence"
    tells_board = "stage"
    fixed = ("board", "stage", "insight", "note", "touchpoint")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    insight = Reference(queryset=Insight.objects.select_related("workspace"))
    note = Reference(queryset=Note.objects.all(), required=False, allow_null=True)
    touchpoint = Reference(queryset=Touchpoint.objects.all(), required=False, allow_null=True)

    class Meta:
        model = Evidence
        fields = (
            *BOARD_ITEM, "stage", "insight", "note", "touchpoint", "stance", "new_to_us",
        )  # fmt: skip
        # One that stands there already takes the stance: it is no fault to say it again.
        validators: ClassVar[list[Any]] = []

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        claims = {name: values[name] for name in ("note", "touchpoint") if values.get(name)}
        if len(claims) > 1:
            raise serializers.ValidationError({"touchpoint": [_("It is about a note already.")]})
        elsewhere = [name for name, one in claims.items() if one.stage_id != values["stage"].pk]
        if elsewhere:
            raise serializers.ValidationError({elsewhere[0]: [_("It stands in another stage.")]})
        return values


class EvidenceViewSet(BoardItemViewSet):
    """What insights say of stages, notes and touchpoints: `supports` or `contradicts`."""

    model = Evidence
    serializer_class = EvidenceSerializer
    filterset_fields = ("board", "stage", "insight", "note", "touchpoint", "stance")

    def add(self, values: Values) -> Evidence:
        stage = values.pop("stage")
        note, touchpoint = values.pop("note", None), values.pop("touchpoint", None)
        by, new = self.enter(stage), values.pop("new_to_us", None)
        evidence = services.attach_insight(
            values.pop("insight"), stage=stage, about=note or touchpoint, **values, by=by
        )
        if new is not None:
            services.call_new(evidence, new_to_us=new, by=by)
        return evidence

    def change(self, present: Evidence, values: Values) -> None:
        if "stance" in values:
            services.judge_evidence(present, stance=values["stance"], by=self.actor)
        if "new_to_us" in values:
            services.call_new(present, new_to_us=values["new_to_us"], by=self.actor)

    def remove(self, present: Evidence) -> None:
        services.detach_evidence(present, by=self.actor)


# --- Coverage ------------------------------------------------------------------------------
class GroundSerializer(serializers.Serializer[Any]):
    claims = serializers.IntegerField(help_text="Notes and touchpoints.")
    proven = serializers.IntegerField(help_text="Those with evidence that is no opinion.")
    status = serializers.ChoiceField(choices=Status.choices)
    supports = serializers.IntegerField()
    contradicts = serializers.IntegerField()
    strength = serializers.IntegerField(help_text="Of the strongest source, 0 to 5.")


class CoveredCellSerializer(GroundSerializer):
    stage = serializers.IntegerField()
    lane = serializers.IntegerField()


class CoveredStageSerializer(GroundSerializer):
    stage = serializers.IntegerField()
    sources = serializers.DictField(
        child=serializers.IntegerField(), help_text="Insights by the kind of their source."
    )
    chosen = serializers.ListField(
        child=serializers.ChoiceField(choices=SourceKind.choices),
        help_text="The kinds of sources that were chosen for it.",
    )
    satisfaction = serializers.FloatField(
        allow_null=True, help_text="The mean of its touchpoints, 1 to 5."
    )


class CoveredLaneSerializer(GroundSerializer):
    lane = serializers.IntegerField()


class CoverageSerializer(serializers.Serializer[Any]):
    """How much of a map rests on evidence; `what` and `why` count its insights by kind."""

    journey = serializers.IntegerField()
    whole = GroundSerializer()
    stages = CoveredStageSerializer(many=True)
    lanes = CoveredLaneSerializer(many=True)
    cells = CoveredCellSerializer(many=True)
    what = serializers.IntegerField()
    why = serializers.IntegerField()
    confirmed = serializers.IntegerField(help_text="Evidence for what we knew already.")
    new = serializers.IntegerField(help_text="Evidence that was new to us.")


class CoverageView(APIView):
    """How much of a journey rests on evidence."""

    permission_classes = (IsAuthenticated,)
    metadata_class = None
    http_method_names = ["get", "head"]

    @extend_schema(responses=CoverageSerializer)
    def get(self, request: Request, journey_id: int) -> Response:
        journeys = visible(Journey.objects.all(), request.user)  # type: ignore[arg-type]
        journey = get_object_or_404(journeys, pk=journey_id)
        return Response(_told(journey.pk, coverage_of(journey), learnt_of(journey)))


def _stage(found: Coverage, learnt: Learnt) -> dict[str, Any]:
    return {
        "stage": learnt.stage.pk,
        **_ground(found.of_stage(learnt.stage)),
        "sources": {kind: number for kind, number in learnt.sources.items() if kind},
        "chosen": sorted(learnt.chosen),
        "satisfaction": learnt.satisfaction,
    }


def _told(journey_id: int, found: Coverage, learnt: list[Learnt]) -> dict[str, Any]:
    return {
        "journey": journey_id,
        "whole": _ground(found.whole),
        "stages": [_stage(found, one) for one in learnt],
        "lanes": [{"lane": one.pk, **_ground(found.of_lane(one))} for one in found.lanes],
        "cells": [
            {"stage": stage, "lane": lane, **_ground(cell)}
            for (stage, lane), cell in sorted(found.cells.items())
        ],
        "what": found.what,
        "why": found.why,
        "confirmed": found.confirmed,
        "new": found.new,
    }


def _ground(cell: CellGround) -> dict[str, Any]:
    ground = cell.ground
    return {
        "claims": cell.claims,
        "proven": cell.proven,
        "status": ground.status.value,
        "supports": ground.supports,
        "contradicts": ground.contradicts,
        "strength": ground.strength,
    }

"""Sources and insights of a workspace, and the stages of maps that rest on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from collaboration.api.items import LibrarySerializer, LibraryViewSet
from insights import services
from insights.forms import tidied
from insights.models import Evidence, Insight, Source
from insights.selectors import evidence_seen_by
from journeys.api.maps import show_on_map_to
from journeys.models import Journey, Persona, Stage
from teams.api.fields import PlainNameField, Reference
from teams.api.resources import Values, set_values
from teams.models import User
from touchpoints.models import Touchpoint


class SourceSerializer(LibrarySerializer):
    resource = "sources"

    name = PlainNameField(max_length=80)

    class Meta:
        model = Source
        fields = ("id", "url", "workspace", "name", "kind", "created_at", "updated_at")
        extra_kwargs = {"kind": {"default": Source.Kind.INTERVIEW}}


class SourceViewSet(LibraryViewSet):
    """Where insights come from: a round of interviews, a survey, an hour of listening in."""

    model = Source
    serializer_class = SourceSerializer
    filterset_fields = ("workspace", "name", "kind")

    def add(self, values: Values) -> Source:
        workspace = values.pop("workspace")
        return services.create_source(workspace, **values, by=self.enter(workspace))

    def change(self, present: Source, values: Values) -> None:
        set_values(present, values)
        services.change_source(present, by=self.actor)

    def remove(self, present: Source) -> None:
        services.delete_source(present, by=self.actor)


class InsightSerializer(LibrarySerializer):
    resource = "insights"

    stages = Reference(
        queryset=Stage.objects.select_related("board__workspace"),
        many=True,
        required=False,
        source="stage_ids",
        help_text="The stages of maps that rest on it.",
    )

    touchpoints = Reference(
        queryset=Touchpoint.objects.select_related("board__workspace", "stage"),
        many=True,
        required=False,
        source="touchpoint_ids",
        help_text="The touchpoints of maps that it supports or contradicts; `evidence` says which.",
    )

    personas = Reference(
        queryset=Persona.objects.all(),
        many=True,
        required=False,
        source="persona_ids",
        help_text="Whose it is.",
    )
    ladder = serializers.SerializerMethodField(help_text="[question, answer], one why deeper each.")

    class Meta:
        model = Insight
        fields = (
            "id", "url", "workspace", "source", "interview", "kind", "text", "quote", "language",
            "stages", "touchpoints", "personas", "strength", "tags", "ladder", "created_at",
            "updated_at",
        )  # fmt: skip
        read_only_fields = ("interview",)

    @extend_schema_field({"type": "array", "items": {"type": "array", "items": {"type": "string"}}})
    def get_ladder(self, insight: Insight) -> list[list[str]]:
        rungs = insight.ladder.rungs if insight.ladder else []
        return [[step.question, step.answer] for step in rungs]

    def validate_tags(self, tags: list[str]) -> list[str]:
        """Each tag once, in the order in which they were given."""
        return tidied(tags)

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        said = (values.get(name, getattr(self.instance, name, "")) for name in ("text", "quote"))
        if not any(said):
            words = _("Write a quote, an insight in your words, or both.")
            raise serializers.ValidationError(words)
        return values


class InsightViewSet(LibraryViewSet):
    """What was learnt about customers, in our words, in theirs, or in both."""

    model = Insight
    serializer_class = InsightSerializer
    filterset_fields = ("workspace", "source", "kind", "strength")
    ordering = ("workspace_id", "-created_at")
    ordering_fields = ("kind", "strength", "created_at", "updated_at")

    def rows(self) -> QuerySet[Insight]:
        whole = Insight.objects.select_related("ladder").prefetch_related("ladder__steps")
        return with_stages(whole, self.person)

    @contextmanager
    def door(self, seen: Insight) -> Iterator[Insight]:
        """The insight held with all maps that show it."""
        with services.editing_insight(seen, by=self.actor) as present:
            self.require_match(present)
            yield present

    def add(self, values: Values) -> Insight:
        workspace, stages = values.pop("workspace"), values.pop("stage_ids", [])
        touchpoints = values.pop("touchpoint_ids", [])
        values["personas"] = values.pop("persona_ids", [])
        with transaction.atomic():
            insight = services.create_insight(workspace, **values, by=self.enter(workspace))
            self.rest_on(insight, stages)
            self.tell_of(insight, touchpoints)
        return insight

    def change(self, present: Insight, values: Values) -> None:
        stages, personas = values.pop("stage_ids", None), values.pop("persona_ids", None)
        touchpoints = values.pop("touchpoint_ids", None)
        if values or personas is not None:
            set_values(present, values)
            services.change_insight(present, fields=list(values), personas=personas, by=self.actor)
        if stages is not None:
            self.rest_on(present, stages)
        if touchpoints is not None:
            self.tell_of(present, touchpoints)

    def rest_on(self, insight: Insight, stages: list[Stage]) -> None:
        """Exactly these stages, of the maps that the person sees."""
        placed = evidence_seen_by(self.person).filter(insight=insight, note=None, touchpoint=None)
        for evidence in placed.select_related("board__workspace").order_by("board_id", "pk"):
            if evidence.stage_id not in {stage.pk for stage in stages}:
                services.detach_evidence(evidence, by=self.enter(evidence))
        for stage in sorted(stages, key=lambda stage: stage.board_id):
            services.attach_insight(insight, stage=stage, by=self.enter(stage))

    def tell_of(self, insight: Insight, touchpoints: list[Touchpoint]) -> None:
        """Exactly these touchpoints; those that it contradicts already, it still does."""
        wanted = {touchpoint.pk: touchpoint for touchpoint in touchpoints}
        said = evidence_seen_by(self.person).filter(insight=insight, touchpoint__isnull=False)
        for evidence in said.select_related("board__workspace").order_by("board_id", "pk"):
            if wanted.pop(evidence.touchpoint_id or 0, None) is None:
                services.detach_evidence(evidence, by=self.enter(evidence))
        for touchpoint in sorted(wanted.values(), key=lambda one: one.board_id):
            by = self.enter(touchpoint)
            services.attach_insight(insight, stage=touchpoint.stage, about=touchpoint, by=by)

    def remove(self, present: Insight) -> None:
        services.delete_insight(present, by=self.actor)


def with_stages(insights: QuerySet[Insight], user: User) -> QuerySet[Insight]:
    """Each with `persona_ids`, and `stage_ids` and `touchpoint_ids` on the maps that this person
    may see."""
    seen = evidence_seen_by(user).filter(insight=OuterRef("pk"))
    stages = seen.filter(note=None, touchpoint=None)
    stages = stages.order_by("board_id", "stage__position")
    touchpoints = seen.filter(touchpoint__isnull=False)
    touchpoints = touchpoints.order_by("board_id", "stage__position", "position")
    personas = Insight.personas.through.objects.filter(insight=OuterRef("pk"))
    return insights.annotate(
        stage_ids=ArraySubquery(stages.values("stage")),
        touchpoint_ids=ArraySubquery(touchpoints.values("touchpoint")),
        persona_ids=ArraySubquery(personas.order_by("persona").values("persona")),
    )


def _insights_on(journey: Journey, user: User) -> QuerySet[Any]:
    shown = Evidence.objects.filter(board=journey.pk).values("insight")
    whole = Insight.objects.filter(pk__in=shown).select_related("ladder")
    whole = whole.prefetch_related("ladder__steps")
    return with_stages(whole, user).order_by("pk")


show_on_map_to("insights", InsightSerializer, _insights_on)

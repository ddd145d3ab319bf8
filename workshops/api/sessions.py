"""Workshops, who takes part, and what they bring."""

from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import (
    BOARD_ITEM,
    BoardItemSerializer,
    BoardItemViewSet,
    BoardViewSet,
    Moves,
    OrderedItemSerializer,
    require_same_workspace,
)
from collaboration.models import Board
from journeys.api.items import ORDERED_ITEM
from journeys.models import Journey, Stage
from teams.api.fields import Reference
from teams.api.filters import LARGEST_ID, FilterBackend, IdFilter, ResourceFilters
from teams.api.resources import Values
from teams.api.serializers import ResourceSerializer
from teams.models import Role
from touchpoints.models import Touchpoint
from workshops import clustering, services
from workshops.agenda import plan_workshop
from workshops.agendas import AGENDAS
from workshops.api.follow_up import FollowsUp
from workshops.api.silent import CollectsInSilence
from workshops.collecting_models import Cluster
from workshops.models import (
    Contribution,
    Participant,
    ScopeStage,
    Workshop,
)
from workshops.selectors import scope_stage


# --- Participants ----------------------------------------------------------------------------
class ParticipantSerializer(BoardItemSerializer):
    resource = "participants"
    board_model = None

    workshop = Reference(queryset=Workshop.objects.all(), source="board")

    class Meta:
        model = Participant
        fields = (*BOARD_ITEM, "workshop", "name", "department", "email", "user", "is_guest")
        read_only_fields = ("version", "board", "user", "is_guest")


class ParticipantViewSet(BoardItemViewSet):
    """People in a workshop, with or without an account."""

    model = Participant
    serializer_class = ParticipantSerializer
    filterset_fields = ("board", "department", "user")
    ordering_fields = ("name", "department", "created_at", "updated_at")

    def add(self, values: Values) -> Participant:
        workshop = values.pop("board")
        return services.add_participant(workshop, **values, by=self.enter(workshop))

    def change(self, present: Participant, values: Values) -> None:
        services.change_participant(present, fields=values, by=self.actor)

    def remove(self, present: Participant) -> None:
        services.remove_participant(present, by=self.actor)


# --- Workshops -------------------------------------------------------------------------------
class WorkshopSerializer(ResourceSerializer):
    resource = "workshops"
    fixed = ("subject", "agenda")

    journey = Reference(queryset=Journey.objects.select_related("workspace"), source="subject")
    follows = Reference(queryset=Workshop.objects.all(), required=False, allow_null=True)
    scope_stages = Reference(
        queryset=Stage.objects.select_related("board__workspace"),
        many=True,
        required=False,
        source="stage_ids",
        help_text="Stages of the journey; all of them when it is left out on creation.",
    )

    agenda = serializers.ChoiceField(
        choices=list(AGENDAS),
        required=False,
        write_only=True,
        help_text="A ready-made agenda, on creation alone; worded in the request's language.",
    )

    class Meta:
        model = Workshop
        fields = (
            "id", "url", "version", "workspace", "journey", "title", "starts_at", "location",
            "facilitator", "departments_needed", "introduction", "scope_stages", "phase", "follows", "agenda",
            "ratings_frozen_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("version", "workspace", "ratings_frozen_at")

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        journey = self.instance.subject if self.instance else values["subject"]
        require_same_workspace(journey.workspace, values)
        if any(stage.board_id != journey.pk for stage in values.get("stage_ids", [])):
            words = _("These are not all stages of the workshop's journey.")
            raise serializers.ValidationError({"scope_stages": [words]})
        return values

    def to_representation(self, instance: Any) -> Values:
        return super().to_representation(instance) | {"follows": instance.seen_follows}


class Joining(serializers.Serializer[Any]):
    department = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class WorkshopFilters(ResourceFilters):
    journey = IdFilter(field_name="subject")


class WorkshopFilterBackend(FilterBackend):
    filterset_base = WorkshopFilters


@extend_schema_view(follow_up=extend_schema(responses={201: WorkshopSerializer}))
class WorkshopViewSet(CollectsInSilence, FollowsUp, BoardViewSet):
    """Sessions in which people from several departments work on one journey."""

    model = Workshop
    serializer_class = WorkshopSerializer
    filter_backends = (WorkshopFilterBackend, *BoardViewSet.filter_backends[1:])
    filterset_fields = ("workspace", "phase", "follows")
    ordering_fields = ("title", "starts_at", "created_at", "updated_at")

    def rows(self) -> QuerySet[Workshop]:
        scope = ScopeStage.objects.filter(board=OuterRef("pk")).order_by("position", "pk")
        earlier = Board.objects.visible_to(self.person).filter(pk=OuterRef("follows_id"))
        return Workshop.objects.annotate(
            stage_ids=ArraySubquery(scope.values("journey_stage_id")),
            seen_follows=Subquery(earlier.values("pk")),
        )

    def add(self, values: Values) -> Workshop:
        journey, phase = values.pop("subject"), values.pop("phase", None)
        agenda = AGENDAS.get(values.pop("agenda", ""))
        by = self.enter(journey)
        values["stage_ids"] = _ids(values.get("stage_ids"))
        workshop = plan_workshop(journey, agenda=agenda, **values, by=by)
        if phase is not None:
            services.enter_phase(workshop, phase=phase, by=by)
        return workshop

    def change(self, present: Workshop, values: Values) -> None:
        stage_ids = _ids(values.pop("stage_ids", None))
        services.change_workshop(present, fields=values, by=self.actor)
        if stage_ids is not None:
            services.choose_scope(present, stage_ids=stage_ids, by=self.actor)

    def remove(self, present: Workshop) -> None:
        services.delete_workshop(present, by=self.actor)

    @extend_schema(request=Joining, responses=ParticipantSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take part yourself; doing it again changes your department."""
        values = self.read(Joining)
        workshop = self.get_object()
        participant = services.join_workshop(workshop, **values, by=self.actor)
        context = self.get_serializer_context()
        return Response(ParticipantSerializer(participant, context=context).data)

    def enter(self, row: Any, role: Role | None = None) -> Any:
        return super().enter(row, Role.COMMENTER if self.action in self.COMMENTERS_DO else role)


def _ids(stages: list[Stage] | None) -> list[int] | None:
    return None if stages is None else [stage.pk for stage in stages]


# --- Stages in scope -------------------------------------------------------------------------
class StageInScope(serializers.IntegerField):
    """The id of a stage of the journey; null stands for the whole journey."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=1, max_value=LARGEST_ID, required=False, allow_null=True, **options
        )

    def to_representation(self, value: Any) -> int:
        """Of a stage in scope."""
        number: int = value.journey_stage_id
        return number


def with_scope(workshop: Any, values: Values) -> Values:
    """The stage that this workshop works on, in place of the journey's number for it."""
    if values.get("stage") is None:
        return values
    found = scope_stage(workshop, values["stage"])
    if found is None:
        words = _("The workshop does not work on this stage.")
        raise serializers.ValidationError({"stage": [words]})
    return values | {"stage": found}


class OnStageSerializer(OrderedItemSerializer):
    board_model = Workshop

    stage = StageInScope(help_text="A stage of the journey that is in the workshop's scope.")

    def validate(self, values: Values) -> Values:
        return super().validate(with_scope(self.board_of(values), values))


# --- Contributions ---------------------------------------------------------------------------
class ContributionSerializer(OnStageSerializer):
    resource = "contributions"
    fixed = ("board", "before", "stage", "participant")

    participant = Reference(
        queryset=Participant.objects.all(),
        required=False,
        allow_null=True,
        help_text="Whose word it is, where an editor writes it down for somebody.",
    )
    touchpoint = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="The id of a touchpoint of the journey.",
    )
    cluster = Reference(
        queryset=Cluster.objects.all(),
        required=False,
        allow_null=True,
        help_text="The group it is in; changed while the running activity lets you group.",
    )

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        journey = Q(board__journey__workshops=self.board_of(values).pk)
        number = values.get("touchpoint")
        if number and not Touchpoint.objects.filter(journey, pk=number).exists():
            words = _("There is no such touchpoint on the workshop's journey.")
            raise serializers.ValidationError({"touchpoint": [words]})
        return values

    class Meta:
        model = Contribution
        fields = (
            *ORDERED_ITEM, "stage", "touchpoint", "touchpoint_title", "participant", "author",
            "author_name", "kind", "text", "discussion", "cluster", "finding",
        )  # fmt: skip
        read_only_fields = ("version", "author", "author_name", "touchpoint_title", "finding")
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "finding": {"help_text": "The step of a walk on the journey that it comes from."}
        }


AFTERWARDS = ("cluster", "discussion")
"""What comes to a contribution once it is there."""


class ContributionPlace(serializers.Serializer[Any]):
    """The stage stays as it is when it is left out."""

    stage = StageInScope()
    before = Reference(queryset=Contribution.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=ContributionPlace, responses=ContributionSerializer))
class ContributionViewSet(Moves, BoardItemViewSet):
    """What participants add: problems, ideas, questions, strengths. Your own can be changed
    as a commenter, anybody's as an editor."""

    model = Contribution
    serializer_class = ContributionSerializer
    move_serializer = ContributionPlace
    write_role = Role.COMMENTER
    filterset_fields = ("board", "participant", "author", "kind", "finding")
    ordering_fields = ("position", "kind", "created_at", "updated_at")

    def rows(self) -> QuerySet[Contribution]:
        return Contribution.objects.select_related("stage")

    def add(self, values: Values) -> Contribution:
        workshop, before = values.pop("board"), values.pop("before", None)
        afterwards = {name: values.pop(name) for name in AFTERWARDS if name in values}
        with workshop.editing(by=self.enter(workshop), needs=Role.COMMENTER):
            contribution = services.add_contribution(workshop, **values, by=self.actor)
            self.change(contribution, afterwards)
            if before is not None:
                self.move_to(contribution, before=before)
        return contribution

    def change(self, present: Contribution, values: Values) -> None:
        if "cluster" in values:
            cluster = values.pop("cluster")
            clustering.put_in_cluster(present, cluster=cluster, by=self.actor)
        if "discussion" in values:
            self.actor.must(Role.EDITOR)
        if values:
            services.change_contribution(present, fields=values, by=self.actor)

    def move_to(self, present: Contribution, **place: Any) -> None:
        place = {"stage": present.stage, **with_scope(present.board, place)}
        services.move_contribution(present, **place, by=self.actor)

    def remove(self, present: Contribution) -> None:
        services.delete_contribution(present, by=self.actor)

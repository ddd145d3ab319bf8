"""Journeys, and the whole map in one answer."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration import drafts
from collaboration.api.items import (
    BoardViewSet,
    require_same_workspace,
)
from collaboration.models import Board
from journeys import copies, services
from journeys.api.archiving import Archives
from journeys.api.comparing import Compares
from journeys.api.gestures import Copies
from journeys.models import Journey, JourneyPersona, Persona
from journeys.own_starters import starter_of
from journeys.selectors import personas_of
from journeys.starters import STARTERS, Starter
from teams.api.fields import Reference
from teams.api.resources import Values, entity_tag, set_values
from teams.api.serializers import ResourceSerializer
from teams.models import User, Workspace


class JourneySerializer(ResourceSerializer):
    resource = "journeys"
    fixed = ("workspace", "template", "based_on")

    workspace = Reference(queryset=Workspace.objects.all())
    based_on = Reference(queryset=Journey.objects.all(), required=False, allow_null=True)
    pair = Reference(
        queryset=Journey.objects.all(),
        required=False,
        allow_null=True,
        help_text="Of a lifecycle plan: the map of the customer's side that stands beside it.",
    )
    personas = Reference(
        queryset=Persona.objects.all(), many=True, required=False, source="persona_ids"
    )
    template = serializers.CharField(
        write_only=True,
        default="seven-stages",
        max_length=40,
        help_text=(
            f"On creation: what to start with. {', '.join(f'`{key}`' for key in STARTERS)}, or "
            "the `key` of one of the workspace's own journey-templates."
        ),
    )

    class Meta:
        model = Journey
        fields = (
            "id", "url", "version", "workspace", "title", "perspective", "personas",
            "business_goal", "customer_goal", "goal_agreement", "scope", "review_due",
            "hidden", "archived_at", "template", "based_on", "pair", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("version", "archived_at")

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        workspace = self.instance.workspace if self.instance else values["workspace"]
        require_same_workspace(workspace, values)
        if self.instance is None:
            values["starter"] = _starter(values.pop("template"), workspace)
        return values

    def to_representation(self, instance: Any) -> Values:
        return super().to_representation(instance) | {"based_on": instance.seen_based_on}


# --- The whole map ---------------------------------------------------------------------------
MapPart = tuple[type[serializers.Serializer[Any]], Callable[[Journey, User], QuerySet[Any]]]
_parts: dict[str, MapPart] = {}


def show_on_map(
    name: str,
    serializer: type[serializers.Serializer[Any]],
    rows: Callable[[Journey], QuerySet[Any]],
) -> None:
    """Add a list of items to the answer of `journeys/<id>/map/`; one query each."""
    _parts[name] = (serializer, lambda journey, _user: rows(journey))


def show_on_map_to(
    name: str,
    serializer: type[serializers.Serializer[Any]],
    rows: Callable[[Journey, User], QuerySet[Any]],
) -> None:
    """The same for items that tell of other boards too: `rows` gets the person who asks."""
    _parts[name] = (serializer, rows)


class MapSerializer(serializers.Serializer[Any]):
    """A journey with all that is on its map; each list is in the order of the map."""

    journey = JourneySerializer(read_only=True)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name, (serializer, _rows) in _parts.items():
            fields[name] = serializer(many=True, read_only=True)
        return fields


def _starter(key: str, workspace: Workspace) -> Starter:
    if starter := starter_of(workspace, key):
        return starter
    raise serializers.ValidationError({"template": [_("There is no such template.")]})


# --- Journeys as a resource ------------------------------------------------------------------
class JourneyViewSet(Archives, Copies, Compares, BoardViewSet):
    """Journeys. Deleting one puts it into the trash of its workspace."""

    model = Journey
    serializer_class = JourneySerializer
    filterset_fields = ("workspace", "perspective", "based_on")

    def rows(self) -> QuerySet[Journey]:
        links = JourneyPersona.objects.filter(board=OuterRef("pk")).order_by("created_at", "pk")
        origin = Board.objects.visible_to(self.person).filter(pk=OuterRef("based_on_id"))
        return Journey.objects.annotate(
            persona_ids=ArraySubquery(links.values("persona")),
            seen_based_on=Subquery(origin.values("pk")),
        )

    def add(self, values: Values) -> Journey:
        by = self.enter(values["workspace"])
        starter = values.pop("starter")
        personas, pair = values.pop("persona_ids", []), values.pop("pair", None)
        with transaction.atomic():
            journey = services.create_journey(**values, starter=starter, by=by)
            if pair:
                copies.pair_journeys(journey, other=pair, by=by)
            self.show_personas(journey, personas)
        return journey

    def change(self, present: Journey, values: Values) -> None:
        personas = values.pop("persona_ids", None)
        if values.pop("hidden", present.hidden) != present.hidden:
            drafts.hide_board(present, hidden=not present.hidden, by=self.actor)
        if "pair" in values:
            copies.pair_journeys(present, other=values.pop("pair"), by=self.actor)
            present.refresh_from_db()
        set_values(present, values)
        present.save()
        if personas is not None:
            self.show_personas(present, personas)

    def show_personas(self, journey: Journey, personas: list[Persona]) -> None:
        """Exactly these."""
        for persona in personas_of(journey):
            if persona not in personas:
                services.detach_persona(journey, persona, by=self.actor)
        for persona in personas:
            services.attach_persona(journey, persona, by=self.actor)

    def remove(self, present: Journey) -> None:
        services.delete_journey(present, by=self.actor)

    @extend_schema(responses=MapSerializer)
    @action(detail=True)
    def map(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The whole map in one answer: the journey, and every item that is on it."""
        journey = self.get_object()
        loaded = {"journey": journey} | {
            name: list(rows(journey, self.person)) for name, (_serializer, rows) in _parts.items()
        }
        body = MapSerializer(loaded, context=self.get_serializer_context()).data
        return Response(body, headers={"ETag": entity_tag(journey)})


def on_board(model: type[models.Model], *order: str) -> Callable[[Journey], QuerySet[Any]]:
    """The rows of a board item type on a journey, for show_on_map."""
    return lambda journey: model._default_manager.filter(board=journey.pk).order_by(*order)

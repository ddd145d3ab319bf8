"""Starters that a workspace has made of its own journeys."""

from typing import Any

from rest_framework import serializers

from collaboration.api.items import LibrarySerializer, LibraryViewSet
from journeys import own_starters
from journeys.models import Journey
from journeys.own_starters import JourneyTemplate
from teams.api.fields import PlainNameField, Reference
from teams.api.resources import Values, set_values


class JourneyTemplateSerializer(LibrarySerializer):
    resource = "journey-templates"
    fixed = ("workspace", "journey", "with_notes")

    name = PlainNameField(max_length=80)
    journey = Reference(
        queryset=Journey.objects.all(),
        write_only=True,
        help_text="On creation: the journey that is kept: its goals, stages, lanes, paths and "
        "metrics; `with_notes` also its notes, touchpoints and the like.",
    )
    key = serializers.CharField(
        read_only=True, help_text="What a new journey names as its `template`."
    )

    class Meta:
        model = JourneyTemplate
        fields = (
            "id", "url", "workspace", "key", "name", "about", "with_notes", "journey",
            "created_at", "updated_at",
        )  # fmt: skip


class JourneyTemplateViewSet(LibraryViewSet):
    """Journeys kept to start others from; what was kept never changes."""

    model = JourneyTemplate
    serializer_class = JourneyTemplateSerializer
    filterset_fields = ("workspace", "name")

    def add(self, values: Values) -> JourneyTemplate:
        journey = values.pop("journey")
        values.pop("workspace")
        return own_starters.save_as_template(journey, **values, by=self.enter(journey))

    def change(self, present: Any, values: Values) -> None:
        set_values(present, values)
        present.save()

    def remove(self, present: Any) -> None:
        own_starters.delete_template(present, by=self.actor)

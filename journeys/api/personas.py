"""The personas of a workspace's library."""

from django.db.models import QuerySet

from collaboration.api.items import (
    LibrarySerializer,
    LibraryViewSet,
)
from journeys import services
from journeys.api.maps import show_on_map
from journeys.models import Journey, JourneyPersona, Persona
from teams.api.resources import Values, set_values


class PersonaSerializer(LibrarySerializer):
    resource = "personas"

    class Meta:
        model = Persona
        fields = (
            "id", "url", "workspace", "name", "segment", "quote", "summary", "goals", "pains",
            "gains", "behaviours", "colour", "created_at", "updated_at",
        )  # fmt: skip


class PersonaViewSet(LibraryViewSet):
    """Described kinds of customers, in the library of a workspace."""

    model = Persona
    serializer_class = PersonaSerializer
    holds_row = True
    filterset_fields = ("workspace", "name", "segment")

    def add(self, values: Values) -> Persona:
        by = self.enter(values["workspace"])
        return services.create_persona(**values, by=by)

    def change(self, present: Persona, values: Values) -> None:
        set_values(present, values)
        services.change_persona(present, by=self.actor)

    def remove(self, present: Persona) -> None:
        services.delete_persona(present, by=self.actor)


def _personas(journey: Journey) -> QuerySet[Persona]:
    links = JourneyPersona.objects.filter(board=journey.pk).values("persona")
    return Persona.objects.filter(pk__in=links).order_by("name", "pk")


show_on_map("personas", PersonaSerializer, _personas)

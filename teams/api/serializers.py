"""What every object of the API has, and the fields that are set once."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from teams.api.fields import Reference, UtcDateTimeField

MISSING = object()


class ResourceSerializer(serializers.ModelSerializer):  # type: ignore[type-arg]
    """A row with id, url and times. Fields in `fixed` are given when it is created; later
    the same value is accepted, another one is refused."""

    resource: ClassVar[str]
    fixed: ClassVar[tuple[str, ...]] = ()

    serializer_related_field = Reference
    serializer_field_mapping: ClassVar[dict[Any, Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: UtcDateTimeField,
    }

    def build_url_field(self, field_name: str, model_class: Any) -> Any:
        field, options = super().build_url_field(field_name, model_class)
        return field, options | {"view_name": f"api:{self.resource}-detail"}

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        return self.without_fixed(values) if self.instance else values

    def without_fixed(self, values: dict[str, Any]) -> dict[str, Any]:
        given = {name: value for name, value in values.items() if name in self.fixed}
        wrong = [name for name, value in given.items() if self.present(name) != value]
        if wrong:
            words = _("This is set when it is created and cannot be changed here.")
            raise serializers.ValidationError({name: [words] for name in wrong})
        return {name: value for name, value in values.items() if name not in self.fixed}

    def present(self, name: str) -> Any:
        return getattr(self.instance, name, MISSING)

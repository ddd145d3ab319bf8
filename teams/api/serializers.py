"""What every object of the API has, and the fields that are set once."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from teams.api.fields import Reference, UtcDateTimeField

MISSING = object()


class ResourceSerializer(serializers.ModelSerializer[Any]):
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
        wrong = [name for name, value in given.items() if not self.is_same(name, value)]
        if wrong:
            self.refuse_fixed(wrong)
        return {name: value for name, value in values.items() if name not in self.fixed}

    def refuse_fixed(self, names: list[str]) -> NoReturn:
        words = _("This is set when it is created and cannot be changed here.")
        shown = {field.source: name for name, field in self.fields.items()}
        raise serializers.ValidationError({shown.get(name, name): [words] for name in names})

    def is_same(self, name: str, value: Any) -> bool:
        present = getattr(self.instance, name, MISSING)
        return bool(getattr(present, "pk", present) == getattr(value, "pk", value))

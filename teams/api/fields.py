"""Fields of the API: references that stay within what one may see, times in UTC, names."""

import datetime as dt
from typing import Any, cast

from django.db.models import Model, QuerySet
from rest_framework import serializers

from teams.api.visibility import visible
from teams.forms import NameField


class Reference(serializers.PrimaryKeyRelatedField[Any]):
    """The id of a row; what one may not see does not exist."""

    def get_queryset(self) -> QuerySet[Any]:
        rows = cast("QuerySet[Any]", super().get_queryset())
        request = self.context.get("request")
        return visible(rows, request.user) if request else rows.none()

    def to_representation(self, value: Any) -> Any:
        """A row, or an id that was gathered by the query already."""
        return value.pk if isinstance(value, Model) or hasattr(value, "pk") else value


class UtcDateTimeField(serializers.DateTimeField):
    """ISO 8601 in UTC, whatever the time zone of the person who asks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default_timezone=dt.UTC, **options)


class PlainNameField(serializers.CharField):
    """A name without letters that cannot be seen, as in the forms."""

    def to_internal_value(self, data: Any) -> str:
        return NameField().to_python(super().to_internal_value(data))

    def run_validation(self, data: Any = serializers.empty) -> Any:
        name = super().run_validation(data)
        if name == "" and not self.allow_blank:
            self.fail("blank")
        return name

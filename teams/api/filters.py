"""Filters and order of lists; a parameter that is not known is refused, never overlooked."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request

LARGEST_ID = 2**63 - 1
OF_EVERY_LIST = {"page", "page_size", "ordering"}


class IdFilter(filters.NumberFilter):  # type: ignore[misc]
    """Rows that refer to this id; a foreign id finds nothing and tells nothing."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, min_value=0, max_value=LARGEST_ID, **options)

    def get_max_validator(self) -> None:
        return None


class ResourceFilters(filters.FilterSet):  # type: ignore[misc]
    FILTER_DEFAULTS: ClassVar[dict[Any, Any]] = {
        **filters.FilterSet.FILTER_DEFAULTS,
        models.ForeignKey: {"filter_class": IdFilter},
    }


class FilterBackend(filters.DjangoFilterBackend):  # type: ignore[misc]
    filterset_base = ResourceFilters

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        filterset = self.get_filterset(request, queryset, view)
        known = OF_EVERY_LIST | set(filterset.filters if filterset else ())
        if unknown := set(request.query_params) - known:
            raise ValidationError({name: [_("This parameter is not known.")] for name in unknown})
        return super().filter_queryset(request, queryset, view)


class Ordering(OrderingFilter):
    """By the fields that the view names; rows that are equal in them come in order of id."""

    def remove_invalid_fields(
        self, queryset: QuerySet[Any], fields: Iterable[str], view: Any, request: Request
    ) -> list[str]:
        known = super().remove_invalid_fields(queryset, fields, view, request)
        if known != list(fields):
            raise ValidationError({"ordering": [_("Lists cannot be ordered by this.")]})
        return known

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> list[str]:
        return [*(super().get_ordering(request, queryset, view) or ()), "pk"]

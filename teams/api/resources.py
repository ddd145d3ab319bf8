"""What every resource of the API is made of: access, one object's answers, If-Match."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework import mixins, serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.field_mapping import get_nested_relation_kwargs  # noqa: F401
from rest_framework.viewsets import GenericViewSet

from teams.access import Actor, declare
from teams.api.fields import Reference, UtcDateTimeField
from teams.api.filters import FilterBackend, Ordering
from teams.api.visibility import actor_at, visible
from teams.middleware import speak
from teams.models import Role

Values = dict[str, Any]

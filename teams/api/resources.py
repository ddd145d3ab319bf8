"""What every resource of the API is made of: access, the answer to one object, If-Match."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, cast

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import translation
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework import mixins, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from teams.access import Actor
from teams.api.filters import FilterBackend, Ordering
from teams.api.visibility import actor_at, visible
from teams.models import Role, User

Values = dict[str, Any]


class Stale(APIException):
    """The object has changed since the version that the writer named; shows what it is now."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = _("It has changed since. Look at what it is now and send your change again.")

    def __init__(self, present: Values) -> None:
        super().__init__()
        self.present = present


class Conflict(APIException):
    """What was asked cannot be done as things are now."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("Something else has taken its place meanwhile.")


class RoleEnough(BasePermission):
    """Reading is for all who can see it; for writing the role must include the view's."""

    def has_object_permission(self, request: Request, view: Any, row: Any) -> bool:
        if request.method not in SAFE_METHODS:
            view.enter(row)
        return True


class Resource(GenericViewSet[Any]):
    """Rows of one model that the person may see; `write_role` is needed to change them."""

    model: ClassVar[type[Model]]
    serializer_class: type[BaseSerializer[Any]]
    write_role: ClassVar[Role] = Role.EDITOR
    holds_row: ClassVar[bool] = False
    """Lock the row for every change; not where others lock boards first and the row second."""
    actor: Actor

    permission_classes = (IsAuthenticated, RoleEnough)
    filter_backends = (FilterBackend, Ordering)
    filterset_fields: ClassVar[tuple[str, ...]] = ()
    ordering: ClassVar[tuple[str, ...]] = ()
    ordering_fields: ClassVar[tuple[str, ...]] = ("created_at", "updated_at")
    http_method_names = ["get", "post", "patch", "delete", "head"]
    lookup_value_converter = "int"
    metadata_class = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A program that asks for no language is spoken to in that of its person."""
        super().initial(request, *args, **kwargs)
        if "Accept-Language" not in request.headers:
            translation.activate(self.person.language)

    @property
    def person(self) -> User:
        """Whom the request acts for; somebody always, behind IsAuthenticated."""
        return cast("User", self.request.user)

    def rows(self) -> QuerySet[Any]:
        """All rows with what the serializer shows, before the person's view is cut out."""
        return self.model._default_manager.all()

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return visible(self.rows(), self.person)

    def enter(self, row: Any, role: Role | None = None) -> Actor:
        """Become the actor at this row's place; Forbidden when the role is too low there."""
        self.actor = actor_at(row, self.person)
        self.actor.must(role or self.write_role)
        return self.actor

    def shown(self, row: Any, status: int = 200) -> Response:
        """The row as it is in the database now, with its version as entity tag."""
        present = self.present(row)
        if present is None:
            raise Http404
        return self.answer(present, status)

    def present(self, row: Any) -> Any:
        """The row as this person may see it now, or None."""
        return self.get_queryset().filter(pk=row.pk).first()

    def answer(self, present: Any, status: int = 200) -> Response:
        body = self.show(present)
        response = Response(body, status=status, headers={"ETag": entity_tag(present)})
        if status == 201:
            response["Location"] = body["url"]
        return response

    def show(self, row: Any) -> Values:
        context = self.get_serializer_context()
        return dict(self.serializer_class(row, context=context).data)

    def read(self, serializer_class: Any, *args: Any, **options: Any) -> Values:
        """What was sent, checked by a serializer; ValidationError names each wrong field."""
        options["context"] = self.get_serializer_context()
        serializer = serializer_class(*args, data=self.request.data, **options)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    @contextmanager
    def door(self, seen: Any) -> Iterator[Any]:
        """A transaction with the row as it is now, which If-Match agrees to."""
        with transaction.atomic():
            rows = self.model._default_manager.filter(pk=seen.pk)
            if self.holds_row or "If-Match" in self.request.headers:
                rows = rows.select_for_update(no_key=True)
            present = rows.first()
            if present is None:
                raise Http404
            self.require_match(present)
            yield present

    def require_match(self, present: Any) -> None:
        """Raise Stale when the writer has seen another version than the present one."""
        wanted = self.request.headers.get("If-Match")
        if wanted is None:
            return
        tags = parse_etags(wanted) or [f'"{wanted.strip()}"']
        if "*" not in tags and entity_tag(present) not in tags:
            raise Stale(self.show(self.present(present)))


def entity_tag(row: Any) -> str:
    """The version in quotes; rows of the library have the moment of their last change."""
    if hasattr(row, "version") and not getattr(row, "TAGGED_BY_MOMENT", False):
        return f'"{row.version}"'
    return f'"{int(row.updated_at.timestamp() * 1_000_000)}"'


class Lists(mixins.ListModelMixin):
    """GET of the whole list, paged."""


class Shows:
    """GET of one object."""

    def retrieve(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = self.answer(self.get_object())
        return response


class Creates:
    """POST to the list."""

    def create(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = self.shown(self.add(self.read(self.serializer_class)), status=201)
        return response

    def add(self, values: Values) -> Any:
        """Create by the service; first `enter` the place where it shall be."""
        raise NotImplementedError


class Changes:
    """PATCH of one object: only the given fields are written."""

    def partial_update(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        seen = self.get_object()
        with self.door(seen) as present:
            if values := self.read(self.serializer_class, present, partial=True):
                self.change(present, values)
        response: Response = self.shown(present)
        return response

    def change(self, present: Any, values: Values) -> None:
        raise NotImplementedError


class Removes:
    """DELETE of one object."""

    def destroy(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        seen = self.get_object()
        with self.door(seen) as present:
            self.remove(present)
        return Response(status=204)

    def remove(self, present: Any) -> None:
        raise NotImplementedError


def set_values(row: Any, values: Values) -> None:
    for name, value in values.items():
        setattr(row, name, value)

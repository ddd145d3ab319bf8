"""Every refusal of the API is a problem document (RFC 9457) in words."""

from collections.abc import Callable, Iterator
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import errors as postgres
from rest_framework import exceptions, status
from rest_framework.fields import get_error_detail
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from collaboration.editing import BoardGone, ItemGone, Refused
from teams.access import Forbidden, log_refusal

logger = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"
TITLES: dict[int, str | Promise] = {
    400: _("Something in this request is not valid"),
    401: _("Please say who you are"),
    403: _("This is not allowed"),
    404: _("We could not find this"),
    405: _("This cannot be done here"),
    406: _("We only answer in JSON"),
    409: _("This does not fit with how things are now"),
    412: _("It has changed since you read it"),
    413: _("That is too large"),
    415: _("We only read JSON"),
    422: _("This cannot be done twice"),
    429: _("Too many requests"),
}
TAKEN = (postgres.UniqueViolation, postgres.ForeignKeyViolation)


class Fault(exceptions.APIException):
    """A refusal with a status of its own."""

    def __init__(self, status_code: int, detail: str | Promise) -> None:
        super().__init__(str(detail))
        self.status_code = status_code


def problem(exception: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception; None for a fault of ours, which ends in a 500 elsewhere."""
    fault = as_fault(exception)
    if fault is None:
        return None
    request = context["request"]
    if fault.status_code == status.HTTP_403_FORBIDDEN:
        reason = "role too low" if isinstance(exception, Forbidden) else "denied"
        log_refusal(request, reason=reason)
    body = document(request, fault)
    # Whatever was asked for: a file, YAML, a picture.
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), MEDIA_TYPE
    return Response(body, fault.status_code, headers=_headers(fault), content_type=MEDIA_TYPE)


def document(request: Request, fault: exceptions.APIException) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES.get(fault.status_code, fault.default_detail)),
        "status": fault.status_code,
        "request_id": request.META.get("HTTP_X_REQUEST_ID", ""),
    }
    if isinstance(fault.detail, list | dict):
        body["detail"] = str(_("Look at each of the errors, correct it and send it again."))
        body["errors"] = dict(_by_field(fault.detail))
    else:
        body["detail"] = str(fault.detail)
    if hasattr(fault, "present"):
        body["present"] = fault.present
    return body


def _by_field(detail: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Errors by the dotted name of their field; those of the whole under `non_field_errors`."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            yield from _by_field(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(detail, list) and any(isinstance(one, list | dict) for one in detail):
        for place, inner in enumerate(detail):
            if inner:
                yield from _by_field(inner, f"{name}.{place}" if name else str(place))
    else:
        words = detail if isinstance(detail, list) else [detail]
        yield name or api_settings.NON_FIELD_ERRORS_KEY, [str(word) for word in words]


def _headers(fault: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if auth_header := getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(fault, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def as_fault(exception: Exception) -> exceptions.APIException | None:
    """What the exception means to the one who asked."""
    if isinstance(exception, exceptions.APIException):
        return exception
    for kind, fault in MEANINGS.items():
        if isinstance(exception, kind):
            return fault(exception)
    return None


def _taken(exception: Exception) -> exceptions.APIException | None:
    if not isinstance(exception.__cause__, TAKEN):
        return None
    logger.warning("write_clashed", exc_info=exception)
    return Fault(409, _("Something else has taken its place, or has been deleted since."))


def _unstorable(exception: Exception) -> exceptions.APIException:
    logger.warning("value_refused_by_database", exc_info=exception)
    return Fault(400, _("A value is not one that we can store."))


def _too_large(_exception: Exception) -> exceptions.APIException:
    return Fault(413, _("Nothing was saved; shorten it and try again."))


def _missing(_exception: Exception) -> exceptions.APIException:
    return exceptions.NotFound(_("It may have been deleted, or you may not see it."))


MEANINGS: dict[type[Exception], Callable[[Any], exceptions.APIException | None]] = {
    Http404: _missing,
    BoardGone: _missing,
    ItemGone: _missing,
    DjangoPermissionDenied: lambda fault: exceptions.PermissionDenied(str(fault) or None),
    DjangoValidationError: lambda fault: exceptions.ValidationError(get_error_detail(fault)),
    Refused: lambda fault: Fault(409, str(fault)),
    RequestDataTooBig: _too_large,
    IntegrityError: _taken,
    DataError: _unstorable,
}

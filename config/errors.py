"""Every fault ends in a clear sentence: a page, a toast for htmx, a problem document for the API."""

import sys
from dataclasses import dataclass
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

logger = structlog.get_logger(__name__)
RETRY_AFTER_SECONDS = 10


@dataclass(frozen=True)
class Fault:
    """What happened, and what to do."""

    status: int
    title: Promise
    detail: Promise


FAULTS = {
    fault.status: fault
    for fault in (
        Fault(
            400,
            _("We could not read this request"),
            _("Something in the address or in what was sent is not valid. Go back and try again."),
        ),
        Fault(
            403,
            _("This is not allowed"),
            _("Reload the page and try again. If it stays so, ask an owner of the workspace."),
        ),
        Fault(
            404,
            _("We could not find this"),
            _("It may have been deleted or moved, or you may not have access to it."),
        ),
        Fault(
            413,
            _("That is too large"),
            _(
                "What you sent is larger than we accept. Nothing was saved; shorten it and try again."
            ),
        ),
        Fault(
            500,
            _("Something went wrong on our side"),
            _("What was saved before is safe. Try again; if it stays so, tell your administrator."),
        ),
        Fault(
            503,
            _("The database does not answer just now"),
            _("What was saved before is safe. Wait a moment and try again."),
        ),
    )
}


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """The fault in the form that the request can show."""
    fault = FAULTS[status]
    if request.path_info.startswith("/api/"):
        response: HttpResponse = _problem_document(request, fault)
    elif request.headers.get("HX-Request") == "true":
        # Beside the page and not into it: what somebody has typed stays where it is.
        response = HttpResponse(_toast(request, fault), status=status)
        response["HX-Reswap"] = "none"
    else:
        response = HttpResponse(_page(request, fault), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def request_id(request: HttpRequest) -> str:
    """The id that the log has too."""
    return str(request.META.get("HTTP_X_REQUEST_ID", ""))


def _problem_document(request: HttpRequest, fault: Fault) -> JsonResponse:
    body = {
        "type": "about:blank",
        "title": str(fault.title),
        "status": fault.status,
        "detail": str(fault.detail),
        "request_id": request_id(request),
    }
    return JsonResponse(body, status=fault.status, content_type="application/problem+json")


def _toast(request: HttpRequest, fault: Fault) -> str:
    return format_html(
        '<hx-partial hx-target="#toasts" hx-swap="beforeend">{}</hx-partial>',
        _notice(request, fault),
    )


def _notice(request: HttpRequest, fault: Fault) -> str:
    return format_html(
        '<div class="toast" role="alert"><strong>{}</strong> <span>{}</span> <small>{}</small></div>',
        fault.title,
        fault.detail,
        request_id(request),
    )


def _page(request: HttpRequest, fault: Fault) -> str:
    """The template of that status, else the bare words: an error page must not fail.

    With the person's own header where the database may be asked, which for a fault of ours
    or of the database it may not.
    """
    context = {"fault": fault, "request_id": request_id(request)}
    may_ask = fault.status < 500 and hasattr(request, "user")
    try:
        return loader.render_to_string(
            f"{fault.status}.html", context, request if may_ask else None
        )
    except TemplateDoesNotExist:
        title = format_html("<!doctype html><title>{0}</title><h1>{0}</h1>", fault.title)
        return title + _notice(request, fault)


def is_database_away(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError | InterfaceError)


# --- Named by config.urls as handler400, handler403, handler404, handler500 -------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest, *_: Any) -> HttpResponse:
    """Also faults of the middleware end here, where the exception is still at hand."""
    return answer(request, 503 if is_database_away(sys.exception()) else 500)

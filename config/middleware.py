"""What holds for every answer: it comes in time, in words, to one person, with an id."""

import re
import uuid
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import structlog
from django.conf import settings
from django.db import DataError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from config import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]
logger = structlog.get_logger(__name__)
PLAIN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class DatabaseDeadline:
    """Outermost: refuses what nothing inside can read; turns a database that is away into 503."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["HTTP_X_REQUEST_ID"] = own_or_given_id(request)
        if is_unreadable(request):
            response: HttpResponseBase = errors.answer(request, 400)
        elif is_too_large(request):
            response = errors.answer(request, 413)
        else:
            response = self.get_response(request)
        response["X-Request-ID"] = errors.request_id(request)
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if errors.is_database_away(exception):
            logger.error("database_away", error=type(exception).__name__, exc_info=exception)
            return errors.answer(request, 503)
        if isinstance(exception, DataError):
            logger.warning("value_refused_by_database", exc_info=exception)
            return errors.answer(request, 400)
        return None


database_deadline = DatabaseDeadline


def own_or_given_id(request: HttpRequest) -> str:
    # Not request.headers, which is read once and would never show the id that we give.
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if PLAIN_ID.fullmatch(given) else str(uuid.uuid4())


def is_unreadable(request: HttpRequest) -> bool:
    """NUL bytes, and a query that is not UTF-8: PostgreSQL could not take them."""
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    if "\0" in request.path_info or b"\0" in query:
        return True
    try:
        query.decode()
    except UnicodeDecodeError:
        return True
    return False


def is_too_large(request: HttpRequest) -> bool:
    """By the announced length; DRF reads JSON past Django's own limit."""
    is_upload = (request.content_type or "").startswith("multipart/")
    limit = settings.LARGEST_UPLOAD_BYTES if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > limit


def private_answers(get_response: GetResponse) -> GetResponse:
    """No cache between us and the person keeps an answer, unless the view said so itself."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    return middleware

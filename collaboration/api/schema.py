"""The description of the API (OpenAPI 3.1), and the page that shows it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.extensions import OpenApiAuthenticationExtension

from collaboration.api.problems import MEDIA_TYPE, TITLES
from teams.access import signed_in

Operation = dict[str, Any]

ERRORS = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
    "description": "Words for each wrong field, by its dotted name.",
}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457: what went wrong, in words.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string", "description": "The id that the log has too."},
        "errors": ERRORS,
        "present": {
            "type": "object",
            "additionalProperties": True,
            "description": "With 412: the object as it is now.",
        },
    },
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": 'The version you have seen, as the ETag gave it ("7"): answers 412 when the'
    " object has changed since. Without it the last writer wins, field by field.",
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 100},
    "description": "A key of your own making: sent again within a day, it gives the first answer"
    " and creates nothing.",
}
NOT_ONCE = "/api/v1/workspaces/"
ETAG = {"schema": {"type": "string"}, "description": "The object's version, for If-Match."}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "teams.api.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal token; one that may only read is answered with 403 where"
            " something would change. Each answer says in RateLimit-Limit, RateLimit-Remaining and"
            " RateLimit-Reset how many requests a minute it has, how many are left, and for how"
            " many seconds; too many are answered with 429 and Retry-After.",
        }


def describe_problems(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Give every operation its problem documents, If-Match and entity tag."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    result["components"]["responses"] = {f"Problem{code}": _response(code) for code in TITLES}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            _describe(path, method, operation)
    return result


def _response(code: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": str(TITLES[code]), "content": content}


def _describe(path: str, method: str, operation: Operation) -> None:
    for code in sorted(_codes(path, method, operation)):
        operation["responses"][str(code)] = {"$ref": f"#/components/responses/Problem{code}"}
    if _is_once(path, method):
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    if "{id}" not in path:
        return
    if method == "post":  # an act on one object creates nothing
        operation["operationId"] = operation["operationId"].removesuffix("_create")
    if method in {"patch", "delete"} or path.endswith("/move/"):
        operation.setdefault("parameters", []).append(IF_MATCH)
    if "200" in operation["responses"] and method in {"get", "patch"}:
        operation["responses"]["200"]["headers"] = {"ETag": ETAG}


def _is_once(path: str, method: str) -> bool:
    """Whether a key makes this creation happen once."""
    return method == "post" and "{id}" not in path and path != NOT_ONCE


def _codes(path: str, method: str, operation: Operation) -> set[int]:
    codes = {400, 401, 406, 429}
    if "{id}" in path or method == "get":
        codes.add(404)
    if method != "get":
        codes |= {403, 409}
    if "requestBody" in operation:
        codes |= {413, 415}
    if _is_once(path, method):
        codes.add(422)
    if method in {"patch", "delete"} or path.endswith("/move/"):
        codes.add(412)
    return codes


@require_safe
@signed_in
def docs(request: HttpRequest) -> HttpResponse:
    """The description as a page to read and to try; its script comes from our own host."""
    return render(request, "collaboration/api_docs.html")

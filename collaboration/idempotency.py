"""A write that is sent twice is done once: a double click, a proxy that tries again.

A request that writes may carry a key of its own making, in the header `Idempotency-Key` or
the form field `idempotency_key`. Its answer is kept in the same transaction as the work, so
there is no answer without the work and no work without the answer. A second request with
the key waits for the first and gets the same answer; after a failure nothing is kept, and
the same key may be tried again. Where the person has typed more before sending again, the
content differs: that is another write, and it is done.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from collaboration import unnamed
from collaboration.kept_answers import IdempotentAnswer
from teams.access import Request
from teams.models import User

FIELD = "idempotency_key"
HEADER = "Idempotency-Key"
LONGEST_KEY = 100
KEPT_FOR = timedelta(days=1)
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Board-Version", "HX-Redirect", "HX-Trigger")
NOT_SAID = {FIELD, "csrfmiddlewaretoken"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

View = Callable[..., Any]


def answered_once(view: View) -> View:
    """Do what a key names once. Works for pages and for the API's methods alike; the person
    must be known already, so it stands behind the view's access rule."""

    @wraps(view)
    def once(request: Any, *args: Any, **kwargs: Any) -> Any:
        key = key_of(request)
        owner = _owner(request)
        if key is None or owner is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            row, is_first = _claim(request, key, owner)
            if not is_first and not _says_something_else(row, request):
                return _again(row, request)
            if is_first and _is_done_unnamed(row):
                transaction.set_rollback(True)
                return HttpResponse(status=204)
            unnamed.begin()
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                (_keep_unnamed if unnamed.is_forgotten() else _keep)(row, response)
            return response

    return once


def key_of(request: Any) -> str | None:
    """The key that a writing request carries; a key that is too long is none."""
    if request.method in SAFE_METHODS:
        return None
    key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    return key if 0 < len(key) <= LONGEST_KEY else None


def _owner(request: Any) -> dict[str, Any] | None:
    """Whose keys these are: a guest's of this visit, or a person's; None for nobody's."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.is_guest:
        return {"user": None, "guest": actor.guest}
    return {"user": request.user, "guest": ""} if isinstance(request.user, User) else None


def purge_old() -> int:
    """Forget answers that are no longer given again, whoever they belong to."""
    old = IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]


def _claim(request: Request, key: str, owner: dict[str, Any]) -> tuple[IdempotentAnswer, bool]:
    """The row of this key, and whether it is new. Waits for a request that has it now."""
    mine = IdempotentAnswer.objects.filter(**owner)
    mine.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            return mine.create(**owner, key=key, asked=_asked(request)), True
    except IntegrityError:
        return mine.get(key=key), False


def _asked(request: Any) -> str:
    """A digest of where the request goes, and one of what it says, 32 characters each."""
    sent = request.data if isinstance(request, ApiRequest) else dict(request.POST.lists())
    if isinstance(sent, dict):
        sent = {name: value for name, value in sent.items() if name not in NOT_SAID}
    where = _keyed(f"{request.method} {request.path}")
    what = _keyed(json.dumps(sent, sort_keys=True, default=str))
    return where[:32] + what[:32]


def _keyed(text: str) -> str:
    """A digest with the server's key: whoever reads the table cannot try what was said."""
    return salted_hmac("collaboration.idempotency", text, algorithm="sha256").hexdigest()


def _says_something_else(row: IdempotentAnswer, request: Request) -> bool:
    """The same address, other content; the row then keeps the answer to the newer."""
    asked = _asked(request)
    if row.asked[:32] != asked[:32] or row.asked == asked:
        return False
    row.asked = asked
    return True


def _keep(row: IdempotentAnswer, response: Any) -> None:
    row.status = response.status_code
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    if isinstance(response, Response):
        row.headers["Content-Type"] = JSONRenderer.media_type
        row.body = JSONRenderer().render(_without_token(response.data))
    elif getattr(response, "shows_tokens", False):
        row.status, row.body = 204, b""
    else:
        row.body = response.content
    row.save()


def _keep_unnamed(row: IdempotentAnswer, _response: Any) -> None:
    """That it was done, and neither by whom nor what was answered."""
    hidden = _hidden(row)
    IdempotentAnswer.objects.filter(user=None, guest="", key=hidden).delete()
    row.user, row.guest, row.key, row.status = None, "", hidden, 204
    row.save()


def _is_done_unnamed(row: IdempotentAnswer) -> bool:
    kept = IdempotentAnswer.objects.filter(user=None, guest="", key=_hidden(row))
    return kept.filter(asked=row.asked).exists()


def _hidden(row: IdempotentAnswer) -> str:
    return _keyed(f"{row.user_id}:{row.guest}:{row.key}")


def _without_token(answer: Any) -> Any:
    """What opens a door is told once, and kept nowhere."""
    if isinstance(answer, dict) and answer.get("token"):
        return {**answer, "token": None}
    return answer


def _again(row: IdempotentAnswer, request: Request) -> HttpResponse:
    """The answer that was given; 422 when the key was used for something else."""
    if row.asked != _asked(request):
        return HttpResponse(_("This key has already been used for something else."), status=422)
    return HttpResponse(bytes(row.body), status=row.status, headers=row.headers)

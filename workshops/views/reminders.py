"""Ending reminders by the link in a mail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teams.access import public
from workshops import stopping


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A mail program may post here without a page of ours (RFC 8058): the link is the proof.

    Opening the link alone changes nothing: programs that check links open them, too.
    """
    said = stopping.whose(token)
    if said is None:
        raise Http404
    if request.method == "POST":
        stopping.stop(said)
    context = {"done": request.method == "POST", "has_account": "user" in said}
    return render(request, "workshops/stop_reminders.html", context)

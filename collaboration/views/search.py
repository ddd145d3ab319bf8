"""Searching the workspace."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from collaboration.fulltext import MOST_LETTERS
from collaboration.search import search
from teams.access import Request, workspace_view
from teams.models import Role


@require_GET
@workspace_view(Role.VIEWER)
def results(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:MOST_LETTERS]
    found = search(text, request.workspace, request.user)
    context = {"asked": text, "found": found, "count": sum(len(kind.hits) for kind in found)}
    return render(request, "collaboration/search.html", context)

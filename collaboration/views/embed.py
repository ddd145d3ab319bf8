"""A map to be read inside other sites: no session, no cookie, and no way to write."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from collaboration.live import Viewer, page_of
from collaboration.openings import ShareLink
from teams.access import public
from teams.models import Role, hash_of_secret


@public
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Only browsers that show it inside one of the link's sites draw it."""
    digest = hash_of_secret(token)
    links = ShareLink.objects.open().exclude(embed_origins=[]).select_related("board")
    link = links.filter(secret_hash=digest).first()
    page = page_of(link.board) if link else None
    if link is None or page is None or not page.EMBEDDED:
        raise Http404
    viewer = Viewer(Role.VIEWER, translation.get_language(), is_guest=True)
    board = link.board.specific
    context = {**page.embedded(board, viewer), "viewer": viewer}
    response = render(request, page.EMBEDDED, context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    # Newer browsers go by this; the older header cannot name several sites.
    response._csp_replace = {"frame-ancestors": link.embed_origins}  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp reads it from here
    response.xframe_options_exempt = True
    return response

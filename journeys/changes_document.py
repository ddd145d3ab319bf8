"""What changed on a map since a day or a saved version, as a document."""

from typing import cast

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaboration.exporting import BadOptions, ExportFailed, Options, Progress
from collaboration.models import Board
from journeys.comparing import compare, people_since
from journeys.ends import UnknownEnd, end_of
from journeys.models import Journey
from teams.access import Actor
from teams.models import User


def changes_options(board: Board, wanted: Options, by: Actor) -> Options:
    """Since when: what `end_of` knows, as far as this person may see it."""
    unknown = set(wanted) - {"since"}
    if unknown:
        raise BadOptions(_("Unknown: %(names)s") % {"names": ", ".join(sorted(unknown))})
    since = wanted.get("since")
    if not isinstance(since, str):
        raise BadOptions("since: 2026-03-01 | version:41 | snapshot:7 | journey:9")
    try:
        end_of(Journey.objects.get(pk=board.pk), since, user=cast("User", by.user))
    except UnknownEnd as reason:
        raise BadOptions(str(reason)) from reason
    return {"since": since}


def render_changes(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    """A PDF of what differs between `options["since"]` and now, in the language in force."""
    # WeasyPrint is large and slow to load, so the web processes do without it.
    from collaboration.pdf import render_pdf

    html = changes_html(cast("Journey", board), cast("User", actor.user), options)
    report(30)
    content = render_pdf(html)
    report(95)
    return content


def changes_html(journey: Journey, user: User, options: Options) -> str:
    try:
        first = end_of(journey, str(options.get("since", "")), user=user)
    except UnknownEnd as reason:
        raise ExportFailed(str(reason)) from reason
    context = {
        "language": get_language(),
        "journey": journey,
        "comparison": compare(first, end_of(journey, "now", user=user)),
        "people": people_since(first),
        "today": timezone.localdate(),
    }
    return render_to_string("journeys/changes_pdf.html", context)

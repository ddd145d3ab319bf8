"""The projector's page: what the whole room looks at, in large letters; nothing to press."""

from typing import Any, ClassVar, cast

from django.template.loader import render_to_string

from collaboration.live import BoardPage, Viewer
from collaboration.models import Board, Change
from workshops import inspiring, selectors, standing
from workshops.agenda_models import AgendaItem, AgendaKind
from workshops.chart import chart_of
from workshops.inspiration_models import ShownCase
from workshops.joining import door_of
from workshops.mine import running_in
from workshops.models import Workshop
from workshops.page.drawing import Drawing
from workshops.silent import waiting_on

PROJECTOR = "projector"
LATEST = 8
"""So many notes fit on a wall."""

MATTER = {
    AgendaKind.WALK: "columns",
    AgendaKind.COLLECT: "columns",
    AgendaKind.GROUP: "clusters",
    AgendaKind.DISCUSS: "clusters",
    AgendaKind.PROPOSE: "rated",
    AgendaKind.DECIDE: "actions",
    AgendaKind.CLOSE: "actions",
}
"""What the room works on in each kind of activity."""


class ProjectorPage(BoardPage):
    kind: ClassVar[str] = Workshop.KIND
    view: ClassVar[str] = PROJECTOR
    WHOLE: ClassVar[frozenset[str]] = frozenset({PROJECTOR})

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        return {PROJECTOR}

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        if PROJECTOR not in regions:
            return {}
        return {PROJECTOR: draw_projector(cast(Workshop, board), viewer)}


def draw_projector(workshop: Workshop, viewer: Viewer) -> str:
    drawing = Drawing(workshop, viewer)
    running = running_in(drawing.agenda)
    people = selectors.departments_of(workshop)
    context = {
        "workshop": workshop,
        "agenda": drawing.agenda,
        "running": running,
        "about": drawing.about(running),
        "shown": shown_now(workshop),
        "door": door_of(workshop) if viewer.can_edit and not viewer.is_guest else None,
        "participant_count": sum(len(members) for _department, members in people),
        **matter_of(drawing, running),
    }
    return render_to_string("workshops/_projector.html", context)


def shown_now(workshop: Workshop) -> ShownCase | None:
    """The case of others that the facilitator shows."""
    return next((one for one in inspiring.shown_cases(workshop) if one.showing), None)


def matter_of(drawing: Drawing, running: AgendaItem | None) -> dict[str, Any]:
    """What the room works on in the running activity."""
    if running is None:
        return {}
    if running.silent:
        return {"waiting": waiting_on(drawing.workshop)}
    if running.kind in (AgendaKind.VOTE, AgendaKind.RATE):
        return answers_to(drawing, AgendaKind(running.kind))
    name = MATTER.get(AgendaKind(running.kind), "")
    if name == "columns":
        return {"columns": drawing.columns, "latest": latest_of(drawing)}
    if name == "actions":
        return {"actions": list(selectors.actions_of(drawing.workshop))}
    return {name: getattr(drawing, name)} if name else {}


def answers_to(drawing: Drawing, kind: AgendaKind) -> dict[str, Any]:
    """How many have answered; what came out, once it is revealed."""
    rounds = standing.waiting_rounds(drawing.rounds, drawing.agenda)
    if kind == AgendaKind.VOTE:
        return {"rounds": rounds} if rounds else {"voted": standing.most_voted(drawing.columns)}
    rated = drawing.rated
    shown = {"rated": rated, "rounds": rounds}
    return shown if rounds else {**shown, "chart": chart_of(rated)}


def latest_of(drawing: Drawing) -> list[Any]:
    """What was said last, in the words of whoever said it."""
    said = [item for column in drawing.columns for item in column.contributions]
    return sorted(said, key=lambda item: item.pk, reverse=True)[:LATEST]

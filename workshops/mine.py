"""“Your part”: what the running activity asks of one person.

Pieces of the board are the same for all who may see it, so what is one person's alone stands in
one region, which their own requests draw. Shared pieces hold a stamp; when it changes, the page
asks for its part anew (`static/js/yourpart.js`).

    mine.register(Act.RATE, RatingPart())

What an activity opens is a Part. Others add theirs in AppConfig.ready().
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Protocol

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from teams.access import Actor
from teams.models import Role
from workshops.agenda_models import Act, AgendaItem
from workshops.allowing import acts_of
from workshops.models import Workshop

MINE = "mine"
STAMP = "mine-stamp"


@dataclass(frozen=True)
class Asked:
    """Who is asked, on which workshop, while which activity runs (None: there is no agenda)."""

    workshop: Workshop
    running: AgendaItem | None
    request: HttpRequest

    @property
    def actor(self) -> Actor:
        actor: Actor = self.request.actor  # type: ignore[attr-defined]
        return actor


class Part(Protocol):
    """What one act asks of a person, while it is open."""

    shows: ClassVar[frozenset[str]]
    """The types of items that change what `stamp` says."""

    def stamp(self, workshop: Workshop, running: AgendaItem | None) -> str:
        """Changes whenever the part would be another for somebody, but for their own doing."""

    def draw(self, asked: Asked) -> str:
        """The part for this person; empty where there is nothing to do."""


_parts: dict[Act, Part] = {}


def register(act: Act, part: Part) -> None:
    """Let this part stand where the running activity opens the act."""
    _parts[act] = part


def types_in_stamps() -> frozenset[str]:
    """The types of items whose change may change a stamp."""
    return frozenset({"agendaitem"}).union(*(part.shows for part in _parts.values()))


def parts_open(agenda: Sequence[AgendaItem]) -> list[tuple[Act, Part]]:
    """What is asked of participants now, in the order of the acts."""
    opened: Collection[Act] = acts_of(agenda)
    return [(act, _parts[act]) for act in Act if act in opened and act in _parts]


def stamp_of(workshop: Workshop, agenda: Sequence[AgendaItem]) -> str:
    """The same as long as everybody's part is the same."""
    running = running_in(agenda)
    said = [str(running and running.pk)]
    said += [f"{act}:{part.stamp(workshop, running)}" for act, part in parts_open(agenda)]
    return sha256("|".join(said).encode()).hexdigest()[:16]


def draw_mine(request: HttpRequest, workshop: Workshop) -> SafeString:
    """The region of whoever asks; hidden where nothing is asked of them."""
    agenda = list(AgendaItem.objects.filter(board=workshop.pk))
    asked = Asked(workshop, running_in(agenda), request)
    takes_part = asked.actor.may(Role.COMMENTER)
    open_now = parts_open(agenda) if takes_part else []
    drawn = [(act.value, part.draw(asked)) for act, part in open_now]
    context = {
        "workshop": workshop,
        "running": asked.running,
        "stamp": stamp_of(workshop, agenda),
        "parts": [(name, html) for name, html in drawn if html],
        "leads": asked.actor.may(Role.EDITOR),
    }
    return render_to_string("workshops/_mine.html", context)


def running_in(agenda: Sequence[AgendaItem]) -> AgendaItem | None:
    return next((item for item in agenda if item.is_running), None)

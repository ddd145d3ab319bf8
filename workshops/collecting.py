"""What collecting asks of one person: to write, in the open or in silence, and to mend it."""

from typing import ClassVar

from django.db.models import Q
from django.template.loader import render_to_string

from teams.access import Actor
from workshops.agenda_models import AgendaItem
from workshops.collecting_models import SilentNote
from workshops.mine import Asked
from workshops.models import Contribution, Workshop
from workshops.note_forms import NoteForm
from workshops.placing import stops_of
from workshops.silent import own_notes
from workshops.writers import is_writer, writer_on

SILENT, OPEN = "silent", "open"


class CollectingPart:
    """A form that stays, and below it what this person has written."""

    shows: ClassVar[frozenset[str]] = frozenset()

    def stamp(self, workshop: Workshop, running: AgendaItem | None) -> str:
        return f"{running.silent}{running.anonymous}" if running else ""

    def draw(self, asked: Asked) -> str:
        silent = asked.running is not None and asked.running.silent
        kept_back = list(own_notes(asked.workshop, asked.actor))
        notes = kept_back if silent else own_contributions(asked.workshop, asked.actor)
        context = {
            "workshop": asked.workshop,
            "running": asked.running,
            "kind": SILENT if silent else OPEN,
            "form": NoteForm(stops=stops_of(asked.workshop)),
            "notes": list(reversed(notes)),
            "kept_back": [] if silent else kept_back,
        }
        return render_to_string("workshops/_mine_collect.html", context, request=asked.request)


def own_contributions(workshop: Workshop, actor: Actor) -> list[Contribution | SilentNote]:
    """What this person has written for all to read, with or without a name, in that order."""
    mine = Q(mark=writer_on(workshop, actor)) | Q(author_name="")
    if actor.user:
        mine |= Q(author=actor.user)
    rows = Contribution.objects.filter(mine, board=workshop.pk).select_related("stage")
    return [one for one in rows.order_by("pk") if is_writer(one, actor)]

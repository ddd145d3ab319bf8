"""The agenda of a workshop: putting it together from activities."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.ordering import positions
from journeys.models import Journey
from teams.access import Actor
from workshops.agenda_models import AgendaItem
from workshops.agendas import Agenda, permissions_of
from workshops.models import Workshop
from workshops.services import create_workshop, require_same_board, set_fields


def plan_workshop(journey: Journey, *, agenda: Agenda | None, by: Actor, **fields: Any) -> Workshop:
    """A new workshop with a ready-made agenda, worded in the language in force."""
    with transaction.atomic():
        workshop = create_workshop(journey, by=by, **fields)
        if agenda:
            use_agenda(workshop, agenda, by=by)
    return workshop


def add_agenda_item(workshop: Workshop, *, by: Actor, **fields: Any) -> AgendaItem:
    """Add an activity at the end; `fields` are those of AgendaItem.

    Of what participants may do, what is not said is as usual for the kind of activity.
    """
    with workshop.editing(by=by):
        item = AgendaItem(board_id=workshop.pk)
        item = _with(item, permissions_of(fields.get("kind", item.kind)) | fields)
        item.place()
        item.save()
        return item


def change_agenda_item(item: AgendaItem, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields: kind, title, minutes, prompt, may_add and the other permissions."""
    with item.board.editing(by=by):
        set_fields(item, fields)


def move_agenda_item(item: AgendaItem, *, before: AgendaItem | None, by: Actor) -> None:
    """Before another one, or last."""
    with item.board.editing(by=by):
        require_same_board(item.board, before)
        item.place(before=before)
        item.save()


def delete_agenda_item(item: AgendaItem, *, by: Actor) -> None:
    with item.board.editing(by=by):
        item.delete()


def use_agenda(workshop: Workshop, agenda: Agenda, *, by: Actor) -> None:
    """Put a ready-made agenda in the place of the present one.

    Refused while an activity runs: nobody shall lose the timer before their eyes.
    """
    with workshop.editing(by=by) as edit:
        present = list(AgendaItem.objects.filter(board=workshop.pk))
        if any(item.is_running for item in present):
            raise Refused(_("End the running activity before you change the whole agenda."))
        edit.delete_all(present)
        places = positions(len(agenda.steps))
        edit.create(
            _with(AgendaItem(board_id=workshop.pk, position=place), step.fields())
            for step, place in zip(agenda.steps, places, strict=True)
        )


def _with(item: AgendaItem, fields: Mapping[str, Any]) -> AgendaItem:
    for name, value in fields.items():
        setattr(item, name, value)
    return item

"""What proposing asks of one person: a solution, and to which problem."""

from typing import ClassVar

from django.template.loader import render_to_string

from workshops.agenda_models import AgendaItem
from workshops.forms import ProposalForm
from workshops.mine import Asked
from workshops.models import Proposal, Workshop


class ProposingPart:
    shows: ClassVar[frozenset[str]] = frozenset()

    def stamp(self, workshop: Workshop, running: AgendaItem | None) -> str:
        return ""

    def draw(self, asked: Asked) -> str:
        context = {"workshop": asked.workshop, "form": proposal_form(asked.workshop)}
        return render_to_string("workshops/_mine_propose.html", context, request=asked.request)


def proposal_form(workshop: Workshop, data: object = None) -> ProposalForm:
    """It stands beside the board's own, so its fields have ids of their own."""
    fresh = Proposal(board_id=workshop.pk)
    return ProposalForm(data, instance=fresh, auto_id="id_mine_proposal_%s")

"""Somebody votes and rates in a workshop."""

from workshops import deciding, leading
from workshops.agenda_models import AgendaItem
from workshops.models import Contribution, Proposal
from workshops.round_models import Round


def start(workshop, kind, by) -> AgendaItem:
    item = AgendaItem.objects.get(board=workshop.pk, kind=kind)
    leading.start_activity(item, by=by)
    return item


def round_of(workshop) -> Round:
    return Round.objects.filter(board=workshop.pk).last()


def problems(workshop):
    return list(Contribution.objects.filter(board=workshop.pk).order_by("pk"))


def proposals(workshop):
    return list(Proposal.objects.filter(board=workshop.pk).order_by("pk"))


def rate(proposal, by, feasibility=4, effect=5, **options):
    return deciding.rate_proposal(
        proposal, feasibility=feasibility, effect=effect, by=by, **options
    )

"""Voting, and leading the rounds in which everybody votes or rates alone."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from collaboration.access import board_view
from collaboration.live import answer
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from workshops import leading, rounds, voting
from workshops.forms import VoteForm
from workshops.models import Contribution, Workshop
from workshops.round_models import Round


@require_POST
@board_view(Role.COMMENTER, Workshop)
def vote(request: Request, workshop: Workshop, contribution_id: int) -> HttpResponse:
    """So many dots on a contribution, in the place of those before."""
    form = VoteForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Say how many dots."), status=422)
    count = form.cleaned_data["count"]
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        contribution = named_item(workshop, Contribution, contribution_id)
        voting.cast_vote(contribution, count=count, by=request.actor)
    said = ngettext("%(count)s dot on this.", "%(count)s dots on this.", count)
    return answer(request, edit, said=said % {"count": count})


@require_POST
@board_view(Role.EDITOR, Workshop)
def reveal(request: Request, workshop: Workshop, round_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        going = named_item(workshop, Round, round_id)
        rounds.reveal_round(going, by=request.actor)
    return answer(request, edit, said=_("Now all see what was given."))


@require_POST
@board_view(Role.EDITOR, Workshop)
def again(request: Request, workshop: Workshop, round_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        earlier = named_item(workshop, Round, round_id)
        leading.start_another_round(earlier, by=request.actor)
    return answer(request, edit, said=_("Another round has begun."))


@require_POST
@board_view(Role.EDITOR, Workshop)
def freeze(request: Request, workshop: Workshop) -> HttpResponse:
    """Freeze the result of the rating; with `thaw`, let it change again."""
    thaws = bool(request.POST.get("thaw"))
    with workshop.editing(by=request.actor) as edit:
        act = rounds.thaw_ratings if thaws else rounds.freeze_ratings
        act(workshop, by=request.actor)
    said = _("Ratings can change again.") if thaws else _("The result is frozen.")
    return answer(request, edit, said=said)

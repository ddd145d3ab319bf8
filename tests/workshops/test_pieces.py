"""Pieces of the board: which there are, what they cost, and that they are the same for all."""

import pytest

from collaboration.live import Viewer, pieces
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from tests.workshops.test_page import first, page_of
from workshops import (
    deciding,
    services,
)
from workshops.agenda_models import AgendaItem
from workshops.collecting_models import Cluster
from workshops.models import Action, Contribution, Participant, Proposal, Rating, Workshop
from workshops.page import BOARD, HEAD, NOW, STAMP, WorkshopPage

pytestmark = pytest.mark.django_db


def test_a_page_far_behind_is_drawn_as_a_whole(full_workshop):
    drawn = WorkshopPage().draw(full_workshop, {BOARD}, Viewer(Role.VIEWER, "en"))
    assert set(drawn) == {BOARD, HEAD, NOW, STAMP}


def test_cancel_puts_back_what_was_there(full_workshop):
    viewer = Viewer(Role.EDITOR, "en")
    page = page_of(full_workshop, viewer)
    names = {
        f"{kind}-{first(model, full_workshop).pk}"
        for kind, model in (
            ("contribution", Contribution),
            ("cluster", Cluster),
            ("proposal", Proposal),
            ("participant", Participant),
            ("action", Action),
            ("agenda", AgendaItem),
        )
    }
    names |= {
        "add-cluster",
        f"discussion-{first(Contribution, full_workshop).pk}",
        "add-agenda",
        "add-proposal",
        "add-action",
        "add-participant",
        "add-contribution-0",
    }
    drawn = WorkshopPage().draw(full_workshop, names, viewer)
    assert set(drawn) == names
    put_back = with_pieces(tree_of(page), pieces(drawn.items(), "outerHTML"))
    assert text_of(put_back) == text_of(tree_of(page))


def test_a_region_that_is_gone_is_left_out(full_workshop):
    viewer = Viewer(Role.VIEWER, "en")
    names = {"proposal-999999", "contributions-999999", "nonsense", "contributions-x", "x-1"}
    names |= {
        "contribution-999999",
        "participant-999999",
        "action-999999",
        "agenda-999999",
        "add-contribution-999999",
    }
    assert WorkshopPage().draw(full_workshop, names, viewer) == {}


def test_the_same_piece_goes_to_viewers_in_every_time_zone(full_workshop):
    from django.utils import timezone

    viewer = Viewer(Role.VIEWER, "en")
    drawn = []
    for zone in ("Europe/Copenhagen", "America/New_York"):
        with timezone.override(zone):
            drawn.append(page_of(full_workshop, viewer))
    assert drawn[0] == drawn[1]


def test_a_board_takes_a_constant_number_of_queries(
    full_workshop, as_bob, django_assert_max_num_queries
):
    for number in range(30):
        proposal = deciding.add_proposal(full_workshop, title=f"More {number}", by=as_bob)
        deciding.rate_proposal(proposal, feasibility=3, effect=3, by=as_bob)
        services.add_contribution(full_workshop, text=f"More {number}", by=as_bob)
    workshop = Workshop.objects.get(pk=full_workshop.pk)
    with django_assert_max_num_queries(18):
        WorkshopPage().draw(workshop, {HEAD, BOARD}, Viewer(Role.EDITOR, "en"))


def test_many_changes_in_one_edit_are_placed_with_three_queries(
    full_workshop, as_bob, django_assert_max_num_queries
):
    proposal = deciding.add_proposal(full_workshop, title="More", by=as_bob)
    deciding.rate_proposal(proposal, feasibility=3, effect=3, by=as_bob)
    with full_workshop.editing(by=as_bob) as edit:
        for contribution in Contribution.objects.filter(board=full_workshop.pk):
            contribution.text += " indeed"
            contribution.save()
        for rating in Rating.objects.filter(board=full_workshop.pk):
            rating.effect = 5
            rating.save()
    assert len(edit.changes) > 4
    with django_assert_max_num_queries(3):
        found = WorkshopPage().regions(full_workshop, edit.changes)
    assert f"proposal-{proposal.pk}" in found

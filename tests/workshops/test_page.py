"""The law of live pages: the board as it was, with the pieces of what changed, is the board now."""

import inspect
from dataclasses import replace
from datetime import date

import pytest

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from teams.models import Role
from tests.drawn import picture_file
from tests.pages import text_of, tree_of, with_pieces
from tests.workshops.scenes import invite_some
from workshops import (
    agenda,
    clustering,
    deciding,
    inspiration,
    inviting,
    joining,
    leading,
    outcomes,
    rounds,
    services,
    silent,
    voting,
)
from workshops.agenda_models import AgendaItem
from workshops.agendas import FOLLOW_UP
from workshops.collecting_models import Cluster
from workshops.door_models import DoorState
from workshops.inspiration_models import InspirationCase, ShownCase
from workshops.invitation_models import WorkshopInvitation
from workshops.models import Action, Contribution, Participant, Phase, Proposal, Rating, Workshop
from workshops.page import BOARD, DOOR, HEAD, NOW, STAMP, WorkshopPage
from workshops.page.projector import PROJECTOR, draw_projector
from workshops.round_models import Round, Vote
from workshops.selectors import scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_workshop(full_workshop, as_bob) -> Workshop:
    invite_some(full_workshop, by=as_bob)
    full_workshop.refresh_from_db()
    return full_workshop


NOT_WRITING = {"participant_of", "rating_of", "create_workshop", "plan_workshop", "begin_with"} | {
    "require_author",
    "require_room",
    "require_same_board",
    "set_fields",
    "living_journey",
    "place_on",
    "create_case",
    "editing_case",
    "change_case",
    "change_picture",
    "delete_case",
    "sign",
    "stay_unnamed",
    "own_notes",
    "waiting_on",
    "following",
    "round_that_asks",
    "answers_in",
    "giver_of",
    "require_own_or_nobodys",
    "is_frozen",
    "require_not_frozen",
    "dots_in",
    "dots_given",
    "dots_on",
    "seal_vote",
    "seal_rating",
    "unseal",
    "uninvited",
    "is_own",
    "invited_person",
    "tell_everybody",
}
NOT_WRITING |= {"door_of", "is_waiting", "typed_code", "waiting_at", "workshop_of"}
"""They read, refuse, make a board that nobody can look at yet, or write the library, which has
tests of its own."""


def page_of(workshop: Workshop, viewer: Viewer) -> str:
    drawn = WorkshopPage().draw(
        Workshop.objects.get(pk=workshop.pk), {HEAD, NOW, STAMP, DOOR, BOARD}, viewer
    )
    return "<main>" + "".join(drawn[name] for name in (HEAD, NOW, STAMP, DOOR, BOARD)) + "</main>"


def use_after_the_end(workshop, by):
    with workshop.editing(by=by):
        leading.end_activity(first(AgendaItem, workshop), by=by)
        agenda.use_agenda(workshop, FOLLOW_UP, by=by)


def resume(workshop, by):
    with workshop.editing(by=by):
        leading.pause_timer(first(AgendaItem, workshop), by=by)
        leading.resume_timer(first(AgendaItem, workshop), by=by)


def save_helped(workshop, by):
    action = first(Action, workshop)
    action.helpers, action.starts = "Sales, Finance", date(2026, 12, 1)
    outcomes.save_action(action, by=by)


def take_picture_off(workshop, by):
    with workshop.editing(by=by):
        action = first(Action, workshop)
        outcomes.prove_with_picture(action, file=picture_file(), alt="A queue", by=by)
        action.result = "It is shorter"
        outcomes.remove_proof_picture(action, by=by)


def in_silence(workshop, by, then=lambda note: None):
    with workshop.editing(by=by):
        agenda.change_agenda_item(first(AgendaItem, workshop), fields={"silent": True}, by=by)
        then(silent.add_silent_note(workshop, text="Hush", by=by))


def take_part(workshop, by):
    with workshop.editing(by=by):
        services.taking_part(workshop, by=replace(by, role=Role.COMMENTER))


def at_the_door(workshop, by, act, **about):
    """Two people ask to be let in; the act is about the first of them."""
    with workshop.editing(by=by):
        joining.set_door(workshop, state=DoorState.ASK, by=by)
        for name in ("Gerda", "Hans"):
            joining.take_seat(workshop, name=name, department="Sales")
        seat = joining.waiting_at(workshop)[0].pk
        named = {"seat_ids": [seat], "seat_id": seat}
        act(workshop, **{name: named[name] for name in about}, by=by)


def come_in(workshop, by):
    with workshop.editing(by=by):
        joining.set_door(workshop, state=DoorState.OPEN, by=by)
        joining.take_seat(workshop, name="Gerda", department="Sales")


def vote_in_a_round(workshop, by):
    """Somebody begins to answer."""
    with workshop.editing(by=by):
        item = agenda.add_agenda_item(workshop, kind="vote", by=by)
        leading.start_activity(item, by=by)
        voting.cast_vote(
            first(Contribution, workshop), count=2, participant=first(Participant, workshop), by=by
        )


def reveal_a_round(workshop, by):
    with workshop.editing(by=by):
        vote_in_a_round(workshop, by)
        rounds.reveal_round(last(Round, workshop), by=by)


def rate_again(workshop, by):
    with workshop.editing(by=by):
        leading.start_activity(AgendaItem.objects.get(board=workshop.pk, kind="rate"), by=by)
        rounds.reveal_round(last(Round, workshop), by=by)
        leading.start_another_round(last(Round, workshop), by=by)


def thaw(workshop, by):
    with workshop.editing(by=by):
        rounds.freeze_ratings(workshop, by=by)
        rounds.thaw_ratings(workshop, by=by)


def first(model, workshop):
    return model.objects.filter(board=workshop.pk).order_by("pk").first()


def last(model, workshop):
    return model.objects.filter(board=workshop.pk).order_by("pk").last()


def move_and_tell(workshop, by):
    with workshop.editing(by=by):
        services.change_workshop(workshop, fields={"location": "Room Grenen"}, by=by)
        inviting.tell_again(workshop, by=by)


def another_case(workshop):
    """A case that the workshop has not taken along yet."""
    taken = ShownCase.objects.filter(board=workshop.pk).values("case")
    return InspirationCase.objects.exclude(pk__in=taken).get()


ACTS = {
    "change_workshop": lambda w, by: services.change_workshop(
        w, fields={"title": "Renamed", "location": "Aalborg"}, by=by
    ),
    "choose_departments": lambda w, by: services.change_workshop(
        w, fields={"departments_needed": "Sales, Finance"}, by=by
    ),
    "enter_phase": lambda w, by: services.enter_phase(w, phase=Phase.RATE, by=by),
    "choose_scope": lambda w, by: services.choose_scope(
        w, stage_ids=[stage.journey_stage_id for stage in scope_of(w)[4:]], by=by
    ),
    "add_participant": lambda w, by: services.add_participant(
        w, name="New Person", department="Finance", by=by
    ),
    "join_workshop": lambda w, by: services.join_workshop(w, department="Sales", by=by),
    "change_participant": lambda w, by: services.change_participant(
        first(Participant, w), fields={"department": "Support"}, by=by
    ),
    "remove_participant": lambda w, by: services.remove_participant(first(Participant, w), by=by),
    "taking_part": take_part,
    "set_door": lambda w, by: joining.set_door(w, state=DoorState.OPEN, by=by),
    "change_code": lambda w, by: at_the_door(w, by, joining.change_code),
    "take_seat": come_in,
    "admit": lambda w, by: at_the_door(w, by, joining.admit, seat_ids=[]),
    "turn_away": lambda w, by: at_the_door(w, by, joining.turn_away, seat_id=0),
    "add_contribution": lambda w, by: services.add_contribution(
        w, text="Nobody told me", stage=scope_of(w)[0], by=by
    ),
    "change_contribution": lambda w, by: services.change_contribution(
        first(Contribution, w), fields={"text": "Other words", "kind": "idea"}, by=by
    ),
    "move_contribution": lambda w, by: services.move_contribution(
        first(Contribution, w), stage=scope_of(w)[0], by=by
    ),
    "delete_contribution": lambda w, by: services.delete_contribution(
        first(Contribution, w), by=by
    ),
    "create_cluster": lambda w, by: clustering.create_cluster(w, name="Prices", by=by),
    "begin_cluster": lambda w, by: clustering.begin_cluster(last(Contribution, w), by=by),
    "put_in_cluster": lambda w, by: clustering.put_in_cluster(
        last(Contribution, w), cluster=None, by=by
    ),
    "change_cluster": lambda w, by: clustering.change_cluster(
        first(Cluster, w), fields={"name": "Waiting"}, by=by
    ),
    "delete_cluster": lambda w, by: clustering.delete_cluster(first(Cluster, w), by=by),
    "look_at": lambda w, by: leading.look_at(w, last(Contribution, w), by=by),
    "add_proposal": lambda w, by: deciding.add_proposal(w, title="Another way", by=by),
    "change_proposal": lambda w, by: deciding.change_proposal(
        first(Proposal, w), fields={"title": "Until nine"}, by=by
    ),
    "move_proposal": lambda w, by: deciding.move_proposal(
        last(Proposal, w), before=first(Proposal, w), by=by
    ),
    "delete_proposal": lambda w, by: deciding.delete_proposal(first(Proposal, w), by=by),
    "rate_proposal": lambda w, by: deciding.rate_proposal(
        last(Proposal, w), feasibility=1, effect=5, by=by
    ),
    "cast_vote": lambda w, by: voting.cast_vote(
        first(Contribution, w), count=2, participant=first(Participant, w), by=by
    ),
    "withdraw_vote": lambda w, by: voting.withdraw_vote(
        Vote.objects.filter(board=w.pk).first(), by=by
    ),
    "begin_round": vote_in_a_round,
    "freeze_ratings": lambda w, by: rounds.freeze_ratings(w, by=by),
    "thaw_ratings": thaw,
    "withdraw_rating": lambda w, by: deciding.withdraw_rating(first(Rating, w), by=by),
    "add_action": lambda w, by: deciding.add_action(w, title="Ask the customers", by=by),
    "change_action": lambda w, by: deciding.change_action(
        first(Action, w), fields={"status": "kept", "result": "It helped"}, by=by
    ),
    "add_agenda_item": lambda w, by: agenda.add_agenda_item(w, kind="rate", by=by),
    "change_agenda_item": lambda w, by: agenda.change_agenda_item(
        first(AgendaItem, w), fields={"title": "Hello", "may_rate": True, "minutes": 7}, by=by
    ),
    "move_agenda_item": lambda w, by: agenda.move_agenda_item(
        last(AgendaItem, w), before=first(AgendaItem, w), by=by
    ),
    "delete_agenda_item": lambda w, by: agenda.delete_agenda_item(last(AgendaItem, w), by=by),
    "use_agenda": use_after_the_end,
    "start_activity": lambda w, by: leading.start_activity(last(AgendaItem, w), by=by),
    "start_next": lambda w, by: leading.start_next(w, after=first(AgendaItem, w).pk, by=by),
    "end_activity": lambda w, by: leading.end_activity(first(AgendaItem, w), by=by),
    "pause_timer": lambda w, by: leading.pause_timer(first(AgendaItem, w), by=by),
    "resume_timer": resume,
    "extend_timer": lambda w, by: leading.extend_timer(first(AgendaItem, w), minutes=5, by=by),
    "set_status": lambda w, by: outcomes.set_status(first(Action, w), status="dropped", by=by),
    "save_action": save_helped,
    "reopen_question": lambda w, by: outcomes.reopen_question(first(Action, w), by=by),
    "prove_with_picture": lambda w, by: outcomes.prove_with_picture(
        first(Action, w), file=picture_file(), alt="A shorter queue", by=by
    ),
    "remove_proof_picture": take_picture_off,
    "bring_case": lambda w, by: inspiration.bring_case(w, another_case(w), by=by),
    "show_case": lambda w, by: inspiration.show_case(w, another_case(w), by=by),
    "put_away_case": lambda w, by: inspiration.put_away_case(w, by=by),
    "change_shown": lambda w, by: inspiration.change_shown(
        last(ShownCase, w), fields={"showing": True, "problem": first(Contribution, w)}, by=by
    ),
    "drop_case": lambda w, by: inspiration.drop_case(first(ShownCase, w), by=by),
    "delete_action": lambda w, by: deciding.delete_action(first(Action, w), by=by),
}

FOR_GOOD = {
    "invite": lambda w, by: inviting.invite(w, by=by),
    "answer_invitation": lambda w, by: inviting.answer_invitation(
        first(WorkshopInvitation, w), answer="yes", by=by
    ),
    "withdraw_invitation": lambda w, by: inviting.withdraw_invitation(
        first(WorkshopInvitation, w), by=by
    ),
    "tell_again": move_and_tell,
    "add_silent_note": in_silence,
    "change_silent_note": lambda w, by: in_silence(
        w, by, lambda note: silent.change_silent_note(note, fields={"text": "Sh"}, by=by)
    ),
    "delete_silent_note": lambda w, by: in_silence(
        w, by, lambda note: silent.delete_silent_note(note, by=by)
    ),
    "reveal_round": reveal_a_round,
    "start_another_round": rate_again,
    "reveal_notes": lambda w, by: in_silence(w, by, lambda _note: silent.reveal_notes(w, by=by)),
}
"""What no Undo takes back: what was told to others, and what was written in silence."""


MODULES = (
    services, deciding, agenda, leading, outcomes, inspiration, silent, clustering, joining,
    rounds, voting,
    inviting,
)  # fmt: skip


def test_every_service_has_a_case():
    written = {
        name
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert written - NOT_WRITING - {"delete_workshop"} == set(ACTS | FOR_GOOD) - {
        "choose_departments"
    }


@pytest.mark.parametrize("act", ACTS | FOR_GOOD)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_pieces_bring_the_page_to_what_a_reload_shows(act, role, full_workshop, as_bob):
    viewer = Viewer(role, "en")
    since = Board.objects.get(pk=full_workshop.pk).version
    page = tree_of(page_of(full_workshop, viewer))
    (ACTS | FOR_GOOD)[act](full_workshop, as_bob)
    board = Board.objects.get(pk=full_workshop.pk)
    assert board.version == since + 1
    news = render_changes(board, since, viewer).html
    assert text_of(with_pieces(page, news)) == text_of(tree_of(page_of(full_workshop, viewer)))


@pytest.mark.parametrize("act", ["add_contribution", "change_cluster", "look_at", "start_next"])
def test_the_wall_follows_as_a_reload_shows_it(act, full_workshop, as_bob):
    viewer = Viewer(Role.EDITOR, "en", view=PROJECTOR)
    since = Board.objects.get(pk=full_workshop.pk).version
    wall = tree_of(draw_projector(full_workshop, viewer))
    ACTS[act](full_workshop, as_bob)
    news = render_changes(Board.objects.get(pk=full_workshop.pk), since, viewer).html
    fresh = draw_projector(Workshop.objects.get(pk=full_workshop.pk), viewer)
    assert text_of(with_pieces(wall, news)) == text_of(tree_of(fresh))


AT_THE_DOOR = {"set_door", "change_code", "take_seat", "admit", "turn_away"}
"""The door is no part of the board, so Undo does not open or close it."""


@pytest.mark.parametrize("act", sorted(ACTS.keys() - AT_THE_DOOR))
def test_undo_brings_the_page_back(act, full_workshop, as_bob):
    viewer = Viewer(Role.EDITOR, "en")
    before = text_of(tree_of(page_of(full_workshop, viewer)))
    ACTS[act](full_workshop, as_bob)
    page = tree_of(page_of(full_workshop, viewer))
    version = Board.objects.get(pk=full_workshop.pk).version
    undo(full_workshop, version, by=as_bob)
    news = render_changes(Board.objects.get(pk=full_workshop.pk), version, viewer).html
    assert text_of(with_pieces(page, news)) == before

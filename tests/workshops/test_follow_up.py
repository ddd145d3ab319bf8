"""The follow-up: made by one button, with what is unsolved; it opens with what came of it all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collaboration.editing import Refused
from collaboration.models import Board
from journeys.models import Note, Stage
from journeys.services import delete_journey, delete_stage
from teams.access import Forbidden
from workshops import deciding, services
from workshops.agenda_models import AgendaItem
from workshops.follow_up import invitation_text, plan_follow_up, unsolved
from workshops.inspiration import create_case, show_case
from workshops.inspiration_models import ShownCase
from workshops.models import Action, Contribution, Participant, Workshop
from workshops.selectors import scope_of

pytestmark = pytest.mark.django_db

CHAT, PRICES, WHO = (
    "Nobody answers the chat after four o'clock.",
    "We say three different prices.",
    "Who signs the contract on their side?",
)


@pytest.fixture
def editor(client_of, bob):
    return client_of(bob)


@pytest.fixture
def kept(full_workshop, as_bob):
    """The evening chat was a success, which solves its problem."""
    action = Action.objects.get(board=full_workshop.pk, title__startswith="Trial")
    deciding.change_action(action, fields={"status": "kept", "result": "It works"}, by=as_bob)
    return action


def texts(workshop) -> set[str]:
    return set(Contribution.objects.filter(board=workshop.pk).values_list("text", flat=True))


def soon():
    return timezone.now() + timedelta(days=40)


def planned(workshop, by, **fields):
    return plan_follow_up(workshop, title="Again", starts_at=soon(), by=by, **fields)


# --- What goes along -----------------------------------------------------------------------
def test_unsolved_is_what_no_kept_action_solves(full_workshop, kept):
    assert [one.text for one in unsolved(full_workshop)] == [WHO, PRICES]


def test_what_was_only_begun_is_unsolved(full_workshop):
    assert CHAT in {one.text for one in unsolved(full_workshop)}


def test_the_next_workshop_names_the_one_it_follows_and_takes_along(full_workshop, kept, as_bob):
    following = planned(full_workshop, as_bob)
    assert following.follows == full_workshop
    assert following.subject == full_workshop.subject
    assert following.facilitator == "Helle Friis"
    assert texts(following) == {PRICES, WHO}
    people = Participant.objects.filter(board=following.pk)
    assert set(people.values_list("name", "department")) == set(
        Participant.objects.filter(board=full_workshop.pk).values_list("name", "department")
    )
    assert AgendaItem.objects.filter(board=following.pk).count() == 6


def test_a_problem_stays_with_its_stage_and_the_person_who_said_it(full_workshop, as_bob):
    following = planned(full_workshop, as_bob)
    chat = Contribution.objects.get(board=following.pk, text=CHAT)
    earlier = Contribution.objects.get(board=full_workshop.pk, text=CHAT)
    assert chat.carried == earlier.pk
    assert chat.author_name == "Sofie Lund"
    assert chat.participant.board_id == following.pk
    assert chat.participant.department == "Customer service"
    assert chat.stage.journey_stage_id == earlier.stage.journey_stage_id
    assert chat.stage.board_id == following.pk


def test_only_what_is_chosen_goes_along(full_workshop, as_bob):
    wanted = Contribution.objects.get(board=full_workshop.pk, text=PRICES)
    assert texts(planned(full_workshop, as_bob, carried=[wanted.pk])) == {PRICES}


def test_where_a_stage_is_gone_its_problem_is_one_of_the_whole_journey(
    full_workshop, journey, as_bob
):
    delete_stage(Stage.objects.filter(board=journey.pk).order_by("position")[3], by=as_bob)
    following = planned(full_workshop, as_bob)
    assert len(scope_of(following)) == 6
    assert Contribution.objects.get(board=following.pk, text=CHAT).stage is None


def test_inspiration_goes_along_with_its_problem(full_workshop, nordlys, as_bob):
    case = create_case(nordlys, title="A library opens at night", done="Keys", by=as_bob)
    problem = Contribution.objects.get(board=full_workshop.pk, text=CHAT)
    show_case(full_workshop, case, problem=problem, by=as_bob)
    following = planned(full_workshop, as_bob)
    shown = ShownCase.objects.get(board=following.pk, case=case)
    assert shown.showing is False
    assert shown.problem.carried == problem.pk


def test_the_first_workshop_is_not_touched(full_workshop, as_bob):
    version = Board.objects.get(pk=full_workshop.pk).version
    planned(full_workshop, as_bob)
    assert Board.objects.get(pk=full_workshop.pk).version == version


def test_nothing_of_the_making_is_offered_to_undo(full_workshop, as_bob):
    following = planned(full_workshop, as_bob)
    assert not following.changes.filter(lasting=False, item_type="contribution").exists()


def test_a_commenter_plans_none(full_workshop, acting, carol):
    with pytest.raises(Forbidden):
        planned(full_workshop, acting(carol))


def test_on_a_journey_in_the_trash_none_is_planned(full_workshop, journey, as_bob):
    delete_journey(journey, by=as_bob)
    with pytest.raises(Refused):
        planned(full_workshop, as_bob)
    assert Workshop.objects.count() == 1


# --- The page ------------------------------------------------------------------------------
def url(workshop) -> str:
    return f"/workshops/{workshop.pk}/follow-up/"


def test_the_form_is_filled_in(full_workshop, kept, editor):
    html = editor.get(url(full_workshop)).text
    assert "Follow-up: Why do trials end in silence?" in html
    assert "We decided 2 actions. 2 problems and questions are still open." in html
    assert html.count("checked") == 2
    assert CHAT not in html
    assert "Mette Holm" in html


def test_one_button_makes_it(full_workshop, editor):
    wanted = Contribution.objects.get(board=full_workshop.pk, text=PRICES)
    sent = {
        "title": "Six weeks later",
        "starts_at": soon().strftime("%Y-%m-%dT%H:%M"),
        "introduction": "Come again",
        "carried": [wanted.pk],
    }
    answer = editor.post(url(full_workshop), sent)
    following = Workshop.objects.get(title="Six weeks later")
    assert answer.status_code == 302
    assert answer["Location"] == following.get_absolute_url()
    assert texts(following) == {PRICES}
    assert following.introduction == "Come again"
    assert "Six weeks later" in editor.get(url(full_workshop)).text


@pytest.mark.parametrize("starts", ["", "2020-01-01T10:00"])
def test_it_has_a_date_to_come(starts, full_workshop, editor):
    answer = editor.post(url(full_workshop), {"title": "Again", "starts_at": starts})
    assert answer.status_code == 422
    assert Workshop.objects.count() == 1


def test_problems_of_another_workshop_are_refused(full_workshop, secret, editor):
    foreign = Contribution.objects.filter(board=secret.pk).first()
    sent = {
        "title": "Again",
        "starts_at": soon().strftime("%Y-%m-%dT%H:%M"),
        "carried": [foreign.pk],
    }
    assert editor.post(url(full_workshop), sent).status_code == 422
    assert foreign.text not in editor.get(url(full_workshop)).text or foreign.text in texts(
        full_workshop
    )


def test_the_words_of_the_invitation_are_said_in_the_language_in_force(full_workshop):
    words = invitation_text(full_workshop)
    assert words.startswith("On 24 November 2036, in “Why do trials end in silence?”")
    assert "3 problems and questions are still open" in words


# --- What it opens with --------------------------------------------------------------------
def test_it_opens_with_the_actions_and_their_state(full_workshop, kept, editor, as_bob):
    following = planned(full_workshop, as_bob)
    html = editor.get(following.get_absolute_url()).text
    since = html[html.index('id="last-time"') : html.index('id="contributions"')]
    assert "Trial the evening chat for a month" in since
    assert "It works" in since
    assert "Kept" in since
    assert "Still open from last time" in html


def test_a_first_workshop_opens_without(full_workshop, editor):
    html = editor.get(full_workshop.get_absolute_url()).text
    assert 'id="last-time" class="card" aria-labelledby="last-time-title" hidden' in html


def test_of_one_in_the_trash_nothing_is_told(full_workshop, kept, editor, as_bob):
    following = planned(full_workshop, as_bob)
    services.delete_workshop(full_workshop, by=as_bob)
    assert "It works" not in editor.get(following.get_absolute_url()).text


def test_of_one_on_another_journey_nothing_is_told(journey, full_workshop, kept, editor, as_bob):
    from journeys.services import create_journey
    from journeys.starters import STARTERS

    other = create_journey(journey.workspace, title="Another", starter=STARTERS["empty"], by=as_bob)
    following = services.create_workshop(other, title="Odd", follows=full_workshop, by=as_bob)
    assert "It works" not in editor.get(following.get_absolute_url()).text
    assert editor.get(f"/workshops/{following.pk}/changed/").status_code == 404


def test_what_changed_on_the_map_since_is_told(full_workshop, journey, editor, as_bob):
    stage = Stage.objects.filter(board=journey.pk).order_by("position").first()
    with journey.editing(by=as_bob):
        stage.title = "Sleeps well"
        stage.save()
    following = planned(full_workshop, as_bob)
    answer = editor.get(f"/workshops/{following.pk}/changed/")
    assert answer.status_code == 200
    assert "Sleeps well" in answer.text
    assert "0 added, 1 changed, 0 removed" in answer.text
    assert Note.objects.filter(board=journey.pk).count() == 0


def test_guests_and_strangers_see_nothing_of_it(full_workshop, client_of, charlie, as_bob):
    following = planned(full_workshop, as_bob)
    assert client_of(charlie).get(f"/workshops/{following.pk}/changed/").status_code == 404
    assert client_of(charlie).get(url(full_workshop)).status_code == 404

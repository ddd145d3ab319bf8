"""The agenda: what is done one after the other, for how long, and who may do what meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from collaboration import services as comments
from collaboration.editing import Refused
from collaboration.limits import LimitReached
from collaboration.undo import undo
from workshops import agenda, clustering, deciding, leading, services, voting
from workshops.agenda_models import Act, AgendaItem, AgendaKind
from workshops.agendas import AGENDAS, FOLLOW_UP, HALF_DAY, NINETY_MINUTES, PHASES
from workshops.allowing import NotNow, open_acts, running_item
from workshops.models import Contribution, Phase, Rating, Workshop
from workshops.selectors import plan_of, scope_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_carol(acting, carol):
    return acting(carol)


@pytest.fixture
def planned(workshop, as_bob) -> Workshop:
    """With the agenda of ninety minutes; nothing runs."""
    agenda.use_agenda(workshop, NINETY_MINUTES, by=as_bob)
    return workshop


@pytest.fixture
def editor(client_of, bob):
    return client_of(bob)


def items_of(workshop) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(board=workshop.pk))


def start(workshop, kind, by) -> AgendaItem:
    item = AgendaItem.objects.get(board=workshop.pk, kind=kind)
    leading.start_activity(item, by=by)
    return AgendaItem.objects.get(pk=item.pk)


# --- Putting it together -------------------------------------------------------------------
def test_ready_made_agendas_last_as_long_as_they_say():
    assert {key: one.minutes for key, one in AGENDAS.items()} == {
        "ninety-minutes": 90,
        "half-day": 240,
        "follow-up": 60,
    }


def test_a_ready_made_agenda_takes_the_place_of_the_present_one_and_undo_brings_it_back(
    planned, as_bob
):
    before = [item.kind for item in items_of(planned)]
    agenda.use_agenda(planned, HALF_DAY, by=as_bob)
    assert len(items_of(planned)) == len(HALF_DAY.steps)
    undo(planned, version=planned.version, by=as_bob)
    assert [item.kind for item in items_of(planned)] == before


def test_a_new_activity_allows_what_is_usual_for_its_kind(planned, as_bob):
    rate = agenda.add_agenda_item(planned, kind="rate", minutes=5, by=as_bob)
    assert rate.allowed == [Act.RATE]
    quiet = agenda.add_agenda_item(planned, kind="rate", minutes=5, may_rate=False, by=as_bob)
    assert quiet.allowed == []
    assert items_of(planned)[-1] == quiet


def test_an_agenda_holds_forty_activities(planned, as_bob):
    with planned.editing(by=as_bob):
        for _number in range(33):
            agenda.add_agenda_item(planned, kind="discuss", by=as_bob)
    with pytest.raises(LimitReached):
        agenda.add_agenda_item(planned, kind="discuss", by=as_bob)
    assert len(items_of(planned)) == 40


def test_activities_are_planned_one_after_the_other(planned, as_bob):
    starts = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    services.change_workshop(planned, fields={"starts_at": starts}, by=as_bob)
    plan = plan_of(planned, items_of(planned))
    assert [row.starts - starts for row in plan.rows[:3]] == [
        timedelta(0), timedelta(minutes=5), timedelta(minutes=25),
    ]  # fmt: skip
    assert plan.ends == starts + timedelta(minutes=90)


def test_an_activity_lasts_between_a_minute_and_eight_hours(editor, planned):
    for minutes in ("0", "481", "-5", "many"):
        posted = {"kind": "collect", "minutes": minutes}
        url = f"/workshops/{planned.pk}/agenda/add/"
        assert editor.post(url, posted, headers=HTMX).status_code == 422
    assert len(items_of(planned)) == 7


# --- Leading -------------------------------------------------------------------------------
def test_what_is_started_runs_alone_with_its_full_time(planned, as_bob):
    start(planned, "collect", as_bob)
    running = start(planned, "rate", as_bob)
    assert [item.kind for item in items_of(planned) if item.is_running] == ["rate"]
    assert running.ends_at - running.started_at == timedelta(minutes=10)
    planned.refresh_from_db()
    assert planned.phase == Phase.RATE


def test_every_kind_of_activity_has_its_phase():
    assert set(PHASES) == set(AgendaKind)


def test_next_leads_through_the_whole_agenda_to_its_end(planned, as_bob):
    seen, now = [], None
    while item := leading.start_next(planned, after=now, by=as_bob):
        now = item.pk
        seen.append(item.kind)
    assert seen == [step.kind for step in NINETY_MINUTES.steps]
    assert running_item(planned) is None
    assert all(item.ended_at for item in items_of(planned))


def test_next_pressed_twice_skips_nothing(planned, as_bob):
    first = leading.start_next(planned, after=None, by=as_bob)
    again = leading.start_next(planned, after=None, by=as_bob)
    assert first == again
    second = leading.start_next(planned, after=first.pk, by=as_bob)
    assert leading.start_next(planned, after=first.pk, by=as_bob) == second
    assert second.kind == "collect"


def test_a_paused_timer_keeps_what_is_left(planned, as_bob):
    item = start(planned, "collect", as_bob)
    leading.pause_timer(item, by=as_bob)
    paused = running_item(planned)
    assert paused.ends_at is None
    assert 19 * 60 < paused.seconds_left <= 20 * 60
    leading.extend_timer(item, minutes=5, by=as_bob)
    assert running_item(planned).seconds_left == paused.seconds_left + 300
    leading.resume_timer(item, by=as_bob)
    resumed = running_item(planned)
    assert resumed.seconds_left is None
    left = resumed.left_at(resumed.updated_at)
    assert left == timedelta(seconds=paused.seconds_left + 300)


def test_more_time_after_the_end_counts_from_now(planned, as_bob):
    item = start(planned, "collect", as_bob)
    with planned.editing(by=as_bob):
        item.ends_at -= timedelta(minutes=45)
        item.save()
    leading.extend_timer(item, minutes=5, by=as_bob)
    longer = running_item(planned)
    assert longer.left_at(longer.updated_at) == timedelta(minutes=5)


def test_the_timer_of_what_does_not_run_any_more_is_refused(planned, as_bob):
    earlier = start(planned, "collect", as_bob)
    later = start(planned, "rate", as_bob)
    with pytest.raises(Refused):
        leading.pause_timer(earlier, by=as_bob)
    assert not AgendaItem.objects.get(pk=later.pk).is_paused


def test_an_agenda_is_not_taken_away_while_an_activity_runs(planned, as_bob):
    start(planned, "collect", as_bob)
    with pytest.raises(Refused):
        agenda.use_agenda(planned, HALF_DAY, by=as_bob)
    assert len(items_of(planned)) == 7


# --- What participants may do --------------------------------------------------------------
def add(workshop, by):
    return services.add_contribution(workshop, text="Nobody calls back", by=by)


def comment(workshop, by):
    said = Contribution.objects.filter(board=workshop.pk).first()
    return comments.create_comment(workshop, target=said, body="Yes", by=by)


def propose(workshop, by):
    return deciding.add_proposal(workshop, title="Call on day three", by=by)


def rate(workshop, by):
    proposal = workshop.proposal
    return deciding.rate_proposal(proposal, feasibility=4, effect=5, by=by)


def group(workshop, by):
    return clustering.create_cluster(workshop, name="Prices", by=by)


def vote(workshop, by):
    said = Contribution.objects.filter(board=workshop.pk).first()
    return voting.cast_vote(said, count=1, by=by)


DOINGS = {
    Act.ADD: add,
    Act.COMMENT: comment,
    Act.PROPOSE: propose,
    Act.VOTE: vote,
    Act.RATE: rate,
    Act.GROUP: group,
}


@pytest.fixture
def busy(planned, as_bob) -> Workshop:
    """With something to comment and something to rate."""
    add(planned, as_bob)
    planned.proposal = deciding.add_proposal(planned, title="Answer within a day", by=as_bob)
    return planned


@pytest.mark.parametrize("step", NINETY_MINUTES.steps, ids=lambda step: step.kind)
@pytest.mark.parametrize("act", list(Act))
def test_participants_do_what_the_running_activity_opens_and_nothing_else(
    busy, as_bob, as_carol, step, act
):
    running = start(busy, step.kind, as_bob)
    version = Workshop.objects.get(pk=busy.pk).version
    if running.allows(act):
        DOINGS[act](busy, as_carol)
        return
    with pytest.raises(NotNow):
        DOINGS[act](busy, as_carol)
    assert Workshop.objects.get(pk=busy.pk).version == version
    DOINGS[act](busy, as_bob)


def test_nothing_is_open_before_the_first_activity_and_between_two(busy, as_bob, as_carol):
    assert open_acts(busy) == frozenset()
    running = start(busy, "collect", as_bob)
    add(busy, as_carol)
    leading.end_activity(running, by=as_bob)
    with pytest.raises(NotNow):
        add(busy, as_carol)


def test_without_an_agenda_commenters_add_and_rate_whenever_they_like(workshop, as_bob, as_carol):
    add(workshop, as_carol)
    workshop.proposal = deciding.add_proposal(workshop, title="One", by=as_bob)
    rate(workshop, as_carol)
    assert Rating.objects.filter(board=workshop.pk).count() == 1
    with pytest.raises(NotNow):
        propose(workshop, as_carol)


def test_ones_own_words_cannot_be_changed_either_while_adding_is_closed(
    busy, as_bob, as_carol, client_of, carol
):
    start(busy, "collect", as_bob)
    mine = add(busy, as_carol)
    start(busy, "rate", as_bob)
    url = f"/workshops/{busy.pk}/contributions/{mine.pk}/"
    client = client_of(carol)
    posted = {"kind": "idea", "text": "Other words", "initial-kind": "problem"}
    assert client.post(f"{url}edit/", posted, headers=HTMX).status_code in {409, 422}
    assert client.post(f"{url}delete/", headers=HTMX).status_code == 409
    mine.refresh_from_db()
    assert mine.text == "Nobody calls back"


# --- Pages ---------------------------------------------------------------------------------
def test_the_page_says_what_runs_what_is_asked_and_what_may_be_done(
    planned, as_bob, client_of, carol
):
    client = client_of(carol)
    html = client.get(planned.get_absolute_url()).text
    assert "The workshop has not begun" in html
    assert "add-note" not in html
    start(planned, "collect", as_bob)
    html = client.get(planned.get_absolute_url()).text
    assert "one problem on each note" in html
    assert "data-ends=" in html
    assert "add-note" in html
    assert "/agenda/next/" not in html


def test_an_editor_leads_by_the_page(editor, planned):
    url = f"/workshops/{planned.pk}/agenda/"
    answered = editor.post(f"{url}next/", {"after": ""}, headers=HTMX)
    assert answered.status_code == 200
    assert 'id="workshop-now"' in answered.text
    running = running_item(planned)
    assert running.kind == "welcome"
    timer = f"{url}{running.pk}/timer/"
    assert editor.post(timer, {"act": "pause"}, headers=HTMX).status_code == 200
    assert editor.post(timer, {"minutes": "5"}, headers=HTMX).status_code == 200
    assert editor.post(timer, {"minutes": "500000"}, headers=HTMX).status_code == 404
    assert running_item(planned).seconds_left > 9 * 60
    assert editor.post(f"{url}{running.pk}/end/", headers=HTMX).status_code == 200
    assert running_item(planned) is None


@pytest.mark.parametrize("act", ["next/", "use/", "add/", "1/start/", "1/end/", "1/timer/"])
def test_who_is_no_editor_does_not_lead(planned, client_of, carol, act):
    client = client_of(carol)
    assert client.post(f"/workshops/{planned.pk}/agenda/{act}", headers=HTMX).status_code == 403


def test_case_56_an_activity_of_another_workshop_does_not_exist(editor, planned, secret, acting):
    foreign = agenda.add_agenda_item(
        secret, kind="collect", by=acting(secret.workspace.memberships.get().user)
    )
    url = f"/workshops/{planned.pk}/agenda/{foreign.pk}/"
    for act in ("start/", "move/", "delete/"):
        assert editor.post(url + act, {"direction": "up"}, headers=HTMX).status_code == 404
    assert editor.get(f"{url}edit/", headers=HTMX).status_code == 404


def test_a_new_workshop_starts_with_the_agenda_that_was_chosen(editor, journey):
    posted = {"subject": journey.pk, "title": "Spring", "agenda": "half-day"}
    editor.post("/workshops/new/", posted)
    assert len(items_of(Workshop.objects.get())) == len(HALF_DAY.steps)


def test_an_agenda_is_worded_in_the_language_of_whoever_chooses_it(workshop, as_bob):
    with translation.override("da"):
        agenda.use_agenda(workshop, FOLLOW_UP, by=as_bob)
    prompts = [item.prompt for item in items_of(workshop)]
    assert all(prompts)
    assert not any("What " in prompt for prompt in prompts)


def test_the_stages_are_all_there_before_the_agenda_starts(planned):
    assert len(scope_of(planned)) == 7

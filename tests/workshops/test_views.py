"""The pages of workshops: what they show, what they answer, whom they refuse."""

import pytest
from django.urls import reverse

from collaboration.models import Board
from journeys.services import create_journey
from journeys.starters import STARTERS
from tests.workshops.test_page import first, last
from workshops import services
from workshops.models import Action, Contribution, Participant, Phase, Proposal, Rating, Workshop
from workshops.selectors import scope_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
MARKUP = '<img src=x onerror=alert(1)><b hx-get="/evil">bold</b>{{ 7*7 }}'


@pytest.fixture
def editor(client_of, bob):
    """Bob's."""
    return client_of(bob)


def url(name, workshop, *more):
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


# --- The list and new ones -----------------------------------------------------------------
def test_the_list_shows_only_the_workspaces_own(editor, full_workshop, secret):
    html = editor.get("/workshops/").text
    assert full_workshop.title in html
    assert "Secret plan" not in html
    assert str(secret.get_absolute_url()) not in html


def test_the_list_can_be_of_one_journey(editor, full_workshop, nordlys, as_bob):
    other = create_journey(nordlys, title="Sunglasses", starter=STARTERS["empty"], by=as_bob)
    services.create_workshop(other, title="Elsewhere", by=as_bob)
    html = editor.get(f"/workshops/?journey={other.pk}").text
    assert "Elsewhere" in html
    assert full_workshop.title not in html


@pytest.mark.parametrize("journey", ["99999", "x", "-1", "9" * 30, "1 OR 1=1"])
def test_case_82_a_list_of_an_unknown_journey_is_404(editor, journey, nordlys):
    assert editor.get("/workshops/", {"journey": journey}).status_code == 404


def test_an_empty_list_teaches(editor, nordlys):
    assert "Hold your first workshop" in editor.get("/workshops/").text


def test_an_editor_creates_a_workshop(editor, journey):
    posted = {"subject": journey.pk, "title": "Spring session", "starts_at": "2027-03-01T09:30"}
    response = editor.post("/workshops/new/", posted)
    workshop = Workshop.objects.get()
    assert response.url == workshop.get_absolute_url()
    assert (workshop.title, len(scope_of(workshop))) == ("Spring session", 7)


def test_a_workshop_without_title_is_422_and_keeps_what_was_typed(editor, journey):
    response = editor.post("/workshops/new/", {"subject": journey.pk, "location": "Ribe"})
    assert response.status_code == 422
    assert 'value="Ribe"' in response.text


def test_case_56_a_workshop_on_a_foreign_journey_is_refused(editor, secret, journey):
    posted = {"subject": secret.subject_id, "title": "Mine now"}
    assert editor.post("/workshops/new/", posted).status_code == 422
    assert Workshop.objects.count() == 1


@pytest.mark.parametrize("name", ["carol", "victor"])
def test_who_is_no_editor_creates_no_workshop(name, request, client_of, journey):
    client = client_of(request.getfixturevalue(name))
    posted = {"subject": journey.pk, "title": "Mine"}
    assert client.post("/workshops/new/", posted).status_code == 403
    assert not Workshop.objects.exists()


# --- The board -----------------------------------------------------------------------------
def test_the_board_shows_everything(editor, full_workshop):
    html = editor.get(full_workshop.get_absolute_url()).text
    for text in (
        "Why do trials end in silence?",
        "Nobody answers the chat after four o&#x27;clock.",
        "Open the chat until eight",
        "Trial the evening chat for a month",
        "Karin Åström",
        "Export summary",
        f"/live/{full_workshop.pk}/?since={full_workshop.version}",
    ):
        assert text in html


def test_a_viewer_is_offered_nothing_to_change(client_of, victor, full_workshop):
    html = client_of(victor).get(full_workshop.get_absolute_url()).text
    main = html[html.index("<main") : html.index("</main>")]
    posts = [line for line in main.splitlines() if "hx-post" in line and "undo" not in line]
    assert [line for line in posts if "/undo/" not in line and "/redo/" not in line] == []


def test_case_79_markup_in_every_text_field_shows_as_text(editor, workshop, as_bob):
    by = as_bob
    services.change_workshop(
        workshop,
        fields=dict.fromkeys(("title", "location", "facilitator"), MARKUP[:80]),
        by=by,
    )
    person = services.add_participant(workshop, name=MARKUP[:80], department=MARKUP[:80], by=by)
    said = services.add_contribution(workshop, text=MARKUP, participant=person, by=by)
    from workshops import deciding

    proposal = deciding.add_proposal(workshop, title=MARKUP[:120], text=MARKUP, solves=said, by=by)
    deciding.add_action(
        workshop,
        title=MARKUP,
        owner=MARKUP[:80],
        metric=MARKUP,
        result=MARKUP,
        proposal=proposal,
        by=by,
    )
    html = editor.get(workshop.get_absolute_url()).text
    assert "<img src=x" not in html
    assert "<b hx-get" not in html
    assert "{{ 7*7 }}" in html


ROUTES = {
    "workshop": (),
    "edit": (),
    "scope": (),
    "contribution_create": (0,),
    "contribution_edit": (Contribution,),
    "participant_create": (),
    "participant_edit": (Participant,),
    "proposal_create": (),
    "proposal_edit": (Proposal,),
    "action_create": (),
    "action_edit": (Action,),
}


@pytest.mark.parametrize("name", ROUTES)
def test_every_form_opens(name, editor, full_workshop):
    args = [arg if arg == 0 else first(arg, full_workshop).pk for arg in ROUTES[name]]
    assert editor.get(url(name, full_workshop, *args)).status_code == 200


@pytest.mark.parametrize("name", ROUTES)
def test_case_55_a_strangers_workshop_does_not_exist(name, editor, secret):
    args = [arg if arg == 0 else first(arg, secret).pk for arg in ROUTES[name]]
    assert editor.get(url(name, secret, *args)).status_code == 404
    assert editor.post(url(name, secret, *args)).status_code in (404, 405)


ITEMS = {
    "contribution": Contribution,
    "participant": Participant,
    "proposal": Proposal,
    "action": Action,
}


@pytest.mark.parametrize(
    ("kind", "act"),
    [(kind, act) for kind in ITEMS for act in ("edit", "delete")]
    + [("contribution", "move"), ("proposal", "move")],
)
def test_case_56_own_board_and_a_foreign_item_is_404(kind, act, editor, full_workshop, secret):
    foreign = first(ITEMS[kind], secret)
    response = editor.post(
        url(f"{kind}_{act}", full_workshop, foreign.pk), {"direction": "up"}, headers=HTMX
    )
    # What was typed for an item that is gone is given back with 409 and is not written.
    assert response.status_code in ((409, 404) if act == "edit" else (404,))
    foreign.refresh_from_db()


def test_case_56_a_foreign_item_as_drop_target_is_404(editor, full_workshop, secret):
    mine = first(Contribution, full_workshop)
    for posted in (
        {"stage": scope_of(secret)[0].pk, "before": ""},
        {"stage": 0, "before": first(Contribution, secret).pk},
        {"stage": "9" * 40, "before": ""},
        {"stage": "", "before": ""},
        {"direction": "sideways"},
    ):
        response = editor.post(url("contribution_move", full_workshop, mine.pk), posted)
        assert response.status_code == 404


def test_case_56_a_foreign_problem_cannot_be_solved(editor, full_workshop, secret):
    posted = {"title": "Mine", "solves": first(Contribution, secret).pk}
    assert editor.post(url("proposal_create", full_workshop), posted).status_code == 422


WRITES = {
    "edit": ({}, "editor"),
    "scope": ({}, "editor"),
    "phase": ({"phase": "rate"}, "editor"),
    "delete": ({}, "editor"),
    "participant_create": ({"name": "Ida"}, "editor"),
    "proposal_create": ({"title": "Do it"}, "commenter"),
    "action_create": ({"title": "Done"}, "editor"),
    "join": ({"department": "Sales"}, "commenter"),
    "contribution_create": ({"kind": "idea", "text": "An idea"}, "commenter"),
    "proposal_rate": ({"feasibility": 3, "effect": 4}, "commenter"),
    "contribution_vote": ({"count": 1}, "commenter"),
    "freeze_ratings": ({}, "editor"),
}


@pytest.mark.parametrize("name", WRITES)
def test_case_55_each_role_does_what_it_may(name, client_of, full_workshop, carol, victor):
    posted, lowest = WRITES[name]
    args = {
        "contribution_create": [0],
        "proposal_rate": [last(Proposal, full_workshop).pk],
        "contribution_vote": [first(Contribution, full_workshop).pk],
    }
    address = url(name, full_workshop, *args.get(name, []))
    before = Board.objects.get(pk=full_workshop.pk).version
    assert client_of(victor).post(address, posted).status_code == 403
    expected = 200 if lowest == "commenter" else 403
    assert client_of(carol).post(address, posted).status_code == expected
    wrote = Board.objects.get(pk=full_workshop.pk).version - before
    assert wrote == (1 if lowest == "commenter" else 0)


def test_case_77_a_get_writes_nothing(editor, full_workshop):
    before = Board.objects.get(pk=full_workshop.pk).version
    for name in ("phase", "delete", "join"):
        assert editor.get(url(name, full_workshop)).status_code == 405
    assert Board.objects.get(pk=full_workshop.pk).version == before


# --- What editors do -----------------------------------------------------------------------
def test_an_idea_comes_back_alone_and_names_its_column(client_of, carol, full_workshop):
    stage = scope_of(full_workshop)[0]
    response = client_of(carol).post(
        url("contribution_create", full_workshop, stage.pk),
        {"kind": "idea", "text": "A trial without a credit card"},
        headers=HTMX,
    )
    assert response.status_code == 200
    made = Contribution.objects.get(text="A trial without a credit card")
    assert f'hx-target="#contribution-{made.pk}"' in response.text
    assert f'hx-target="#add-contribution-{stage.pk}"' in response.text
    assert f'data-into="notes-of-{stage.pk}"' in response.text


def test_an_empty_idea_is_422(client_of, carol, full_workshop):
    address = url("contribution_create", full_workshop, 0)
    response = client_of(carol).post(address, {"kind": "idea", "text": " "})
    assert response.status_code == 422
    assert "data-editing" in response.text


@pytest.mark.parametrize(("key", "status"), [(999999, 404), (0, 200)])
def test_an_idea_goes_to_a_stage_of_this_workshop(key, status, client_of, carol, full_workshop):
    posted = {"kind": "idea", "text": "Here"}
    response = client_of(carol).post(url("contribution_create", full_workshop, key), posted)
    assert response.status_code == status


def test_case_1_two_people_change_one_contribution_and_nothing_is_lost(
    editor, full_workshop, as_bob
):
    said = first(Contribution, full_workshop)
    seen = said.text
    services.change_contribution(said, fields={"text": "Theirs"}, by=as_bob)
    posted = {"text": "Mine", "initial-text": seen, "kind": said.kind, "initial-kind": said.kind}
    response = editor.post(url("contribution_edit", full_workshop, said.pk), posted)
    assert response.status_code == 409
    assert "Mine" in response.text
    assert "Theirs" in response.text
    said.refresh_from_db()
    assert said.text == "Theirs"


def test_an_unchanged_date_is_not_taken_for_a_change(editor, full_workshop):
    page = editor.get(url("edit", full_workshop)).text
    import re

    posted = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page))
    posted |= {"title": "Renamed", "introduction": full_workshop.introduction}
    posted["initial-introduction"] = full_workshop.introduction
    response = editor.post(url("edit", full_workshop), posted)
    assert response.status_code == 200
    now = Workshop.objects.get(pk=full_workshop.pk)
    assert (now.title, now.starts_at) == ("Renamed", full_workshop.starts_at)


@pytest.mark.parametrize(("direction", "place"), [("up", 0), ("down", 2)])
def test_a_contribution_moves_by_keyboard(direction, place, editor, full_workshop):
    stage = scope_of(full_workshop)[3]
    middle = list(stage.contributions.order_by("position"))[1]
    editor.post(url("contribution_move", full_workshop, middle.pk), {"direction": direction})
    assert list(stage.contributions.order_by("position")).index(middle) == place


@pytest.mark.parametrize(("direction", "step"), [("left", -1), ("right", 1)])
def test_a_contribution_moves_to_the_next_column(direction, step, editor, full_workshop):
    scope = scope_of(full_workshop)
    said = scope[3].contributions.first()
    editor.post(url("contribution_move", full_workshop, said.pk), {"direction": direction})
    said.refresh_from_db()
    assert said.stage == scope[3 + step]


def test_a_contribution_beyond_the_last_column_stays(editor, full_workshop):
    said = Contribution.objects.get(board=full_workshop.pk, stage=None)
    response = editor.post(url("contribution_move", full_workshop, said.pk), {"direction": "right"})
    assert response.status_code == 200
    said.refresh_from_db()
    assert said.stage is None


def test_a_commenter_cannot_edit_what_another_wrote(client_of, carol, full_workshop):
    said = first(Contribution, full_workshop)
    client = client_of(carol)
    for name in ("contribution_edit", "contribution_delete", "contribution_move"):
        address = url(name, full_workshop, said.pk)
        assert client.post(address, {"text": "No", "direction": "up"}).status_code == 403
    said.refresh_from_db()
    assert said.text.startswith("Nobody answers")


@pytest.mark.parametrize(
    "posted",
    [{}, {"feasibility": 0, "effect": 3}, {"feasibility": "x", "effect": 9}],
)
def test_what_is_no_mark_is_422(posted, client_of, carol, full_workshop):
    proposal = last(Proposal, full_workshop)
    before = Rating.objects.count()
    response = client_of(carol).post(url("proposal_rate", full_workshop, proposal.pk), posted)
    assert (response.status_code, Rating.objects.count()) == (422, before)


def test_where_it_is_given_openly_half_a_rating_waits_for_the_other_half(
    client_of, carol, full_workshop
):
    proposal = last(Proposal, full_workshop)
    address, before = url("proposal_rate", full_workshop, proposal.pk), Rating.objects.count()
    assert client_of(carol).post(address, {"feasibility": 3}).status_code == 204
    assert Rating.objects.count() == before


def test_a_rating_is_drawn_in_the_chart_at_once(client_of, carol, full_workshop):
    proposal = last(Proposal, full_workshop)
    response = client_of(carol).post(
        url("proposal_rate", full_workshop, proposal.pk), {"feasibility": 2, "effect": 5}
    )
    assert 'hx-target="#chart"' in response.text
    assert f'id="feasibility-{proposal.pk}-2" name="feasibility" value="2" checked' in response.text
    for name in ("chart", f"proposal-{proposal.pk}"):
        piece = response.text.split(f'hx-target="#{name}"')[1].split("</hx-partial>")[0]
        assert f'"{carol.pk}"' not in piece


def test_the_phase_is_told_to_all(editor, full_workshop):
    response = editor.post(url("phase", full_workshop), {"phase": "rate"}, headers=HTMX)
    assert Workshop.objects.get(pk=full_workshop.pk).phase == Phase.RATE
    assert "Rate" in response.text
    assert editor.post(url("phase", full_workshop), {"phase": "party"}).status_code == 422


def test_an_unchecked_scope_means_the_whole_journey(editor, full_workshop):
    one = scope_of(full_workshop)[2].journey_stage_id
    editor.post(url("scope", full_workshop), {"stage": [one]})
    assert [stage.journey_stage_id for stage in scope_of(full_workshop)] == [one]
    editor.post(url("scope", full_workshop), {})
    assert len(scope_of(full_workshop)) == 7


@pytest.mark.parametrize("stage", ["x", "-1", "9" * 30, "123456789"])
def test_case_82_a_scope_of_unknown_stages_is_404(stage, editor, full_workshop):
    assert editor.post(url("scope", full_workshop), {"stage": stage}).status_code == 404


def test_case_62_a_deleted_workshop_answers_404(editor, full_workshop):
    response = editor.post(url("delete", full_workshop))
    assert response.url == "/workshops/"
    assert editor.get(full_workshop.get_absolute_url()).status_code == 404
    address = url("contribution_create", full_workshop, 0)
    assert editor.post(address, {"kind": "idea", "text": "Late"}).status_code == 404


# --- On the wall ---------------------------------------------------------------------------
def test_the_wall_shows_what_runs_and_nothing_to_press(full_workshop, client_of, victor):
    html = client_of(victor).get(url("projector", full_workshop)).text
    assert "Nobody answers the chat after four" in html.split('id="projector"')[1]
    assert 'view=projector"' in html
    assert "<form" not in html.split('id="projector"')[1]
    assert "hx-post" not in html

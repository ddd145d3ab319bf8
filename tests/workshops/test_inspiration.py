"""The library of inspiration, what fits a problem, and what a workshop shows."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from collaboration.live import Viewer
from collaboration.models import Board
from collaboration.pictures import NotAPicture
from collaboration.search import search
from teams.access import Forbidden
from teams.models import Role
from tests.drawn import picture_file
from tests.workshops import scenes
from workshops import inspiration, services
from workshops.inspiration_models import InspirationCase, ShownCase
from workshops.inspiring import cases_of, fitting
from workshops.page import WorkshopPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_of(nordlys, as_bob):
    def create(title, done="They did it.", **more):
        return inspiration.create_case(nordlys, title=title, done=done, by=as_bob, **more)

    return create


@pytest.fixture
def cases(case_of):
    return {
        "price": case_of("Ranges on the page", "They published prices.", tags=["price"]),
        "chat": case_of("Until nine", "Two students answer the chats in the evening."),
        "other": case_of("A new logo", "They painted the vans."),
        "tagged": case_of("Two in a shift", "They share it.", tags=["opening hours", "chat"]),
    }


def shown_on(workshop) -> str:
    drawn = WorkshopPage().draw(workshop, {"inspiration"}, Viewer(Role.VIEWER, "en"))
    return drawn["inspiration"]


# --- What fits -----------------------------------------------------------------------------
def test_cases_fit_by_tags_before_words_and_say_why(cases, nordlys):
    fits = fitting(nordlys, "The chat closes before the evening")
    assert [(fit.case, fit.because) for fit in fits] == [
        (cases["tagged"], ["chat"]),
        (cases["chat"], ["chats", "evening"]),
    ]


def test_words_of_grammar_fit_nothing(cases, nordlys):
    assert fitting(nordlys, "They did it, and the other one, og det er den") == []
    assert fitting(nordlys, "") == []


def test_what_fits_costs_the_same_for_any_library(
    case_of, cases, nordlys, django_assert_max_num_queries
):
    for number in range(30):
        case_of(f"Chat {number}", "An evening chat.", tags=[f"tag {number}"])
    with django_assert_max_num_queries(5):
        assert len(fitting(nordlys, "The chat closes before the evening " * 200)) == 8


def test_another_workspace_is_never_matched(cases, other, charlie, acting):
    inspiration.create_case(other, title="Secret chat", done="Chat.", by=acting(charlie))
    assert [fit.case.title for fit in fitting(other, "chat")] == ["Secret chat"]


def test_the_library_finds_words_in_other_forms_and_tags(cases, nordlys, bob):
    assert set(cases_of(nordlys, words="chat")) == {cases["chat"], cases["tagged"]}
    assert list(cases_of(nordlys, words="publishing price")) == [cases["price"]]
    assert list(cases_of(nordlys, tag="opening hours")) == [cases["tagged"]]
    assert list(cases_of(nordlys, words="%%%")) == []
    found = {one.kind.name: [hit.row for hit in one.hits] for one in search("vans", nordlys, bob)}
    assert found == {"inspiration": [cases["other"]]}


# --- The library ---------------------------------------------------------------------------
def test_commenters_do_not_write_the_library(nordlys, cases, carol, acting):
    by = acting(carol)
    for act in (
        lambda: inspiration.create_case(nordlys, title="Mine", done="It", by=by),
        lambda: inspiration.change_case(cases["chat"], fields={"title": "Mine"}, by=by),
        lambda: inspiration.change_picture(cases["chat"], file=None, by=by),
        lambda: inspiration.delete_case(cases["chat"], by=by),
    ):
        with pytest.raises(Forbidden):
            act()
    assert InspirationCase.objects.count() == 4


def test_the_database_refuses_a_case_that_says_nothing(nordlys, case_of):
    with pytest.raises(IntegrityError), transaction.atomic():
        case_of("")
    with pytest.raises(IntegrityError), transaction.atomic():
        case_of("Title", "")


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_kept(case_of):
    with pytest.raises(NotAPicture):
        case_of("With a picture", file=ContentFile(b"<svg onload=alert(1)>", "x.png"))
    assert not InspirationCase.objects.filter(title="With a picture").exists()
    assert case_of("With a picture", file=picture_file()).picture.startswith("pictures/")


def test_a_case_that_changes_is_drawn_anew_where_it_is_shown(workshop, cases, as_bob):
    inspiration.show_case(workshop, cases["chat"], by=as_bob)
    before = Board.objects.get(pk=workshop.pk).version
    inspiration.change_case(cases["chat"], fields={"effect": "No queue at eight"}, by=as_bob)
    assert Board.objects.get(pk=workshop.pk).version == before + 1
    assert "No queue at eight" in shown_on(workshop)


def test_a_case_that_is_deleted_leaves_the_workshops(workshop, cases, as_bob):
    inspiration.show_case(workshop, cases["chat"], by=as_bob)
    inspiration.delete_case(cases["chat"], by=as_bob)
    assert "Until nine" not in shown_on(workshop)
    assert not InspirationCase.objects.filter(pk=cases["chat"].pk).exists()


# --- On a workshop -------------------------------------------------------------------------
def test_one_case_is_shown_and_the_others_wait(workshop, cases, as_bob):
    inspiration.show_case(workshop, cases["chat"], by=as_bob)
    inspiration.show_case(workshop, cases["price"], by=as_bob)
    rows = ShownCase.objects.filter(board=workshop.pk).order_by("pk")
    assert [(row.case, row.showing) for row in rows] == [
        (cases["chat"], False),
        (cases["price"], True),
    ]
    inspiration.put_away_case(workshop, by=as_bob)
    assert not ShownCase.objects.filter(board=workshop.pk, showing=True).exists()
    assert "They published prices." not in shown_on(workshop)


def test_case_56_neither_case_nor_problem_comes_from_elsewhere(
    workshop, secret, cases, charlie, other, as_bob, acting
):
    theirs = inspiration.create_case(other, title="Secret", done="It", by=acting(charlie))
    with pytest.raises(inspiration.CaseGone):
        inspiration.bring_case(workshop, theirs, by=as_bob)
    problem = services.add_contribution(secret, text="Their problem", by=acting(charlie))
    with pytest.raises(services.NotOnThisBoard):
        inspiration.bring_case(workshop, cases["chat"], problem=problem, by=as_bob)
    assert not ShownCase.objects.filter(board=workshop.pk).exists()


def test_commenters_see_what_is_shown_and_do_not_show(workshop, cases, carol, client_of):
    client = client_of(carol)
    base = f"/workshops/{workshop.pk}/inspiration/"
    assert client.get(base).status_code == 403
    answer = client.post(f"{base}cases/{cases['chat'].pk}/", {"act": "show"})
    assert answer.status_code == 403
    assert not ShownCase.objects.exists()


# --- Pages ---------------------------------------------------------------------------------
def test_an_editor_writes_a_case_with_a_picture(bob, client_of, nordlys):
    client = client_of(bob)
    answer = client.post(
        "/inspiration/new/",
        {
            "title": "A call on day two",
            "done": "They ring every buyer.",
            "tags": "delivery, Delivery, phone",
            "link": "example.com/case",
            "file": picture_file(),
            "picture_alt": "A telephone",
        },
    )
    case = InspirationCase.objects.get()
    assert answer.status_code == 302
    assert (case.tags, case.link) == (["Delivery", "phone"], "https://example.com/case")
    assert client.get(f"/inspiration/{case.pk}/picture/")["Content-Type"].startswith("image/")
    page = client.get(f"/inspiration/{case.pk}/").content.decode()
    assert 'alt="A telephone"' in page
    assert "A call on day two" in client.get("/inspiration/?q=buyers").content.decode()
    assert "A call on day two" not in client.get("/inspiration/?q=horse").content.decode()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.com/x", "data:text/html,x"])
def test_case_79_a_link_leads_to_a_page_or_nowhere(link, bob, client_of, nordlys):
    given = {"title": "A", "done": "B", "link": link}
    assert client_of(bob).post("/inspiration/new/", given).status_code == 422
    assert not InspirationCase.objects.exists()


def test_two_who_change_one_field_see_both_texts(bob, client_of, cases):
    client, case = client_of(bob), cases["chat"]
    address = f"/inspiration/{case.pk}/edit/"
    given = {"title": "Mine", "initial-title": "Until eight", "done": case.done}
    given |= {"initial-done": case.done, "tags": "", "initial-tags": ""}
    answer = client.post(address, given)
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert "Until nine" in answer.content.decode()
    case.refresh_from_db()
    assert case.title == "Until nine"


def test_the_panel_offers_what_fits_the_problem_and_shows_it(workshop, cases, bob, client_of):
    client = client_of(bob)
    problem = services.add_contribution(
        workshop, text="Chat closes at four", by=Board.objects.get(pk=workshop.pk).actor_for(bob)
    )
    base = f"/workshops/{workshop.pk}/inspiration/"
    offered = client.get(f"{base}?problem={problem.pk}").content.decode()
    assert "Until nine" in offered
    assert "A new logo" not in offered
    assert "A new logo" in client.get(f"{base}?q=logo").content.decode()
    client.post(f"{base}cases/{cases['chat'].pk}/", {"act": "show", "problem": problem.pk})
    shown = ShownCase.objects.get(board=workshop.pk)
    assert (shown.case, shown.problem, shown.showing) == (cases["chat"], problem, True)
    assert "For the problem: Chat closes at four" in shown_on(workshop)


def test_the_wall_shows_the_case_and_the_panel_begins_with_what_is_talked_about(
    full_workshop, as_bob, bob, client_of
):
    problem = scenes.workshop_problem(full_workshop)
    client = client_of(bob)
    panel = client.get(f"/workshops/{full_workshop.pk}/inspiration/").content.decode()
    assert f'value="{problem.pk}" selected' in panel
    assert panel.index("Somebody answers until nine") > 0
    wall = client.get(f"/workshops/{full_workshop.pk}/projector/").content.decode()
    assert "Two people share the evening chat." in wall
    inspiration.put_away_case(full_workshop, by=as_bob)
    wall = client.get(f"/workshops/{full_workshop.pk}/projector/").content.decode()
    assert "Two people share the evening chat." not in wall


def test_case_56_the_library_of_another_workspace_is_not_there(bob, client_of, other, charlie, acting, workshop):  # fmt: skip
    theirs = inspiration.create_case(other, title="Secret", done="It", by=acting(charlie))
    client = client_of(bob)
    for path in ("", "edit/", "picture/"):
        assert client.get(f"/inspiration/{theirs.pk}/{path}").status_code == 404
    address = f"/workshops/{workshop.pk}/inspiration/cases/{theirs.pk}/"
    assert client.post(address, {"act": "show"}).status_code == 404

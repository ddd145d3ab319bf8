"""The pages of walks: the form that a phone sends to, the list, and walks side by side."""

from io import BytesIO

import pytest
from django.urls import reverse

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from journeys.models import Journey
from journeys.services import delete_stage
from teams.models import Role
from tests.drawn import picture_file
from tests.pages import text_of, tree_of, with_pieces
from touchpoints.services import create_touchpoint, delete_touchpoint
from touchpoints.walk_models import Walk, WalkStep
from touchpoints.walk_pages import walk_context, walks_html
from touchpoints.walks import answer_step, delete_walk, finish_walk, start_walk

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"
PHONE = {"HX-Request": "true"}


def url(name, journey, *ids):
    return reverse(f"touchpoints:{name}", args=[journey.pk, *ids])


@pytest.fixture
def walk(journey, by_bob):
    return start_walk(journey, competitor=True, company="Brillux", by=by_bob)


@pytest.fixture
def theirs(foreign_journey, by_charlie):
    return start_walk(foreign_journey, competitor=True, company="Secret rival", by=by_charlie)


@pytest.fixture
def send(client_of, bob, journey, walk):
    """What the phone does."""

    def sent(client=None, **said):
        address = url("walk_answers", journey, walk.pk)
        return (client or client_of(bob)).post(address, {"key": "a", **said}, headers=PHONE)

    return sent


# --- Starting ------------------------------------------------------------------------------
def test_a_walk_is_started_and_walked_on(client_of, bob, journey):
    client = client_of(bob)
    form = client.get(url("walk_start", journey)).content.decode()
    assert 'value="Bob"' in form
    sent = {"competitor": "on", "company": "Brillux", "walker": "Ida", "walked_on": "2026-11-20"}
    answer = client.post(url("walk_start", journey), sent)
    walk = Walk.objects.get()
    assert answer["Location"] == url("walk", journey, walk.pk)
    assert (walk.company, walk.walker, str(walk.walked_on)) == ("Brillux", "Ida", "2026-11-20")
    del sent["company"]
    refused = client.post(url("walk_start", journey), sent, headers=PHONE)
    assert refused.status_code == 422
    assert "Name the competitor." in refused.content.decode()


def test_company_walker_and_day_are_changed_in_the_list(client_of, bob, journey, walk):
    client = client_of(bob)
    facts = {"competitor": "on", "walker": walk.walker, "walked_on": str(walk.walked_on)}
    sent = {**facts, "company": "Brillux Nord", "initial-company": "Brillux"}
    headers = {"Board-View": "walks"}
    answer = client.post(url("walk_edit", journey, walk.pk), sent, headers=headers)
    assert 'hx-target="#walks"' in answer.content.decode()
    assert Walk.objects.get().company == "Brillux Nord"
    sent = {**facts, "company": "", "initial-company": "Brillux Nord"}
    assert client.post(url("walk_edit", journey, walk.pk), sent).status_code == 422


# --- The form --------------------------------------------------------------------------------
def test_every_stage_is_in_the_form_so_that_it_goes_on_without_a_connection(
    client_of, bob, journey, stages, walk
):
    html = client_of(bob).get(url("walk", journey, walk.pk)).content.decode()
    for stage in stages:
        assert stage.title in html
        assert f'value="stage-{stage.pk}"' in html
    for question in ("worked", "helped_goal", "missing", "better", "score", "photo"):
        assert html.count(f'name="{question}"') >= len(stages)


def test_at_our_own_company_each_touchpoint_has_its_questions(journey, stages, by_bob):
    shelf = create_touchpoint(stage=stages[0], title="Shelf", by=by_bob)
    own = start_walk(journey, by=by_bob)
    answer_step(own, key="added", stage=stages[0], place="Car park", by=by_bob)
    answer_step(own, key=f"touchpoint-{shelf.pk}", touchpoint=shelf, score=4, by=by_bob)
    first, second, _third = walk_context(journey, own)["places"]
    assert [(step.key, step.fixed, step.step.score) for step in first.steps] == [
        (f"touchpoint-{shelf.pk}", shelf, 4), ("added", None, None),
    ]  # fmt: skip
    assert [step.key for step in second.steps] == [f"stage-{stages[1].pk}"]
    delete_touchpoint(shelf, by=by_bob)
    first = walk_context(journey, own)["places"][0]
    assert [step.key for step in first.steps] == ["added", f"touchpoint-{shelf.pk}"]


def test_the_form_takes_the_same_number_of_queries_however_much_is_met(
    journey, stages, walk, by_bob, django_assert_num_queries
):
    for number in range(9):
        touchpoint = create_touchpoint(stage=stages[number % 3], title=f"T{number}", by=by_bob)
        answer_step(walk, touchpoint=touchpoint, score=3, by=by_bob)
    with django_assert_num_queries(3):
        walk_context(journey, walk)


# --- Answers as they arrive --------------------------------------------------------------------
def test_answers_arrive_in_any_order_and_only_what_was_said_is_written(send, stages):
    assert send(stage=stages[1].pk, worked="no").status_code == 204
    assert send(missing="A price").status_code == 204
    assert send(photo=picture_file(), photo_says="A red square").status_code == 204
    step = WalkStep.objects.get()
    assert (step.stage, step.worked, step.missing, step.score) == (stages[1], "no", "A price", None)
    assert (step.photo_width, step.photo_says) == (40, "A red square")
    send(photo_gone="on", photo_says="")
    assert (WalkStep.objects.get().photo, WalkStep.objects.get().photo_says) == ("", "")


def test_what_is_sent_twice_is_there_once(send, journey, stages):
    sent = {"stage": stages[0].pk, "missing": "A price", "photo": picture_file()}
    send(**sent)
    photo, version = WalkStep.objects.get().photo, Board.objects.get(pk=journey.pk).version
    send(stage=stages[0].pk, missing="A price")
    assert Board.objects.get(pk=journey.pk).version == version
    assert WalkStep.objects.get().photo == photo


def test_a_photo_sent_again_with_its_key_is_stored_once(client_of, bob, journey, walk):
    address, client = url("walk_answers", journey, walk.pk), client_of(bob)
    names = set()
    for _time in range(2):
        headers = {**PHONE, "Idempotency-Key": "r1"}
        client.post(address, {"key": "a", "photo": picture_file()}, headers=headers)
        names.add(WalkStep.objects.get().photo)
    assert len(names) == 1


def test_answers_for_what_has_gone_from_the_map_meanwhile_are_kept(send, stages, by_bob):
    shelf = create_touchpoint(stage=stages[0], title="Shelf", by=by_bob)
    sent = {"stage": stages[0].pk, "touchpoint": shelf.pk, "missing": "A price"}
    delete_stage(stages[0], by=by_bob)
    assert send(**sent).status_code == 204
    step = WalkStep.objects.get()
    assert (step.stage, step.touchpoint, step.missing) == (None, None, "A price")


def test_foreign_stages_are_never_named(send, foreign_stage, theirs, client_of, bob, journey):
    send(stage=foreign_stage.pk, missing="A price")
    assert WalkStep.objects.get().stage is None
    for name in ("walk", "walk_edit"):
        assert client_of(bob).get(url(name, journey, theirs.pk)).status_code == 404
    for name in ("walk_answers", "walk_finish", "walk_delete"):
        address = url(name, journey, theirs.pk)
        assert client_of(bob).post(address, {"key": "a"}).status_code == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"score": "7"}, "Score"),
        ({"worked": "perhaps"}, "Did it work"),
        ({"missing": "a" * 1001}, "1000"),
        ({"photo": BytesIO(b"no picture")}, "no picture that we can read"),
    ],
)
def test_what_is_not_taken_is_said_in_words(send, said, words):
    answer = send(**said)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/plain")
    assert words.lower() in answer.content.decode().lower()
    assert not WalkStep.objects.exists()


@pytest.mark.parametrize("key", ["", "a" * 37])
def test_without_a_key_nothing_is_written(send, key):
    assert send(key=key, score="3").status_code == 404


def test_a_deleted_walk_takes_no_answers(send, walk, by_bob):
    delete_walk(walk, by=by_bob)
    assert send(score="3").status_code == 404


def test_without_script_the_form_is_sent_as_a_form(client_of, bob, journey, walk):
    address = url("walk_answers", journey, walk.pk)
    answer = client_of(bob).post(address, {"key": "a", "score": "3"})
    assert answer["Location"] == url("walk", journey, walk.pk)
    finished = client_of(bob).post(url("walk_finish", journey, walk.pk))
    assert finished["Location"] == url("walks", journey)
    assert Walk.objects.get().finished


# --- Side by side ------------------------------------------------------------------------------
def test_side_by_side_shows_the_chosen_walks_to_a_viewer_who_finds_nothing_to_press(
    client_of, victor, journey, stages, walk, by_bob
):
    own = start_walk(journey, by=by_bob)
    answer_step(own, stage=stages[0], score=2, missing="A price", by=by_bob)
    answer_step(walk, stage=stages[0], score=5, better="A smile", by=by_bob)
    address = url("walks_compared", journey)
    html = client_of(victor).get(address).content.decode()
    assert "Brillux is ahead: 5 of 5, we 2" in html
    assert "hx-post" not in html
    alone = client_of(victor).get(f"{address}?walk={walk.pk}").content.decode()
    assert "A smile" in alone
    assert "A price" not in alone.split("</details>")[-1]


def test_foreign_walks_are_not_compared(client_of, bob, journey, walk, theirs):
    address = url("walks_compared", journey)
    for number in (theirs.pk, 10**30, "x"):
        assert client_of(bob).get(f"{address}?walk={number}").status_code == 404


def test_hostile_words_stay_words(client_of, bob, journey, stages, by_bob):
    walk = start_walk(journey, competitor=True, company=HOSTILE, walker=HOSTILE, by=by_bob)
    texts = dict.fromkeys(("place", "missing", "better", "photo_says"), HOSTILE)
    answer_step(walk, stage=stages[0], file=picture_file(), **texts, by=by_bob)
    for address in (
        url("walks", journey),
        url("walk", journey, walk.pk),
        url("walks_compared", journey),
    ):
        html = client_of(bob).get(address).content.decode()
        assert "&lt;script&gt;" in html
        assert HOSTILE not in html


def test_a_photo_is_for_those_who_see_the_journey(
    client_of, victor, charlie, journey, walk, by_bob
):
    step = answer_step(walk, file=picture_file(), by=by_bob)
    bare = answer_step(walk, score=1, by=by_bob)
    address = url("walk_photo", journey, step.pk)
    assert client_of(victor).get(address)["Content-Type"] == "image/jpeg"
    assert client_of(charlie).get(address).status_code == 404
    assert client_of(victor).get(url("walk_photo", journey, bare.pk)).status_code == 404


def test_a_step_has_an_address_in_its_walk(client_of, victor, journey, walk, by_bob):
    step = answer_step(walk, score=1, by=by_bob)
    answer = client_of(victor).get(url("walk_step", journey, step.pk))
    expected = f"{url('walks_compared', journey)}?walk={walk.pk}#walkstep-{step.pk}"
    assert answer["Location"] == expected


# --- Live --------------------------------------------------------------------------------------
ACTS = {
    "start": lambda journey, walk, by: start_walk(journey, by=by),
    "answer": lambda journey, walk, by: answer_step(walk, score=3, by=by),
    "finish": lambda journey, walk, by: finish_walk(walk, by=by),
    "delete": lambda journey, walk, by: delete_walk(walk, by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_list_with_its_pieces_is_the_list_reloaded(journey, walk, by_bob, act):
    viewer = Viewer(Role.EDITOR, "en", view="walks")

    def page():
        return f"<main>{walks_html(Journey.objects.get(pk=journey.pk), viewer)}</main>"

    before, since = page(), Board.objects.get(pk=journey.pk).version
    ACTS[act](journey, walk, by_bob)
    board = Board.objects.get(pk=journey.pk)
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page()))
    assert text_of(patched) != text_of(tree_of(before))


def test_walks_side_by_side_are_asked_for_again_when_an_answer_arrives(journey, walk, by_bob):
    since = Board.objects.get(pk=journey.pk).version
    answer_step(walk, score=3, by=by_bob)
    board = Board.objects.get(pk=journey.pk)
    viewer = Viewer(Role.VIEWER, "en", view="comparison")
    html = render_changes(board, since, viewer).html
    assert f'data-at="{board.version}"' in html

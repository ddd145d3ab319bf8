"""Comments on a board's items, as people meet them on the page."""

import pytest
from django.urls import reverse

from collaboration.models import Change, Comment
from journeys.models import Stage
from tests.collaboration.scenes import small_journey


def address(board, name="comments", *args, **query):
    return reverse(f"collaboration:{name}", args=[board.pk, *args], query=query)


def about(item):
    return {"type": item._meta.model_name, "id": item.pk}


@pytest.fixture
def say(client_of, journey, stage):
    """`say(carol, "Why?")`: Carol comments on the stage; returns the comment."""

    def say(user, body, item=stage, **fields):
        client = client_of(user)
        response = client.post(
            address(journey, "comment_create"), {**about(item), "body": body, **fields}
        )
        assert response.status_code == 200, response.content
        return Comment.objects.latest("pk")

    return say


# --- Reading -----------------------------------------------------------------------------------
def test_viewer_reads_threads_with_the_newest_last(client_of, journey, stage, victor, carol, say):
    first = say(carol, "First")
    say(carol, "Second")
    say(carol, "Answer", parent=first.pk)
    page = client_of(victor).get(address(journey, **about(stage))).content.decode()
    assert [page.index(text) for text in ("First", "Answer", "Second")] == sorted(
        page.index(text) for text in ("First", "Answer", "Second")
    )
    assert f'id="comments-stage-{stage.pk}"' in page
    assert f'data-author="{carol.pk}"' in page
    assert "<form" not in page


def test_panel_costs_the_same_for_one_and_for_many(
    client_of, journey, stage, carol, say, django_assert_num_queries
):
    from collaboration.comments import draw_comments
    from collaboration.live import Viewer
    from teams.models import Role

    viewer = Viewer(Role.COMMENTER, "en")
    for number in range(6):
        say(carol, f"Number {number}")
        with django_assert_num_queries(2):
            html = draw_comments(journey, f"comments-stage-{stage.pk}", viewer)
        assert html.count("<article") == number + 1


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"type": "stage"},
        {"type": "stage", "id": "0"},
        {"type": "stage", "id": "x"},
        {"type": "stage", "id": "9" * 30},
        {"type": "comment", "id": "1"},
        {"type": "user", "id": "1"},
        {"type": "board", "id": "1"},
    ],
)
def test_what_is_not_on_the_board_is_not_found(client_of, journey, carol, query):
    assert client_of(carol).get(address(journey, **query)).status_code == 404
    posted = client_of(carol).post(address(journey, "comment_create"), {**query, "body": "?"})
    assert posted.status_code == 404
    assert not Comment.objects.exists()


def test_case_56_other_boards_items_and_comments_are_not_found(
    client_of, journey, nordlys, carol, say
):
    other = small_journey(nordlys)
    theirs = Stage.objects.filter(board=other).first()
    comment = say(carol, "Mine")
    client = client_of(carol)
    assert client.get(address(journey, **about(theirs))).status_code == 404
    posted = client.post(address(journey, "comment_create"), {**about(theirs), "body": "?"})
    assert posted.status_code == 404
    crossed = {**about(theirs), "parent": comment.pk, "body": "?"}
    assert client.post(address(other, "comment_create"), crossed).status_code == 404
    for act in ("comment_edit", "comment_delete", "comment_resolve", "comment_reopen"):
        assert client.post(address(other, act, comment.pk), {"body": "?"}).status_code == 404
    assert [row.body for row in Comment.objects.all()] == ["Mine"]


def test_answer_belongs_to_the_item_of_its_thread(client_of, journey, stage, note, carol, say):
    comment = say(carol, "On the stage")
    crossed = {**about(note), "parent": comment.pk, "body": "On a note"}
    assert client_of(carol).post(address(journey, "comment_create"), crossed).status_code == 404


def test_stranger_finds_nothing(client_of, journey, stage, charlie, carol, say):
    comment = say(carol, "Secret")
    client = client_of(charlie)
    assert client.get(address(journey, **about(stage))).status_code == 404
    assert client.post(address(journey, "comment_delete", comment.pk)).status_code == 404


def test_case_62_comments_of_a_deleted_board_are_gone(client_of, journey, stage, carol, owner, say):
    comment = say(carol, "Still there?")
    with journey.editing(by=owner):
        journey.deleted_at = journey.created_at
        journey.save()
    client = client_of(carol)
    assert client.get(address(journey, **about(stage))).status_code == 404
    for act in ("comment_edit", "comment_delete", "comment_resolve", "comment_reopen"):
        assert client.post(address(journey, act, comment.pk), {"body": "?"}).status_code == 404


# --- Writing -----------------------------------------------------------------------------------
def test_viewer_cannot_comment(client_of, journey, stage, victor, carol, say):
    comment = say(carol, "Mine")
    client = client_of(victor)
    posted = client.post(address(journey, "comment_create"), {**about(stage), "body": "?"})
    assert posted.status_code == 403
    for act in ("comment_edit", "comment_delete", "comment_resolve", "comment_reopen"):
        assert client.post(address(journey, act, comment.pk), {"body": "?"}).status_code == 403
    assert [row.body for row in Comment.objects.all()] == ["Mine"]


def test_comment_is_shown_to_all_and_counted_on_the_stage(client_of, journey, stage, carol):
    posted = client_of(carol).post(
        address(journey, "comment_create"), {**about(stage), "body": "Why?\nBecause."}
    )
    html = posted.content.decode()
    for region in (f"comments-stage-{stage.pk}", f"stage-{stage.pk}", "comment-form"):
        assert f'<hx-partial hx-target="#{region}"' in html
    assert "Why?\nBecause." in html
    change = Change.objects.get(board=journey, item_type="comment")
    assert (change.actor, change.action) == (carol, "create")


@pytest.mark.parametrize("item", ["note", "lane", "journey"])
def test_any_item_and_the_board_itself_can_be_commented_on(request, carol, say, item):
    target = request.getfixturevalue(item)
    comment = say(carol, "Hm", item=target)
    assert (comment.target_type, comment.target_id) == (item, target.pk)


def test_case_79_markup_is_shown_as_text(client_of, journey, stage, carol, say):
    say(carol, '<img src=x onerror=alert(1)><b hx-get="/">')
    page = client_of(carol).get(address(journey, **about(stage))).content.decode()
    assert "<img" not in page
    assert "&lt;b hx-get=&quot;/&quot;&gt;" in page


def test_answer_to_an_answer_joins_the_thread(carol, bob, say):
    first = say(carol, "First")
    second = say(bob, "Second", parent=first.pk)
    third = say(carol, "Third", parent=second.pk)
    assert (second.parent_id, third.parent_id) == (first.pk, first.pk)


@pytest.mark.parametrize("body", ["", "   ", "x" * 4001])
def test_empty_or_endless_comment_comes_back_with_words(client_of, journey, stage, carol, body):
    posted = client_of(carol).post(
        address(journey, "comment_create"), {**about(stage), "body": body}
    )
    assert posted.status_code == 422
    assert 'id="comment-form"' in posted.content.decode()
    assert not Comment.objects.exists()


def test_author_edits_and_deletes_what_is_theirs(client_of, journey, carol, say):
    comment = say(carol, "Frist")
    client = client_of(carol)
    edit = address(journey, "comment_edit", comment.pk)
    assert "Frist" in client.get(edit).content.decode()
    assert client.post(edit, {"body": "First", "initial-body": "Frist"}).status_code == 200
    assert Comment.objects.get().body == "First"
    assert client.post(address(journey, "comment_delete", comment.pk)).status_code == 200
    assert not Comment.objects.exists()


def test_two_tabs_of_one_author_lose_nothing(client_of, journey, carol, say):
    comment = say(carol, "One")
    client = client_of(carol)
    edit = address(journey, "comment_edit", comment.pk)
    assert client.post(edit, {"body": "Two", "initial-body": "One"}).status_code == 200
    second = client.post(edit, {"body": "Three", "initial-body": "One"})
    assert second.status_code == 409
    assert "Two" in second.content.decode()
    assert "Three" in second.content.decode()


def test_others_cannot_change_what_somebody_said(client_of, journey, carol, bob, say):
    comment = say(bob, "Said")
    client = client_of(carol)
    for act in ("comment_edit", "comment_delete"):
        assert client.post(address(journey, act, comment.pk), {"body": "?"}).status_code == 403
    assert client.get(address(journey, "comment_edit", comment.pk)).status_code == 403
    assert Comment.objects.get().body == "Said"


def test_editor_cannot_edit_others_comments_and_an_owner_can_only_delete_them(
    client_of, journey, carol, bob, alice, say
):
    comment = say(carol, "Said")
    edit = address(journey, "comment_edit", comment.pk)
    assert client_of(bob).post(edit, {"body": "?"}).status_code == 403
    assert client_of(alice).post(edit, {"body": "?"}).status_code == 403
    assert client_of(alice).post(address(journey, "comment_delete", comment.pk)).status_code == 200


def test_comment_that_others_answered_stays(client_of, journey, carol, bob, say):
    comment = say(carol, "Question")
    say(bob, "Answer", parent=comment.pk)
    response = client_of(carol).post(address(journey, "comment_delete", comment.pk))
    assert response.status_code == 409
    assert "Others have answered" in response.content.decode()
    assert Comment.objects.count() == 2


def test_any_commenter_resolves_and_reopens_a_thread(client_of, journey, carol, bob, say):
    comment = say(bob, "Question")
    answer = say(bob, "Answer", parent=comment.pk)
    client = client_of(carol)
    resolved = client.post(address(journey, "comment_resolve", answer.pk))
    comment.refresh_from_db()
    assert comment.resolved_by_name == "Carol"
    assert "Resolved by Carol" in resolved.content.decode()
    client.post(address(journey, "comment_reopen", comment.pk))
    comment.refresh_from_db()
    assert (comment.resolved_at, comment.resolved_by_name) == (None, "")


def test_case_12_comments_stay_under_the_name_when_their_author_goes(
    client_of, journey, stage, alice, carol, say
):
    say(carol, "I was here")
    carol.delete()
    page = client_of(alice).get(address(journey, **about(stage))).content.decode()
    assert "I was here" in page
    assert "<strong>Carol</strong>" in page


def test_comment_on_a_deleted_stage_returns_with_it(client_of, journey, stage, carol, owner, say):
    from collaboration.undo import undo

    say(carol, "Keep me")
    key = about(stage)
    with journey.editing(by=owner):
        stage.delete()
    assert client_of(carol).get(address(journey, **key)).status_code == 404
    undo(journey, journey.version, by=owner)
    assert "Keep me" in client_of(carol).get(address(journey, **key)).content.decode()

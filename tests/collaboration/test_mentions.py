"""Mentions: who can be named, what is stored, what is shown."""

import pytest
from django.urls import reverse

from collaboration.attention import Notification
from collaboration.mentioning import as_html, as_text
from collaboration.mentions import MOST_MENTIONS, mention, true_mentions
from collaboration.models import Comment
from collaboration.services import create_comment, edit_comment
from tests.cast import member


def offered(client, board, words=""):
    page = client.get(reverse("collaboration:people", args=[board.pk]), {"q": words})
    assert page.status_code == 200
    return page.content.decode()


def told(user):
    return list(Notification.objects.filter(user=user).values_list("kind", flat=True))


def test_a_reader_is_found_by_the_start_of_any_name(client_of, journey, alice, bob, carol):
    bob.name = "Robert Bobsen"
    bob.save()
    shown = offered(client_of(carol), journey, "bob")
    assert "Robert Bobsen" in shown
    assert "Alice" not in shown


@pytest.mark.parametrize("words", ["", "c", "charlie", "charlie@other.example", "other"])
def test_case_58_the_picker_names_nobody_of_another_tenant(
    client_of, journey, alice, carol, charlie, words
):
    shown = offered(client_of(carol), journey, words)
    assert "Charlie" not in shown
    assert "other.example" not in shown


def test_case_58_a_closed_account_is_not_offered(client_of, journey, bob, carol):
    bob.is_active = False
    bob.save()
    assert "Bob" not in offered(client_of(carol), journey)


def test_case_93_a_stranger_is_not_mentioned_not_named_and_not_told(
    journey, stage, bob, charlie, acting
):
    body = f"Ask @[somebody](user:{charlie.pk}) or @[x](user:{10**14})"
    comment = create_comment(journey, target=stage, body=body, by=acting(bob))
    assert comment.body == "Ask @somebody or @x"
    assert "Charlie" not in as_html(comment.body)
    assert not Notification.objects.exists()


def test_case_93_of_500_mentions_twenty_count(journey, stage, nordlys, bob, acting):
    people = [member(f"p{n}@nordlys.example", nordlys, "viewer") for n in range(MOST_MENTIONS + 5)]
    body = " ".join(mention(person) for person in people * 20)
    comment = create_comment(journey, target=stage, body=body[:4000], by=acting(bob))
    assert Notification.objects.count() == MOST_MENTIONS
    assert len(set(Notification.objects.values_list("user", flat=True))) == MOST_MENTIONS
    assert as_text(comment.body).count("@P0 ") > 1


def test_a_mention_bears_its_persons_own_name(journey, stage, bob, alice, acting):
    body = f"@[Boss](user:{alice.pk})"
    comment = create_comment(journey, target=stage, body=body, by=acting(bob))
    assert comment.body == f"@[Alice](user:{alice.pk})"


@pytest.mark.parametrize("name", ["A]b", "](user:1)", "<b>Al</b>", "(x)", "[", "🙂 Ä"])
def test_hostile_names_and_texts_are_shown_as_text(journey, alice, name):
    alice.name = name
    alice.save()
    stored = true_mentions(journey, f"<i>Hi</i> {mention(alice)} & @[n](user:{alice.pk})")
    shown = as_html(stored)
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert shown.count('class="mention"') == 2
    assert f"(user:{alice.pk})" not in as_text(stored)


def test_who_is_mentioned_later_is_told_and_others_not_again(
    journey, stage, alice, bob, carol, acting
):
    comment = create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    edit_comment(comment, body=f"{mention(alice)} {mention(carol)}", by=acting(bob))
    assert told(alice) == ["mention"]
    assert told(carol) == ["mention"]
    assert told(bob) == []


def test_the_page_marks_a_mention(client_of, journey, stage, alice, carol, acting):
    create_comment(journey, target=stage, body=f"Why, {mention(alice)}?", by=acting(carol))
    address = reverse("collaboration:comments", args=[journey.pk])
    page = client_of(alice).get(address, {"type": "stage", "id": stage.pk}).content.decode()
    assert f'<span class="mention" data-user="{alice.pk}">@Alice</span>?' in page
    assert Comment.objects.get().body == f"Why, @[Alice](user:{alice.pk})?"


def test_the_history_and_the_item_read_like_the_page(client_of, journey, stage, alice, bob, acting):
    comment = create_comment(journey, target=stage, body=f"Why, {mention(alice)}?", by=acting(bob))
    assert str(comment) == "Why, @Alice?"
    page = client_of(bob).get(reverse("journeys:history", args=[journey.pk])).content.decode()
    assert "Why, @Alice?" in page
    assert "(user:" not in page


def test_a_typed_name_that_one_reader_has_is_a_mention(
    journey, stage, alice, bob, carol, charlie, acting
):
    body = "@Bob, ask @alice or @Charlie; write to me@bob or @Bobby. @nobody"
    comment = create_comment(journey, target=stage, body=body, by=acting(carol))
    assert comment.body == (
        f"@[Bob](user:{bob.pk}), ask @[Alice](user:{alice.pk}) or @Charlie; "
        "write to me@bob or @Bobby. @nobody"
    )
    assert (told(bob), told(alice), told(charlie)) == (["mention"], ["mention"], [])
    edit_comment(comment, body=comment.body + " @Bob", by=acting(carol))
    assert told(bob) == ["mention"]


def test_a_typed_name_that_two_readers_have_means_neither_nor_a_shorter_one(
    journey, stage, alice, bob, carol, acting
):
    for person, name in ((alice, "Bob Berg"), (carol, "Bob Berg")):
        person.name = name
        person.save()
    comment = create_comment(journey, target=stage, body="@Bob Berg, @Bob?", by=acting(bob))
    assert comment.body == f"@Bob Berg, @[Bob](user:{bob.pk})?"

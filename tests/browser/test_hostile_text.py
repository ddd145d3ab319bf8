"""Cases 79, 80 and 94: whatever somebody writes is shown as they wrote it, and does nothing."""

from collections.abc import Callable, Iterator
from itertools import count, cycle
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import models
from playwright.sync_api import expect

from collaboration.models import Board, Recorded
from collaboration.pictures import StoredPictureField
from insights.models import Insight
from teams.access import Actor
from teams.models import Role, User
from tests.browser.walk import NARROW, TOO_WIDE, Watch, built_demo, pages_for

pytestmark = pytest.mark.django_db(transaction=True)

OURS = ("teams", "collaboration", "journeys", "touchpoints", "insights", "workshops")
MACHINE_WRITTEN = {
    "password", "email", "slug", "timezone", "key", "asked", "kind", "target_type", "item_type",
    "secret_hash", "status", "color", "last_four",
}  # fmt: skip
SHORTEST = 60
HOSTILE = (
    "<script>hacked=1</script>",
    "<img class=evil src=/evil onerror=hacked=1>",
    '" onmouseover=hacked=1 class="evil',
    "<b class=evil hx-get=/evil hx-trigger=load>x</b>",
    "<template class=evil hx type=partial>x</template>",
    "<hx-partial class=evil hx-target=body>x</hx-partial>",
    "</textarea></title><svg class=evil onload=hacked=1>",
    "{{7*7}}{% now 'Y' %}${7*7}<!--",
    "javascript:hacked=1//'\"`",
    "<form class=evil action=/evil><button>x</form>",
    "]]></script><script>hacked=1</script>",
    "<b hx-on:click=hacked=1 class=evil>x",
)
DAMAGE = """() => [
  window.hacked === undefined ? "" : "a script ran",
  document.querySelector(".evil") ? "became an element" : "",
  /&(lt|gt|quot|amp|#)/.test(document.body.innerText) ? "escaped twice" : "",
].filter(Boolean)"""
FLAT_TEXT = "() => document.body.textContent.replace(/\\s+/g, ' ')"


class Writer:
    """Fills every text that people write, of every model, with its words in turn."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words, self.numbers = cycle(words), count(1)

    def text(self, length: int | None) -> str:
        """No two are the same: names of sources and channels may not be."""
        mark = f"#{next(self.numbers)}"
        return next(self.words)[: length and length - len(mark)] + mark

    def fill(self, row: models.Model) -> dict[str, Any]:
        texts = {
            name: self.text(length) for name, length in text_fields(type(row)) if getattr(row, name)
        }
        for name, text in texts.items():
            setattr(row, name, text)
        return texts

    def fill_board(self, board: Board) -> None:
        with board.editing(by=Actor(user=None, role=Role.OWNER, name=self.text(80))):
            for row in (board, *items_of(board)):
                if self.fill(row):
                    row.save()

    def fill_library(self) -> None:
        """What lies beside the boards."""
        for model in apps.get_models():
            if model._meta.app_label in OURS and not issubclass(model, Recorded):
                for row in model._base_manager.all():
                    if texts := self.fill(row):
                        model._base_manager.filter(pk=row.pk).update(**texts)


def text_fields(model: type[models.Model]) -> list[tuple[str, int | None]]:
    return [
        (field.name, field.max_length)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, StoredPictureField | models.URLField)
        and not field.choices
        and field.name not in MACHINE_WRITTEN
        and (field.max_length is None or field.max_length >= SHORTEST)
    ]


def items_of(board: Board) -> Iterator[Recorded]:
    for model in apps.get_models():
        if issubclass(model, Recorded) and not issubclass(model, Board):
            yield from model._base_manager.filter(board=board.pk)


def demo_boards() -> list[Board]:
    return [board.specific for board in Board.objects.filter(workspace__slug="demo")]


@pytest.fixture
def demo(live_site, transactional_db) -> list[dict[str, Any]]:
    return built_demo()


@pytest.fixture
def open_watch(page_of, live_site) -> Callable[[str], Watch]:
    def go(role: str, **options: Any) -> Watch:
        page = page_of(User.objects.get(email=f"{role}@demo.example"), **options)
        watch = Watch(page, urlsplit(live_site.url).netloc)
        page.on("dialog", lambda dialog: watch.complain(dialog.message) or dialog.dismiss())
        page.on("request", lambda request: "/evil" in request.url and watch.complain(request.url))
        return watch

    return go


def follow(watch: Watch, board: Board) -> None:
    watch.here = board.get_absolute_url()
    with watch.page.expect_request(lambda request: "/live/" in request.url):
        watch.page.goto(watch.here)
    expect(watch.page.locator("#presence .avatar")).not_to_have_count(0)


def look_for_damage(watch: Watch) -> None:
    for damage in watch.page.evaluate(DAMAGE):
        watch.complain(damage)


def test_cases_79_and_80_in_a_browser_that_is_open_on_every_page_and_in_fields(demo, open_watch):
    boards, writer = demo_boards(), Writer(HOSTILE)
    journey, workshop = (
        next(each for each in boards if each.kind == kind) for kind in ("journey", "workshop")
    )
    readers = {journey: open_watch("viewer"), workshop: open_watch("commenter")}
    for board, reader in readers.items():
        follow(reader, board)
    for board in boards:
        writer.fill_board(board)
    for board, reader in readers.items():
        shows_all(reader, board)
        assert reader.found == []

    writer.fill_library()
    Insight.objects.update(tags=[text[:40] for text in HOSTILE])
    owner = open_watch("owner")
    for address in pages_for(owner.page, demo):
        owner.here = address
        owner.page.goto(address)
        look_for_damage(owner)
    owner.page.goto(f"/journeys/{journey.pk}/history/")
    expect(owner.page.locator("main")).to_contain_text(HOSTILE[0])
    holds_in_a_field(owner, journey)
    assert owner.found == [], "\n".join(owner.found)


def shows_all(reader: Watch, board: Board) -> None:
    """What came over the stream stands there word for word."""
    page = reader.page
    expect(page.locator("#board")).to_have_attribute("data-version", str(board.version))
    look_for_damage(reader)
    shown = page.evaluate(FLAT_TEXT)
    models_shown = {"stage", "note", "lane", "proposal", "contribution"}
    for item in items_of(board):
        if item.type_name() in models_shown:
            for name in {"title", "text"} & {name for name, _ in text_fields(type(item))}:
                if getattr(item, name) not in shown:
                    reader.complain(f"does not show {item.type_name()}: {getattr(item, name)}")


def holds_in_a_field(owner: Watch, journey: Board) -> None:
    owner.page.goto(journey.get_absolute_url())
    note = owner.page.locator(".lane[data-kind=does] .note-text", has_text="evil").first
    text = note.text_content()
    note.click()
    expect(owner.page.locator("[data-editing] textarea")).to_have_value(text)
    look_for_damage(owner)


def test_case_94_words_without_a_gap_do_not_widen_a_narrow_page(demo, open_watch):
    writer = Writer(("W" * 200,))
    for board in demo_boards():
        writer.fill_board(board)
    writer.fill_library()
    watch = open_watch("owner", viewport=NARROW)
    for address in pages_for(watch.page, demo):
        watch.here = address
        watch.page.goto(address)
        for element in watch.page.evaluate(TOO_WIDE):
            watch.complain(f"sideways scroll: {element}")
    assert watch.found == [], "\n".join(watch.found)

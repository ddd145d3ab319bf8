"""Every page of the demo in a browser: how to find them, and what is wrong with them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page

from tests.guards.routes import Route, every_route, values_on
from workshops.demo.build import build_demo

AXE = Path("node_modules/axe-core/axe.min.js").read_text()
FULL = {"resultTypes": ["violations"], "preload": False}
CONTRAST = FULL | {"runOnly": ["color-contrast"]}
RUN_AXE = """options => axe.run(options).then(({ violations }) => violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(node => `${id}: ${node.html.slice(0, 160)} `
    + node.any.map(({ message }) => message).join("; "))))"""
TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= innerWidth) return [];
  const clips = each => each !== root && getComputedStyle(each).overflowX !== "visible";
  const clipped = each => each && (clips(each) || clipped(each.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter(each => each.checkVisibility()
    && each.getBoundingClientRect().right > innerWidth + 1 && !clipped(each.parentElement));
  return ["", ...wide.filter(each => !each.querySelector("*")).concat(wide).slice(0, 4)]
    .map(each => each ? each.outerHTML.slice(0, 120) : `${root.scrollWidth} px`);
}"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
ABOUT_BOARDS = {"journeys", "workshops"}
LOOKS = [
    ("light, wide", "light", WIDE, FULL),
    ("dark, wide", "dark", WIDE, CONTRAST),
    ("dark, narrow", "dark", NARROW, CONTRAST),
    ("light, narrow", "light", NARROW, FULL),
]


@dataclass
class Watch:
    """What the browser had to complain of while it showed pages."""

    page: Page
    host: str
    found: list[str] = field(default_factory=list)
    here: str = ""

    def __post_init__(self) -> None:
        self.page.on("console", self.said)
        self.page.on("pageerror", lambda error: self.complain(f"error: {error}"))
        self.page.on("request", lambda request: self.asked(request.url))

    def complain(self, words: str) -> None:
        self.found.append(f"{self.here} {words}")

    def said(self, message: ConsoleMessage) -> None:
        if message.type in ("warning", "error"):
            self.complain(f"console: {message.text}")

    def asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.complain(f"foreign host: {url}")

    def look_at(self, address: str) -> None:
        self.here = address
        self.page.set_viewport_size(WIDE)
        self.page.goto(address)
        # A page that fetches its content by itself is looked at when the content is there.
        self.page.wait_for_function("() => !document.querySelector('.htmx-request')")
        for name, scheme, size, rules in LOOKS:
            self.here = f"{address} ({name})"
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for violation in self.page.evaluate(RUN_AXE, rules):
                self.complain(violation)
            for element in self.page.evaluate(TOO_WIDE):
                self.complain(f"sideways scroll: {element}")


def addresses(route: Route, boards: list[dict[str, Any]]) -> set[str]:
    """Where it may be, for every board of the demo that it can be about."""
    start = route.path.partition("/")[0]
    return {
        route.address(values)
        for values in boards
        if start not in ABOUT_BOARDS or start == f"{values['kind']}s"
    }


def is_page(page: Page, address: str) -> bool:
    answer = page.request.get(address, max_redirects=0)
    return answer.status == 200 and b"<html" in answer.body()


def pages_for(page: Page, boards: list[dict[str, Any]]) -> list[str]:
    """Found by asking, so that a new page cannot be forgotten."""
    found = {address for route in every_route() for address in addresses(route, boards)}
    return [address for address in sorted(found) if is_page(page, address)]


def built_demo() -> list[dict[str, Any]]:
    """The ids that routes need, for a journey and for the workshops."""
    from journeys.models import Journey
    from teams.models import Workspace
    from workshops.models import Workshop

    build_demo()
    demo = Workspace.objects.get(slug="demo")
    shown = [
        Journey.objects.filter(workspace=demo).earliest("pk"),
        *Workshop.objects.filter(workspace=demo),
    ]
    return [{"kind": board.kind} | values_on(board) for board in shown]

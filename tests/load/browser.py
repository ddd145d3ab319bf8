"""A large map in a browser: how soon it is there, how soon a cell opens, how it scrolls.

    python -m tests.load.browser --stages 30 --lanes 15 --notes 1500

Starts its own PostgreSQL, Redis, site and Chromium. Prints one JSON object a line; it tells
times and fails none.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers import DATA_DIR, SERVERS  # starts the servers and sets Django up first

# isort: split
from config.embedded.account import ourselves, socket_folder
from config.embedded.redis import free_port
from config.processes import Site
from config.supervisor import Supervisor
from tests.load.report import report
from tests.load.site import scene
from tests.processes import CHROMIUM_FLAGS, LiveSite, wait_until

ROUNDS = 10
TURNS_OF_THE_WHEEL = 60
READY = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
SINCE_INPUT = """() => new Promise(done => {
  const began = performance.now();
  const look = () => document.querySelector("[data-editing] textarea") === document.activeElement
    ? requestAnimationFrame(() => done(performance.now() - began)) : setTimeout(look, 1);
  look();
})"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stages", type=int, default=30)
    parser.add_argument("--lanes", type=int, default=15)
    parser.add_argument("--notes", type=int, default=1500)
    options = parser.parse_args()
    try:
        run(options)
    finally:
        SERVERS.stop()
    return 0


def run(options: argparse.Namespace) -> None:
    journey, sessions = scene(1, options.stages, options.lanes, options.notes)
    port = free_port()
    sockets = socket_folder(ourselves(), DATA_DIR / "site")
    address = f"http://localhost:{port}"
    children = Site(sockets, "localhost", port).children
    supervisor = Supervisor(children, {**os.environ, "SITE_URL": address}, DATA_DIR / "logs")
    supervisor.start()
    try:
        wait_until(LiveSite(address, supervisor).answers, supervisor)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
            )
            context = chromium.new_context(viewport={"width": 1366, "height": 850})
            context.add_cookies([{"name": "sessionid", "value": sessions[0], "url": address}])
            measure(chromium, context.new_page(), f"{address}/journeys/{journey.pk}/")
            chromium.close()
    finally:
        supervisor.stop()


def measure(chromium: Browser, page: Page, address: str) -> None:
    ready, painted = [], []
    for _ in range(ROUNDS):
        page.goto(address, wait_until="load")
        ready.append(page.evaluate(READY))
        painted.append(page.evaluate(PAINTED))
    report("first words of the map, median", statistics.median(painted), "ms")
    report("map ready, median", statistics.median(ready), "ms", 1500)
    notes = page.locator(".note")
    report("notes on it", notes.count())
    report("a cell opened, median", median_of(page, open_a_note), "ms", 100)
    report("an edit confirmed, median", median_of(page, save_a_note), "ms", 150)
    scroll(chromium, page)


def median_of(page: Page, act: Callable[[Page, int], float]) -> float:
    return statistics.median([act(page, number) for number in range(ROUNDS + 1)][1:])


def open_a_note(page: Page, number: int) -> float:
    note = page.locator("button.note-text").nth(number)
    note.scroll_into_view_if_needed()
    note.evaluate("each => setTimeout(() => each.click(), 0)")
    taken: float = page.evaluate(SINCE_INPUT)
    page.keyboard.press("Escape")
    page.locator("[data-editing]").wait_for(state="detached")
    return taken


def save_a_note(page: Page, number: int) -> float:
    page.locator("button.note-text").nth(number).click()
    page.locator("[data-editing] textarea").fill(f"Said otherwise {number}")
    with page.expect_response("**/edit/") as answered:
        page.keyboard.press("Control+Enter")
    page.locator("[data-editing]").wait_for(state="detached")
    return float(answered.value.request.timing["responseEnd"])


def scroll(chromium: Browser, page: Page) -> None:
    """Turn the wheel across the map, frame by frame as the browser's own trace counts them."""
    trace = DATA_DIR / "trace.json"
    page.mouse.move(700, 500)
    categories = ["devtools.timeline.frame", "disabled-by-default-devtools.timeline.frame"]
    chromium.start_tracing(page=page, path=trace, categories=categories)
    for number in range(TURNS_OF_THE_WHEEL):
        across = number % 2
        page.mouse.wheel(120 * across, 120 * (1 - across))
        page.evaluate("() => new Promise(requestAnimationFrame)")
    chromium.stop_tracing()
    frames = frames_of(trace)
    report("frames drawn while scrolling", frames["DrawFrame"])
    report("frames dropped while scrolling", frames["DroppedFrame"])


def frames_of(trace: Path) -> Counter[str]:
    events: list[dict[str, Any]] = json.loads(trace.read_text())["traceEvents"]
    return Counter(event["name"] for event in events)


if __name__ == "__main__":
    sys.exit(main())

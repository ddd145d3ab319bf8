"""`make bench`: one JSON object a line: name, value, unit, target, ok.

Ours and the floor are measured in alternation, several rounds; medians are printed. Values are
ratios to the floor unless the unit says otherwise: the machines differ, the ratio should not.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from tests.servers import DATA_DIR, SERVERS  # starts the servers and sets Django up first

# isort: split
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from config.embedded.redis import free_port
from config.supervisor import Supervisor
from insights.forgetting import forget_participant
from insights.models import Interview
from journeys.models import Journey, Note, Stage
from teams.access import actor_in
from teams.models import Role, User, Workspace
from tests.bench import floors, imports, large, summary
from tests.streams import Audience, live_child, wait_until_open
from touchpoints.gaps import gaps_of
from touchpoints.models import Channel
from workshops.demo.build import build_demo
from workshops.models import Workshop

ROUNDS = 25
VIEWERS = 50


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    build_demo(large_journeys=1)
    floors.create_log()
    journey = Journey.objects.get(title="Large journey 1")
    editor = User.objects.get(email="editor@demo.example")
    client = Client(SERVER_NAME="localhost")
    client.force_login(editor)
    open_the_map(client, journey)
    edit_a_note(client, journey)
    see_an_edit(client, journey)
    hold_both_sides_together(journey)
    import_a_table(journey.workspace, editor)
    search_the_library(client, journey.workspace)
    read_the_evidence(client, editor, journey)
    render_the_summary()
    render_a_large_summary(journey, editor)


def say(name: str, value: float, unit: str, target: float | None = None) -> None:
    """A value without a target is there to be read beside the ratio that has one."""
    line = {"name": name, "value": round(value, 2), "unit": unit, "target": target}
    print(json.dumps({**line, "ok": target is None or value <= target}), flush=True)


def compare(
    name: str, ours: Callable[[], object], floor: Callable[[], object], target: float
) -> None:
    """Ours and the floor in alternation, after one round of each that does not count."""
    pairs = [(seconds(ours), seconds(floor)) for _ in range(ROUNDS + 1)][1:]
    our_time = statistics.median(pair[0] for pair in pairs)
    floor_time = statistics.median(pair[1] for pair in pairs)
    say(f"{name}, ours", our_time * 1000, "ms")
    say(f"{name}, floor", floor_time * 1000, "ms")
    say(name, our_time / floor_time, "times the floor", target)


def seconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def open_the_map(client: Client, journey: Journey) -> None:
    """12 stages, 10 lanes, 300 notes; ours with session, permission and the whole page."""
    address = reverse("journeys:map", args=[journey.pk])

    def ours() -> None:
        assert client.get(address).status_code == 200

    def cold() -> None:
        caches["fragments"].clear()
        ours()

    compare("map warm", ours, lambda: floors.map_from_cache(journey.pk), 1.5)
    compare("map cold", cold, lambda: floors.map_by_template(journey.pk), 1.3)


def edit_a_note(client: Client, journey: Journey) -> None:
    note = Note.objects.filter(board=journey.pk).first()
    assert note is not None
    address = reverse("journeys:note_edit", args=[journey.pk, note.pk])
    numbers = iter(range(10_000))

    def ours() -> None:
        answer = client.post(address, {"text": f"Words {next(numbers)}"})
        assert answer.status_code == 200

    compare("edit", ours, lambda: floors.edit_of(note, f"Words {next(numbers)}"), 2)


def see_an_edit(client: Client, journey: Journey) -> None:
    """From the edit to the last viewer, with our HTML, beside the bare edit and a bare hub."""
    port = free_port()
    supervisor = Supervisor([live_child(port)], dict(os.environ), DATA_DIR / "logs")
    supervisor.start()
    wait_until_open(port, supervisor)
    audience = Audience(f"http://127.0.0.1:{port}")
    note = Note.objects.filter(board=journey.pk).first()
    assert note is not None
    address = reverse("journeys:note_edit", args=[journey.pk, note.pk])
    board = Board.objects.get(pk=journey.pk)
    cookie = client.cookies["sessionid"].value
    audience.open_many(VIEWERS, journey.pk, board.version, cookie=cookie)
    hub = floors.BareHub(os.environ["REDIS_URL"])

    def ours(number: int) -> float:
        begin = time.monotonic()
        client.post(address, {"text": f"Seen {number}"})
        version = Board.objects.get(pk=journey.pk).version
        return audience.wait_for_version(version)[-1] - begin

    def floor() -> float:
        fresh = Board.objects.get(pk=journey.pk)
        pieces = render_changes(fresh, fresh.version - 1, Viewer(Role.EDITOR, "en")).html.encode()
        bare_edit = seconds(lambda: floors.edit_of(note, "Seen"))
        return bare_edit + floors.time_to_last(hub, VIEWERS, pieces, time.monotonic)

    pairs = [(ours(number), floor()) for number in range(ROUNDS)]
    our_time = statistics.median(pair[0] for pair in pairs)
    floor_time = statistics.median(pair[1] for pair in pairs)
    audience.close()
    supervisor.stop()
    say("50 viewers see an edit, ours", our_time * 1000, "ms")
    say("50 viewers see an edit, floor", floor_time * 1000, "ms")
    say("50 viewers see an edit", our_time / floor_time, "times the floor", 2)


def hold_both_sides_together(journey: Journey) -> None:
    """The gap analysis of 5,000 touchpoints and 500 activities."""
    stages = list(Stage.objects.filter(board=journey.pk))
    channels = list(Channel.objects.filter(workspace=journey.workspace))
    large.fill_both_sides(journey, stages, channels, 5_000)
    compare_to_limit("gap analysis of 5,000 touchpoints", lambda: gaps_of(journey), 300)


def import_a_table(workspace: Workspace, editor: User) -> None:
    """10,000 insights out of a CSV file: read in its child, checked, written as one."""
    for name, seconds_taken in imports.bring_insights(workspace, editor, 10_000):
        say(f"import of 10,000 rows, {name}", seconds_taken, "s", 60)
    say("import of 10,000 rows, memory", imports.megabytes_more(), "MB more", 300)


def search_the_library(client: Client, workspace: Workspace) -> None:
    """A page of the library of 20,000 insights, found by words that half of them have."""
    large.fill_library(workspace, 20_000)
    address = reverse("insights:library")
    for words in ("delivery manual", "bogføringen", ""):
        name = f"library of 20,000 insights, {words or 'unfiltered'}"
        compare_to_limit(name, partial(client.get, address, {"q": words}), 200)


def read_the_evidence(client: Client, editor: User, journey: Journey) -> None:
    """500 interviews with 5,000 ladders and 2,500 insights of them, besides the 20,000."""
    workspace = journey.workspace
    large.fill_interviews(workspace, journey, 500)
    large.fill_calls(workspace, editor, 5_000)
    interview = Interview.objects.filter(workspace=workspace).latest("pk")
    client.post(reverse("insights:interview_read", args=[interview.pk]))
    pages = {
        "list of 500 interviews": reverse("insights:interviews"),
        "list of 500 interviews, searched": reverse("insights:interviews") + "?q=kunde+4",
        "root motives of 2,500 ladders": reverse("insights:motives"),
        "listening in after 5,000 calls": reverse("insights:listening"),
        "inbox of the library": reverse("insights:library") + "?unplaced=1",
        "sources": reverse("insights:sources"),
        "where we are guessing": reverse("insights:coverage", args=[journey.pk]),
    }
    for name, address in pages.items():
        assert client.get(address).status_code == 200, address
        compare_to_limit(name, partial(client.get, address), 200)
    names = reverse("insights:interview_forget", args=[interview.pk])
    compare_to_limit("where a participant is named", partial(client.get, names), 2_000)
    by = actor_in(editor, workspace)
    assert by is not None
    say(
        "a participant is forgotten", seconds(partial(forget_participant, interview, by=by)), "s", 3
    )


def compare_to_limit(name: str, act: Callable[[], object], limit_ms: float) -> None:
    times = [seconds(act) for _ in range(ROUNDS + 1)][1:]
    say(name, statistics.median(times) * 1000, "ms", limit_ms)


def render_the_summary() -> None:
    from weasyprint import HTML

    from collaboration.pdf import STATIC, OwnFiles, render_pdf
    from workshops.summary.render import summary_html

    workshop = Workshop.objects.filter(phase="close").first()
    assert workshop is not None
    html = summary_html(workshop)
    pairs = [
        (
            seconds(lambda: render_pdf(html)),
            seconds(lambda: HTML(string=html, base_url=STATIC, url_fetcher=OwnFiles()).write_pdf()),
        )
        for _ in range(4)
    ][1:]
    our_time = statistics.median(pair[0] for pair in pairs)
    floor_time = statistics.median(pair[1] for pair in pairs)
    say("summary of the demo workshop", our_time, "s", 3)
    say("summary of the demo workshop, floor", floor_time, "s")
    say("summary of the demo workshop", our_time / floor_time, "times plain WeasyPrint", 2)


def render_a_large_summary(journey: Journey, editor: User) -> None:
    by = actor_in(editor, journey.workspace)
    assert by is not None
    taken, megabytes = summary.measured(summary.large_workshop(journey, by=by))
    say("summary of 100 people, 600 contributions, 60 proposals", taken, "s", 20)
    say("summary of 100 people, memory of the worker", megabytes, "MB", 400)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        try:
            main()
        finally:
            SERVERS.stop()

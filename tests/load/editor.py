"""One simulated editor: opens the map and edits it, as a browser's requests would."""

import http.client
import random
import re
import secrets
import threading
import time
from collections import Counter
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from tests.pages import text_of, tree_of

VERSION = re.compile(r'data-version="(\d+)"')


def grid_text(page: str | Element) -> str:
    """The map's grid as one line of text, from HTML or its tree."""
    tree = tree_of(page) if isinstance(page, str) else page
    grid = next(element for element in tree.iter() if element.get("id") == "map-grid")
    return text_of(grid)


class Editor:
    """Edits notes of its own, so that what must be there at the end is known to it alone."""

    def __init__(
        self,
        number: int,
        port: int,
        session: str,
        journey_id: int,
        pause: float,
        chance: random.Random,
    ) -> None:
        self.number, self.session, self.journey_id = number, session, journey_id
        self.times_ms: list[float] = []
        self.answers: Counter[int] = Counter()
        self.notes: dict[int, str] = {}
        self.deleted: set[int] = set()
        self._pause, self._chance, self._port = pause, chance, port
        self._token = secrets.token_hex(16)
        self._count = 0

    # --- Requests --------------------------------------------------------------------------
    def open_the_map(self) -> tuple[int, str]:
        """(the version that the page shows, its HTML)."""
        status, body = self._send("GET", f"/journeys/{self.journey_id}/")
        found = VERSION.search(body)
        assert status == 200, status
        assert found is not None
        return int(found[1]), body

    def _post(self, path: str, **fields: object) -> int:
        begin = time.monotonic()
        status, _body = self._send("POST", f"/journeys/{self.journey_id}/{path}", urlencode(fields))
        self.times_ms.append((time.monotonic() - begin) * 1000)
        self.answers[status] += 1
        return status

    def _send(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("localhost", self._port, timeout=60)
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={self._token}",
            "X-CSRFToken": self._token,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true" if method == "POST" else "",
            "Idempotency-Key": secrets.token_hex(8),
        }
        try:
            connection.request(method, path, body or None, {k: v for k, v in headers.items() if v})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    # --- Work ------------------------------------------------------------------------------
    def work(self, over: threading.Event) -> None:
        from django.db import connections

        acts = [self.write, self.write, self.write, self.add, self.move, self.delete, self.feel]
        while not over.wait(self._chance.expovariate(1 / self._pause)):
            (self._chance.choice(acts) if self.notes else self.add)()
            connections.close_all()  # back to the pool, which has fewer than there are editors

    def add(self) -> None:
        from journeys.models import Lane, Note, Stage

        stage = self._chance.choice(list(Stage.objects.filter(board=self.journey_id)))
        lanes = Lane.objects.filter(board=self.journey_id).exclude(kind="emotion")
        text = self._words()
        path = f"stages/{stage.pk}/lanes/{self._chance.choice(list(lanes)).pk}/notes/"
        if self._post(path, text=text) == 200:
            self.notes[Note.objects.get(board=self.journey_id, text=text).pk] = text

    def write(self) -> None:
        note = self._chance.choice(list(self.notes))
        text = self._words()
        if self._post(f"notes/{note}/edit/", text=text) == 200:
            self.notes[note] = text

    def move(self) -> None:
        direction = self._chance.choice(["up", "down", "left", "right"])
        self._post(f"notes/{self._chance.choice(list(self.notes))}/move/", direction=direction)

    def delete(self) -> None:
        note = self._chance.choice(list(self.notes))
        if self._post(f"notes/{note}/delete/") == 200:
            del self.notes[note]
            self.deleted.add(note)

    def feel(self) -> None:
        from journeys.models import Stage

        stage = self._chance.choice(list(Stage.objects.filter(board=self.journey_id)))
        self._post(f"stages/{stage.pk}/emotion/", score=self._chance.randint(-2, 2), persona="")

    def _words(self) -> str:
        self._count += 1
        return f"Editor {self.number} writes, {self._count}"

    # --- At the end ------------------------------------------------------------------------
    def lost(self) -> int:
        """How many of the notes are not as they were confirmed to be."""
        from journeys.models import Note

        there = dict(
            Note.objects.filter(pk__in={*self.notes, *self.deleted}).values_list("pk", "text")
        )
        return len({*there.items()} ^ {*self.notes.items()})

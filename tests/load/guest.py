"""One simulated guest of a workshop, who writes notes as a phone's requests would."""

import http.client
import secrets
import threading
import time
from urllib.parse import urlencode

SENT_TWICE = 5
"""Each so-manieth note is sent again, as a phone does that has missed the answer."""


class Guest:
    def __init__(
        self, number: int, port: int, session: str, board_id: int, stages: list[int], every: float
    ) -> None:
        self.number, self.session, self.board_id, self.stages = number, session, board_id, stages
        self.confirmed: dict[str, float] = {}
        """When each note was sent that the server has said yes to."""
        self.times_ms: list[float] = []
        self.failed = 0
        self._port, self._every = port, every
        self._token = secrets.token_hex(16)

    def work(self, over: threading.Event, late: float) -> None:
        """Write until it is over; `late` is when in the first round, so that not all begin at once."""
        count, wait = 0, self._every * late
        while not over.wait(wait):
            begin = time.monotonic()
            self.write(count)
            count += 1
            wait = max(self._every - (time.monotonic() - begin), 0)

    def write(self, count: int) -> None:
        text = f"Guest {self.number} says {count}."
        key = secrets.token_hex(8)
        sent = time.monotonic()
        answers = {self._post(text, count, key)}
        self.times_ms.append((time.monotonic() - sent) * 1000)
        if count % SENT_TWICE == 0:
            answers.add(self._post(text, count, key))
        if answers == {200}:
            self.confirmed[text] = sent
        else:
            self.failed += 1

    def _post(self, text: str, count: int, key: str) -> int:
        stage = self.stages[(self.number + count) % len(self.stages)]
        connection = http.client.HTTPConnection("localhost", self._port, timeout=60)
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={self._token}",
            "X-CSRFToken": self._token,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "Idempotency-Key": key,
        }
        try:
            path = f"/workshops/{self.board_id}/columns/{stage}/add/"
            connection.request("POST", path, urlencode({"kind": "problem", "text": text}), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except OSError:
            return 0
        finally:
            connection.close()

"""`make faults`: the fault suite, one JSON object a line: name, ok, seconds and, if not, why.

What pytest itself says goes to standard error.
"""

import json
import os
import sys
from pathlib import Path
from typing import TextIO

import pytest


class JsonLines:
    """Reports each test once, whether it failed in its set-up, its call or afterwards."""

    def __init__(self, lines: TextIO) -> None:
        self.lines = lines
        self.seconds = 0.0
        self.fault = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds += report.duration
        if report.failed:
            self.fault = f"{report.when}: {report.longreprtext.splitlines()[-1]}"
        if report.when == "teardown":
            self.say(report.nodeid.rpartition("::")[2])

    def say(self, name: str) -> None:
        line = {"name": name, "ok": not self.fault, "seconds": round(self.seconds, 2)}
        print(
            json.dumps(line | ({"fault": self.fault} if self.fault else {})),
            file=self.lines,
            flush=True,
        )
        self.seconds, self.fault = 0.0, ""


if __name__ == "__main__":
    suite = str(Path(__file__).parent)
    with os.fdopen(os.dup(1), "w") as lines:
        os.dup2(2, 1)
        sys.exit(pytest.main([suite, "-q"], plugins=[JsonLines(lines)]))

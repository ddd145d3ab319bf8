"""One JSON object a line."""

import json
import sys


def report(name: str, value: float, unit: str = "", target: float | None = None) -> bool:
    """Print a figure; returns whether it meets its target."""
    line = {"name": name, "value": round(value, 1), "unit": unit, "target": target}
    line["ok"] = target is None or value <= target
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    return bool(line["ok"])

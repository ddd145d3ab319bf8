"""Whether `config.prepare` has anything to do, told without the seconds that Django takes to load."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SOURCES = (
    "*/migrations/*.py",
    "locale/**/*",
    "static/**/*",
    ".vendor/*",
    "config/settings.py",
    "config/storage.py",
    "uv.lock",
)


def fingerprint(environment: Mapping[str, str]) -> str:
    """Of every file that a preparation reads, and of the database that it was for."""
    state = hashlib.sha256(environment["DATABASE_URL"].encode())
    collected = Path(environment["STATIC_ROOT"]) / ".stamp"
    paths = [path for pattern in SOURCES for path in sorted(BASE_DIR.glob(pattern))]
    for path in [*paths, *([collected] if collected.exists() else [])]:
        found = path.stat()
        state.update(f"{path} {found.st_mtime_ns} {found.st_size}\n".encode())
    return state.hexdigest()

"""Brings database, browser files and catalogues up to date: `python -m config.prepare`.

`python -m config.prepare catalogues` compiles the catalogues alone, without any server.
"""

import hashlib
import os
import sys
import time
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection

LONGEST_WAIT_SECONDS = 60
BASE_DIR = Path(__file__).resolve().parent.parent


def prepare() -> None:
    compile_catalogues()
    wait_for_database()
    say("Bringing the database up to date …")
    call_command("migrate", interactive=False, verbosity=0)
    collect_static_files()
    make_demo_once()


def wait_for_database() -> None:
    """Somebody else's server may be starting just as we are."""
    for _ in range(LONGEST_WAIT_SECONDS):
        try:
            connection.ensure_connection()
        except OperationalError as fault:
            say(f"Waiting for the database: {str(fault).splitlines()[0]}")
            time.sleep(1)
        else:
            return
    sys.exit("The database does not answer. Look at DATABASE_URL and start PostgreSQL.")


def compile_catalogues() -> None:
    """Without GNU gettext, and only where the text is newer."""
    for text in BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = text.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime:
            compile_catalogue(text, compiled)


def compile_catalogue(text: Path, compiled: Path) -> None:
    with text.open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    unfinished = compiled.with_suffix(".new")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(compiled)


def collect_static_files() -> None:
    """Compressing takes longer than a start should: only when a file has changed."""
    stamp = settings.STATIC_ROOT / ".stamp"
    state = state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    say("Compressing the browser's files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def state_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    state = hashlib.sha256(django.get_version().encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            found = Path(storage.path(name)).stat()
            state.update(f"{name} {found.st_mtime_ns} {found.st_size}\n".encode())
    return state.hexdigest()


def make_demo_once() -> None:
    from teams.models import Workspace

    if not settings.DEMO or "demo" not in get_commands():
        return
    if not Workspace.objects.filter(slug="demo").exists():
        say("Writing the demo workspace …")
        call_command("demo", verbosity=0)


def say(step: str) -> None:
    print(step, flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["catalogues"]:
        compile_catalogues()
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        prepare()

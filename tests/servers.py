"""A private PostgreSQL and Redis for the run, where DATABASE_URL and REDIS_URL are not set.

They are started when this module is imported, by tests/conftest.py: the conftests of the
folders below import models, and by then Django must know its settings.
"""

import os
import secrets
import shutil
import signal
import tempfile
from pathlib import Path

import django
import pytest

from config import embedded
from config.prepare import compile_catalogues

DATA_DIR = Path(tempfile.mkdtemp(prefix="waymark-"))


def begin() -> embedded.Servers:
    """Start what is missing and set Django up to use it."""
    # The servers' account must pass through to its own, private folder.
    DATA_DIR.chmod(0o711)
    (DATA_DIR / "static").mkdir()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "0",
        "EMAIL_URL": f"filemail:///{DATA_DIR}/mail",
        "DATA_DIR": str(DATA_DIR),
        "STATIC_ROOT": str(DATA_DIR / "static"),
        "MEDIA_ROOT": str(DATA_DIR / "media"),
        "LOG_LEVEL": "WARNING",
    }
    servers = embedded.start(DATA_DIR, durable=False)
    os.environ |= servers.environment
    compile_catalogues()
    django.setup()
    return servers


SERVERS = begin()
# `timeout` and a stopped build end as Ctrl-C does: with everything put away.
signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Also after Ctrl-C."""
    SERVERS.stop()
    shutil.rmtree(DATA_DIR, ignore_errors=True)

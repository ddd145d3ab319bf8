"""A private PostgreSQL and Redis for the run, where DATABASE_URL and REDIS_URL are not set."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

import django
import pytest

from config import embedded

DATA_DIR = pytest.StashKey[Path]()
SERVERS = pytest.StashKey[embedded.Servers]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before pytest-django reads the settings."""
    data_dir = Path(tempfile.mkdtemp(prefix="waymark-"))
    # The servers' account must pass through to its own, private folder.
    data_dir.chmod(0o711)
    (data_dir / "static").mkdir()
    config.stash[DATA_DIR] = data_dir
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "0",
        "EMAIL_URL": f"filemail:///{data_dir}/mail",
        "DATA_DIR": str(data_dir),
        "STATIC_ROOT": str(data_dir / "static"),
        "MEDIA_ROOT": str(data_dir / "media"),
        "LOG_LEVEL": "WARNING",
    }
    if not (config.option.collectonly or config.option.help):
        servers = embedded.start(data_dir, durable=False)
        config.stash[SERVERS] = servers
        os.environ |= servers.environment
    django.setup()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Also after Ctrl-C."""
    if servers := config.stash.get(SERVERS, None):
        servers.stop()
    if data_dir := config.stash.get(DATA_DIR, None):
        shutil.rmtree(data_dir, ignore_errors=True)

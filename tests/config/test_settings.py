"""Settings of a real installation."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "a-key-of-fifty-letters-for-this-one-check-alone-0123456789-abcdef",
    "DEBUG": "0",
    "DEMO": "0",
    "HTTPS": "1",
    "ALLOWED_HOSTS": "waymark.example.com",
    "SITE_URL": "https://waymark.example.com",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.com:587",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, **variables, "DJANGO_ALLOW_ASYNC_UNSAFE": ""},
        capture_output=True,
        text=True,
    )


def test_deploy_check_finds_nothing_in_production_settings():
    result = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (result.returncode, result.stderr) == (0, "")


def test_case_76_cookies_belong_to_this_host_alone():
    result = manage(
        "shell",
        "--no-imports",
        "--command",
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        " s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE)",
    )
    assert result.stdout.split() == [
        "__Host-sessionid", "True", "True", "Lax", "__Host-csrftoken", "True",
    ]  # fmt: skip


def test_installation_without_a_secret_key_fails_the_deploy_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="")
    assert result.returncode == 1
    assert "security.W009" in result.stderr


def test_browser_files_can_all_be_collected_under_hashed_names(tmp_path):
    """Also finds a file that a style sheet or a script names and that is not there."""
    result = manage(
        "collectstatic", "--noinput", "--verbosity", "0", STATIC_ROOT=str(tmp_path / "static")
    )
    assert (result.returncode, result.stderr) == (0, "")
    found = {path.relative_to(tmp_path / "static") for path in tmp_path.rglob("*.js")}
    assert {re.sub(r"\.[0-9a-f]{12}\.", ".", str(path)) for path in found} >= {
        "vendor/htmx.min.js",
        "vendor/hx-sse.min.js",
        "vendor/Sortable.min.js",
    }
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", str(path)) for path in found)


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True)


def test_every_variable_is_explained_in_the_operations_page():
    read = set()
    for source in (ROOT / "config").rglob("*.py"):
        read |= set(re.findall(r"""env\.\w+\(\s*"([A-Z_]+)\"""", source.read_text()))
        read |= set(re.findall(r"""environ\.get\("([A-Z_]+)\"""", source.read_text()))
    explained = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs/operations.md").read_text()))
    assert read - explained == set()

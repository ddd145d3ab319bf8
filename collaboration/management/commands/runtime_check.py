"""Checks an installation before people use it: each part, and what to do about it."""

import sys
from collections.abc import Callable
from typing import Any

from django.core import checks
from django.core.mail import get_connection
from django.core.management.base import BaseCommand
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaboration import readiness


class Command(BaseCommand):
    help = "Check settings, database, broker, mail and storage, and say what to do."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for name, (check, advice) in PARTS.items():
            try:
                check()
            except Exception as error:  # noqa: BLE001 - whatever it is, it has to be said
                failed = True
                self.stdout.write(f"FAIL {name}: {error}")
                self.stdout.write(f"     {advice}")
            else:
                self.stdout.write(f"ok   {name}")
        if failed:
            sys.exit(1)


def check_settings() -> None:
    """Django's own deploy checks, with nothing left over."""
    found = checks.run_checks(include_deployment_checks=True)
    serious = [message for message in found if message.is_serious(checks.WARNING)]
    if serious:
        raise readiness.NotReady("; ".join(f"{one.id} {one.msg}" for one in serious))


def check_database() -> None:
    readiness.check_database()
    readiness.check_migrations()


def check_mail() -> None:
    """Connects, and sends nothing."""
    mail = get_connection()
    mail.open()
    mail.close()


PARTS: dict[str, tuple[Callable[[], None], Promise]] = {
    "settings": (
        check_settings,
        _("Set SECRET_KEY, ALLOWED_HOSTS, SITE_URL and HTTPS=1, and DEBUG=0 (docs/operations.md)."),
    ),
    "database": (
        check_database,
        _("Look at DATABASE_URL, start PostgreSQL, then run: python manage.py migrate"),
    ),
    "broker": (readiness.check_broker, _("Look at REDIS_URL and start Redis.")),
    "mail": (
        check_mail,
        _("Look at EMAIL_URL: address, port, user and password of your mail server."),
    ),
    "storage": (
        readiness.check_storage,
        _("Let the application write to MEDIA_ROOT, and make room on that disk."),
    ),
}

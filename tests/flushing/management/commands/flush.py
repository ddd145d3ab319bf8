"""Empties the test database, also while a page that was just closed says its last word."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import OperationalError

TRIES = 5


class Command(flush.Command):
    """Django's own, tried again where a request of the site that is tested stood in its way."""

    def handle(self, **options: Any) -> None:
        for tries_left in reversed(range(TRIES)):
            try:
                return super().handle(**options)
            except CommandError as error:
                if not tries_left or not isinstance(error.__cause__, OperationalError):
                    raise
        return None

"""`manage.py demo`: make the demo workspaces, or bring them back to how they were."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workshops.demo.build import build_demo
from workshops.demo.people import MEMBERS, PASSWORD, STRANGER, NotTheDemos


class Command(BaseCommand):
    help = "Create or reset the demo workspaces; what was in them before is lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            default=0,
            metavar="N",
            help="add N large journeys of 12 stages, 10 lanes and 300 notes",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="also where neither DEBUG nor DEMO is set; the passwords are public",
        )

    def handle(self, *_args: Any, scale: int, force: bool, verbosity: int, **_options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO or force):
            raise CommandError("Demo accounts have a public password. Set DEMO=1, or use --force.")
        try:
            build_demo(large_journeys=scale)
        except NotTheDemos as reason:
            raise CommandError(
                f"The workspace “{reason}” is not the demo's. Rename its short name first."
            ) from reason
        if verbosity:
            addresses = ", ".join(account.email for account in [*MEMBERS.values(), STRANGER])
            self.stdout.write(f"Ready: {addresses}; password {PASSWORD}")

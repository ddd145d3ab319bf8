"""`manage.py create_token EMAIL`: a key to the API for somebody, printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from teams.models import Scope, User
from teams.services import create_token


class Command(BaseCommand):
    help = "Create an API token for a person and print it. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Command line", help="what the token is for")
        parser.add_argument("--read-only", action="store_true", help="it changes nothing")
        parser.add_argument("--days", type=int, help="works for so long; else until withdrawn")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody with an open account has the address {options['email']}.")
        scope = Scope.READ if options["read_only"] else Scope.WRITE
        _token, secret = create_token(
            name=options["name"], scope=scope, days=options["days"], by=user
        )
        self.stdout.write(secret)

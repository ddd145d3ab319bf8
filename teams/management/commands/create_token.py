"""`manage.py create_token EMAIL`: a key to the API for somebody, printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from teams.models import User
from teams.services import create_token


class Command(BaseCommand):
    help = "Create an API token for a person and print it. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Command line", help="what the token is for")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody with an open account has the address {options['email']}.")
        _token, secret = create_token(name=options["name"], by=user)
        self.stdout.write(secret)

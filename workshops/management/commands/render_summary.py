"""`render_summary WORKSHOP_ID -o FILE.pdf`: the summary of a workshop, without the queue."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from collaboration.exporting import ExportFailed
from workshops.models import Workshop
from workshops.summary.options import Variant
from workshops.summary.render import render_variant


class Command(BaseCommand):
    help = "Write the PDF summary of a workshop to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workshop_id", type=int)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default="en"
        )
        parser.add_argument("--variant", choices=Variant.values, default=Variant.FULL)

    def handle(
        self, *, workshop_id: int, output: Path, language: str, variant: str, **_options: Any
    ) -> None:
        workshop = Workshop.objects.alive().filter(pk=workshop_id).first()
        if workshop is None:
            raise CommandError(f"There is no workshop {workshop_id}.")
        try:
            with translation.override(language):
                content = render_variant(workshop, Variant(variant), lambda _: None)
            output.write_bytes(content)
        except ExportFailed as reason:
            raise CommandError(str(reason)) from reason
        except OSError as reason:
            raise CommandError(f"Cannot write {output}: {reason.strerror}") from reason
        self.stdout.write(f"{output}: {len(content)} bytes")

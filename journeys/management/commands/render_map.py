"""`render_map JOURNEY_ID -o FILE.pdf`: a map as a file, without the queue."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from collaboration.exporting import BadOptions, ExportFailed
from journeys.export.options import PAGE, PAPERS, TILES, map_options
from journeys.export.render import RENDERERS
from journeys.models import Journey
from teams.access import Actor


class Command(BaseCommand):
    help = "Write the map of a journey to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("journey_id", type=int)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
        parser.add_argument("--format", choices=list(RENDERERS), help="Usually the file's ending.")
        parser.add_argument("--layout", choices=[PAGE, TILES], default=PAGE)
        parser.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help="Of the tiles.")
        parser.add_argument("--width", type=int, help="Of a picture, in pixels.")
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default="en"
        )

    def handle(self, *, journey_id: int, output: Path, language: str, **given: Any) -> None:
        journey = Journey.objects.alive().filter(pk=journey_id).first()
        if journey is None:
            raise CommandError(f"There is no journey {journey_id}.")
        render = RENDERERS.get(given["format"] or output.suffix.removeprefix("."))
        if render is None:
            raise CommandError(f"There is no format {output.suffix}. Known: {', '.join(RENDERERS)}")
        wanted = {name: given[name] for name in ("layout", "paper", "width")}
        try:
            with translation.override(language):
                options = map_options(journey, wanted)
                by = Actor.system("render_map")
                content = render(journey, by, lambda _: None, options)
            output.write_bytes(content)
        except (BadOptions, ExportFailed) as reason:
            raise CommandError(str(reason)) from reason
        except OSError as reason:
            raise CommandError(f"Cannot write {output}: {reason.strerror}") from reason
        self.stdout.write(f"{output}: {len(content)} bytes")

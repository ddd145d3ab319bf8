"""A map with something of everything, and ways to open its files."""

import io
from typing import Any

from pypdf import PdfReader

from journeys import services
from journeys.export.options import map_options
from journeys.export.render import RENDERERS
from journeys.models import Journey, Lane, Stage
from journeys.paths import create_path
from teams.access import Actor
from touchpoints.models import Channel
from touchpoints.services import create_touchpoint


def fill(journey: Journey, *, by: Actor) -> Journey:
    """Notes with letters of the north, a persona's curve, a moment of truth, goals."""
    stages = list(Stage.objects.filter(board=journey.pk).order_by("position"))
    thinks = Lane.objects.get(board=journey.pk, kind="thinks")
    persona = services.create_persona(
        journey.workspace, name="Åsa Bjørk", segment="Small shops", by=by
    )
    services.attach_persona(journey, persona, by=by)
    services.create_note(stage=stages[0], lane=thinks, text="Är det värt det?", by=by)
    services.create_note(stage=stages[6], lane=thinks, text="=SUM(1+1) is my favourite", by=by)
    for number, stage in enumerate(stages):
        services.record_emotion(
            stage, persona=persona, score=number % 5 - 2, reason=f"Reason {number}", by=by
        )
    channel = Channel.objects.create(workspace=journey.workspace, name="Fair", online=False)
    create_touchpoint(
        stage=stages[2], title="Meets us", channel=channel, moment_of_truth=True, by=by
    )
    create_path(from_stage=stages[3], to_stage=stages[1], share=0.4, reason="Too dear", by=by)
    with journey.editing(by=by):
        journey.customer_goal = "To sleep at night"
        journey.save()
    return journey


def file_of(journey: Journey, file_format: str = "pdf", **wanted: Any) -> bytes:
    options = map_options(journey, wanted)
    return RENDERERS[file_format](journey, Actor.system("test"), lambda _: None, options)


def sheets_of(content: bytes) -> list[str]:
    """The text of each page of a PDF, on one line."""
    reader = PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]

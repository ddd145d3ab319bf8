"""Starters that a workspace has made of its own journeys."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.copying import copied_types
from collaboration.editing import Refused
from collaboration.models import BoardItem
from collaboration.packing import packed
from journeys.lanes import TextLane
from journeys.models import (
    Feeling,
    Journey,
    JourneyPersona,
    Lane,
    Metric,
    MetricPoint,
    Note,
    Path,
    Period,
    Picture,
    Stage,
)
from journeys.selectors import outline_of
from journeys.starters import STARTERS, Starter, StarterLane, StarterNote, StarterStage
from teams.access import Actor
from teams.models import Role, Timestamped, Workspace

MOST_TEMPLATES = 60
OWN = "own-"
"""Begins the key of a starter of one's own, before its id."""


class JourneyTemplate(Timestamped):
    """The frame of a journey, alone or with what stands in it, kept to start others from.

    What it holds is a copy: nothing that happens to the journey later changes it.
    """

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="journey_templates", editable=False
    )
    name = models.CharField(gettext_lazy("name"), max_length=80)
    about = models.CharField(gettext_lazy("what it is for"), max_length=200, blank=True)
    with_notes = models.BooleanField(gettext_lazy("with its notes"), default=False)
    content = models.JSONField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="template_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"{OWN}{self.pk}"

    @property
    def starter(self) -> Starter:
        stages = tuple(
            StarterStage(**{**stage, "period": Period(stage["period"])})
            for stage in self.content["stages"]
        )
        return Starter(
            self.key,
            self.name,
            self.about,
            stages,
            tuple(StarterLane(**lane) for lane in self.content["lanes"]),
            tuple(StarterNote(**note) for note in self.content["notes"]),
            self.content["perspective"],
            self.content.get("goals", {}),
            self.content.get("items", ()),
        )


def templates_of(workspace: Workspace) -> QuerySet[JourneyTemplate]:
    """A workspace's own templates by name."""
    return JourneyTemplate.objects.filter(workspace=workspace)


def starter_of(workspace: Workspace, key: str) -> Starter | None:
    """The starter with this key that a journey of the workspace can begin with."""
    if key in STARTERS:
        return STARTERS[key]
    number = key.removeprefix(OWN)
    if not key.startswith(OWN) or not number.isascii() or not number.isdigit():
        return None
    if len(number) > len(str(2**63)) - 1:
        return None
    own = templates_of(workspace).filter(pk=int(number)).first()
    return own.starter if own else None


def save_as_template(
    journey: Journey, *, name: str, about: str = "", with_notes: bool = False, by: Actor
) -> JourneyTemplate:
    """Keep the frame of a journey to start others from: its goals, stages, lanes, paths and what
    is measured; if wanted, also what stands in it: notes, touchpoints and the like. What was
    learnt of one journey alone stays with it: see `left_out`."""
    by.must(Role.EDITOR)
    if templates_of(journey.workspace).count() >= MOST_TEMPLATES:
        raise Refused(_("A workspace has at most %(most)s templates.") % {"most": MOST_TEMPLATES})
    return JourneyTemplate.objects.create(
        workspace=journey.workspace,
        name=name,
        about=about,
        with_notes=with_notes,
        content=_content_of(journey, with_notes=with_notes),
        created_by=by.user,
    )


def delete_template(template: JourneyTemplate, *, by: Actor) -> None:
    """The journeys made from it stay as they are."""
    by.must(Role.EDITOR)
    template.delete()


# --- What is kept ----------------------------------------------------------------------------
FRAME: tuple[type[BoardItem], ...] = (Stage, Lane, Path, Metric)
"""What a template holds in any case; other items only with the notes."""

GOALS = ("business_goal", "customer_goal", "scope", "goal_agreement")
_left_out: set[type[Any]] = {JourneyPersona, Feeling, MetricPoint, Picture}


def leave_out(model: type[BoardItem]) -> None:
    """Keep items of this type out of templates; called from AppConfig.ready()."""
    _left_out.add(model)


def left_out(model: type[BoardItem]) -> bool:
    """Whether such items tell of one journey alone: who was asked, felt, measured, seen."""
    return issubclass(model, tuple(_left_out))


def kept_types(*, with_notes: bool) -> list[type[BoardItem]]:
    return [one for one in copied_types() if one in FRAME or (with_notes and not left_out(one))]


def _content_of(journey: Journey, *, with_notes: bool) -> dict[str, Any]:
    outline = outline_of(journey)
    stages = {stage.pk: number for number, stage in enumerate(outline.stages)}
    lanes = {
        lane.pk: number
        for number, lane in enumerate(outline.lanes)
        if isinstance(lane.kind_of, TextLane)
    }
    notes = Note.objects.filter(board=journey.pk).order_by("position") if with_notes else ()
    return {
        "perspective": journey.perspective,
        "goals": {name: getattr(journey, name) for name in GOALS if getattr(journey, name)},
        "items": packed(journey, kept_types(with_notes=with_notes)),
        "stages": [
            {
                "title": stage.title,
                "period": stage.period,
                "situation": stage.situation,
                "customer_goal": stage.customer_goal,
                "business_goal": stage.business_goal,
            }
            for stage in outline.stages
        ],
        "lanes": [{"kind": lane.kind, "title": lane.title} for lane in outline.lanes],
        "notes": [
            {"stage": stages[note.stage_id], "lane": lanes[note.lane_id], "text": note.text}
            for note in notes
            if note.lane_id in lanes
        ],
    }

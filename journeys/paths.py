"""Paths: how customers move other than from each stage to the next; any of them may be cyclic."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from collaboration.editing import Refused
from journeys.models import Path, Stage
from teams.access import Actor


class Kind(models.TextChoices):
    """What a path is, seen from the order of the stages."""

    FORWARD = "forward", gettext_lazy("On to the next stage")
    SKIP = "skip", gettext_lazy("Skips ahead")
    BACK = "back", gettext_lazy("Goes back")


def kind_between(start: int, end: int) -> Kind:
    """The kind of a path by the numbers of its stages."""
    if end < start:
        return Kind.BACK
    return Kind.FORWARD if end == start + 1 else Kind.SKIP


def with_kinds(paths: QuerySet[Any]) -> QuerySet[Any]:
    """These paths, each with its `kind`; no further query."""
    between = Stage.objects.filter(
        board=OuterRef("board"),
        position__gt=OuterRef("from_stage__position"),
        position__lt=OuterRef("to_stage__position"),
    )
    back = Q(from_stage__position__gt=F("to_stage__position"))
    found: QuerySet[Any] = paths.annotate(
        kind=Case(
            When(back, then=Value(Kind.BACK.value)),
            When(Exists(between), then=Value(Kind.SKIP.value)),
            default=Value(Kind.FORWARD.value),
        )
    )
    return found


def create_path(*, from_stage: Stage, to_stage: Stage, by: Actor, **fields: Any) -> Path:
    """A new path between two stages of one journey; there is one each way between any two."""
    with from_stage.board.editing(by=by):
        path = Path(
            board_id=from_stage.board_id, from_stage=from_stage, to_stage=to_stage, **fields
        )
        save_path(path, by=by)
    return path


def save_path(path: Path, *, by: Actor) -> None:
    """Write a path whose fields were set; refuses a second one between the same stages."""
    if path.from_stage_id == path.to_stage_id:
        raise Refused(str(Path.TO_ITSELF))
    with path.board.editing(by=by):
        same = Path.objects.filter(from_stage=path.from_stage_id, to_stage=path.to_stage_id)
        if same.exclude(pk=path.pk).exists():
            raise Refused(str(Path.TWICE))
        path.save()


def delete_path(path: Path, *, by: Actor) -> None:
    with path.board.editing(by=by):
        path.delete()


WORDS: Mapping[Kind, str | Promise] = {
    Kind.FORWARD: gettext_lazy("From “%(start)s” on to “%(end)s”"),
    Kind.SKIP: gettext_lazy("From “%(start)s” ahead to “%(end)s”"),
    Kind.BACK: gettext_lazy("From “%(start)s” back to “%(end)s”"),
}

"""Evidence about a note or a touchpoint stands in the stage where that stands."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from collaboration.editing import Edit
from collaboration.following import moved_in
from collaboration.ordering import room_for
from insights.models import Evidence
from journeys.models import Note
from touchpoints.models import Touchpoint


def follow_claims(edit: Edit) -> None:
    """Take the evidence about what has moved to another stage along; it comes last there."""
    notes, touchpoints = moved_in(edit, Note, "stage_id"), moved_in(edit, Touchpoint, "stage_id")
    if not notes and not touchpoints:
        return
    about = Evidence.objects.filter(Q(note__in=notes) | Q(touchpoint__in=touchpoints))
    rows = about.filter(board=edit.board.pk).select_related("note", "touchpoint")
    by_stage: dict[int, list[Evidence]] = defaultdict(list)
    there: set[tuple[int | None, ...]] = set()
    for evidence in sorted(rows, key=lambda one: (_is_behind(one), one.position, one.pk)):
        key = (evidence.insight_id, evidence.note_id, evidence.touchpoint_id)
        if key in there:
            evidence.delete()
        elif _is_behind(evidence):
            by_stage[_claim(evidence).stage_id].append(evidence)
        there.add(key)
    for stage_id, along in by_stage.items():
        _put(edit, along, stage_id)


def _claim(evidence: Evidence) -> Any:
    return evidence.note or evidence.touchpoint


def _is_behind(evidence: Evidence) -> bool:
    return bool(_claim(evidence).stage_id != evidence.stage_id)


def _put(edit: Edit, along: list[Evidence], stage_id: int) -> None:
    places = room_for(len(along), Evidence.objects.filter(stage=stage_id))
    for evidence, position in zip(along, places, strict=True):
        evidence.stage_id, evidence.position = stage_id, position
    edit.save_all(along)

"""Journeys made from others: a copy, the future-state map of a current one, a pair."""

from typing import Any

from django.utils.translation import gettext as _

from collaboration.copying import Copies, copy_items, with_what_hangs_on_it
from collaboration.editing import Refused, editing_all
from journeys.models import Journey, Lane, Note, Stage
from journeys.selectors import outline_of
from journeys.services import create_lane
from teams.access import Actor
from teams.models import Role, Workspace

NOT_COPIED = frozenset({"board_ptr", "based_on", "pair", "perspective"})


def copy_journey(
    journey: Journey,
    *,
    title: str,
    workspace: Workspace | None = None,
    as_future: bool = False,
    by: Actor,
) -> Journey:
    """A journey with all that is on this one, without comments and history.

    `by` acts in the workspace of the copy. In another workspace personas and channels of the
    same name are used, or created; evidence stays behind. The future-state map of a journey
    is in its workspace, and each of its stages, lanes and notes knows its original.
    """
    by.must(Role.EDITOR)
    target = workspace or journey.workspace
    if as_future and target.pk != journey.workspace_id:
        raise Refused(_("A future-state map stays in the workspace of the map it is made from."))
    perspective = Journey.Perspective.FUTURE if as_future else journey.perspective
    copy = Journey(
        workspace=target,
        title=title,
        perspective=perspective,
        based_on=journey if as_future else None,
        hidden=journey.hidden,
        **_own_values(journey),
    )
    # The original is held meanwhile, so that all of the copy is of one moment.
    with journey.editing(by=by) as held:
        copy.start(by=by)
        with copy.editing(by=by, lasting=True) as edit:
            copy_items(journey, edit, remember_origin=as_future)
        if as_future:
            held.touch(journey)
    return copy


# --- One lane ------------------------------------------------------------------------------------
Matches = list[tuple[Stage, Stage | None]]


def matched_stages(journey: Journey, target: Journey) -> Matches:
    """Each stage with the one of another journey that is called the same, else with the next
    one, in order, that no name has taken; None where there are not enough."""
    stages, there = outline_of(journey).stages, outline_of(target).stages
    named = {stage.title.casefold(): stage for stage in reversed(there)}
    found: dict[int, Stage] = {}
    for stage in stages:
        if same := named.pop(stage.title.casefold(), None):
            found[stage.pk] = same
    taken = {stage.pk for stage in found.values()}
    rest = iter([stage for stage in there if stage.pk not in taken])
    return [(stage, found.get(stage.pk) or next(rest, None)) for stage in stages]


def copy_lane(lane: Lane, *, target: Journey, by: Actor) -> Lane:
    """A lane on another journey with what stands in it, stage by matching stage.

    `by` acts in the workspace of the target. Raises Refused where that has such a lane, and
    may have one only, or keeps no evidence of another workspace.
    """
    journey = Journey.objects.get(pk=lane.board_id)
    model = lane.kind_of.item_model
    with editing_all([journey, target], by=by) as edits:
        edit = next(one for one in edits if one.board.pk == target.pk)
        made = create_lane(target, kind=lane.kind, title=lane.title, by=by)
        given: Copies = {
            (Stage, one.pk): two.pk for one, two in matched_stages(journey, target) if two
        }
        present: Any = model._base_manager
        if model is not Note and present.filter(board=target.pk).exists():
            raise Refused(_("The other map has something of this kind already."))
        given[Lane, lane.pk] = made.pk
        copy_items(journey, edit, types=with_what_hangs_on_it(model), given=given)
    return made


# --- Two that stand beside each other --------------------------------------------------------------
def pair_journeys(journey: Journey, *, other: Journey | None, by: Actor) -> None:
    """Let a lifecycle plan and an outside-in map of its workspace stand beside each other; with
    `other` None, end that. Each has one beside it at most."""
    if other and _is_plan(journey) == _is_plan(other):
        raise Refused(_("A lifecycle plan stands beside a map that shows the customer's side."))
    around = Journey.objects.filter(pk__in=_beside(journey) | (_beside(other) if other else set()))
    everyone = {one.pk: one for one in [*around, journey, *([other] if other else [])]}
    with editing_all(everyone.values(), by=by) as edits:
        now = Journey.objects.in_bulk(everyone)
        for edit in edits:
            now[edit.board.pk].pair = None
        if other:
            plan, map_ = (journey, other) if _is_plan(journey) else (other, journey)
            now[plan.pk].pair = now[map_.pk]
        for edit in edits:
            now[edit.board.pk].save()
            edit.touch(now[edit.board.pk])


def _is_plan(journey: Journey) -> bool:
    return journey.perspective == Journey.Perspective.LIFECYCLE


def _beside(journey: Journey) -> set[int]:
    paired = Journey.objects.filter(pair=journey).values_list("pk", flat=True)
    return {*paired, *([journey.pair_id] if journey.pair_id else [])}


def _own_values(journey: Journey) -> dict[str, Any]:
    return {
        field.attname: getattr(journey, field.attname)
        for field in Journey._meta.local_concrete_fields
        if field.name not in NOT_COPIED and not field.is_relation
    }

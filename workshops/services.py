"""Everything that changes a workshop, but for its proposals and decisions (deciding.py)."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Edit, ItemGone, Refused
from collaboration.models import Board, BoardItem
from journeys.models import Journey, Stage
from teams.access import Actor, Forbidden
from teams.models import Role, User
from workshops.allowing import is_anonymous_now
from workshops.models import Contribution, Participant, Phase, ScopeStage, Workshop
from workshops.placing import tie
from workshops.seats import participant_of
from workshops.writers import is_writer, new_mark, write_unnamed, writer_on

MOST_PARTICIPANTS = 300
MOST_CONTRIBUTIONS = 4000
"""A hundred people who write a note every ten seconds make three thousand in five minutes."""


class WorkshopFull(Refused):
    """The workshop holds as much as its page and its summary can show; says so in words."""


class NotOnThisBoard(ItemGone):
    """A stage, a problem or a proposal of another board was named."""


# --- The workshop itself -------------------------------------------------------------------
def create_workshop(
    journey: Journey,
    *,
    title: str,
    stage_ids: Iterable[int] | None = None,
    follows: Workshop | None = None,
    by: Actor,
    **fields: Any,
) -> Workshop:
    """A workshop on a journey; `stage_ids` limits its scope, None is the whole journey.

    It begins with what waits for it on the journey. `fields` are any of starts_at, location,
    facilitator (else whoever makes it), introduction, phase. Refused for those who are not
    editors, and when `follows` belongs to another workspace.
    """
    by.must(Role.EDITOR)
    if follows and follows.workspace_id != journey.workspace_id:
        raise NotOnThisBoard
    fields["facilitator"] = fields.get("facilitator") or by.name
    workshop = Workshop(
        workspace_id=journey.workspace_id,
        subject=journey,
        governed_by=journey,
        title=title,
        follows=follows,
        **fields,
    )
    # The journey is held, so that no finding comes to wait on it meanwhile.
    with transaction.atomic(), journey.editing(by=by, lasting=True):
        workshop.start(by=by)
        with workshop.editing(by=by, lasting=True):
            choose_scope(workshop, stage_ids=stage_ids, by=by)
            for begin in _beginnings:
                begin(workshop, journey, by=by)
    return workshop


class Beginning(Protocol):
    def __call__(self, workshop: Workshop, journey: Journey, *, by: Actor) -> None:
        """Write into a new workshop; its journey is being edited."""


_beginnings: list[Beginning] = []


def begin_with(beginning: Beginning) -> None:
    """What every new workshop begins with; called from AppConfig.ready()."""
    _beginnings.append(beginning)


def change_workshop(workshop: Workshop, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields: title, starts_at, location, facilitator, introduction, phase."""
    with workshop.editing(by=by):
        set_fields(workshop, fields)


def enter_phase(workshop: Workshop, *, phase: Phase, by: Actor) -> None:
    change_workshop(workshop, fields={"phase": Phase(phase)}, by=by)


def choose_scope(workshop: Workshop, *, stage_ids: Iterable[int] | None, by: Actor) -> None:
    """Work on exactly these stages of the journey, as they are called now; None is all.

    What was contributed to a stage that leaves the scope moves to the whole journey.
    Numbers of stages that the journey does not have raise NotOnThisBoard.
    """
    with workshop.editing(by=by) as edit:
        stages = _stages(workshop, stage_ids)
        chosen = {scope.journey_stage_id: scope for scope in _scope(workshop)}
        edit.create(_copy(workshop, stage) for stage in stages if stage.pk not in chosen)
        for stage in stages:
            if scope := chosen.pop(stage.pk, None):
                scope.title, scope.period = stage.title, stage.period
                scope.position = stage.position
                scope.save()
        for scope in chosen.values():
            _release(scope)


def _stages(workshop: Workshop, stage_ids: Iterable[int] | None) -> list[Stage]:
    stages = list(Stage.objects.filter(board=workshop.subject_id).order_by("position"))
    if stage_ids is None:
        return stages
    wanted = set(stage_ids)
    if not wanted <= {stage.pk for stage in stages}:
        raise NotOnThisBoard
    return [stage for stage in stages if stage.pk in wanted]


def _scope(workshop: Workshop) -> list[ScopeStage]:
    return list(ScopeStage.objects.filter(board=workshop.pk))


def _copy(workshop: Workshop, stage: Stage) -> ScopeStage:
    return ScopeStage(
        board_id=workshop.pk,
        journey_stage_id=stage.pk,
        title=stage.title,
        period=stage.period,
        position=stage.position,
    )


def _release(scope: ScopeStage) -> None:
    for contribution in Contribution.objects.filter(stage=scope).order_by("position", "pk"):
        contribution.stage = None
        contribution.place()
        contribution.save()
    scope.delete()


def delete_workshop(workshop: Workshop, *, by: Actor) -> None:
    """Take the workshop away from everybody's sight; its rows and history stay."""
    change_workshop(workshop, fields={"deleted_at": timezone.now()}, by=by)


# --- Participants --------------------------------------------------------------------------
def add_participant(
    workshop: Workshop,
    *,
    name: str,
    department: str = "",
    email: str = "",
    user: User | None = None,
    by: Actor,
) -> Participant:
    with workshop.editing(by=by):
        return _new_participant(workshop, name=name, department=department, email=email, user=user)


def join_workshop(workshop: Workshop, *, department: str, by: Actor) -> Participant:
    """Take part oneself; who takes part already only changes the department."""
    if by.user is None:
        raise Forbidden(Role.COMMENTER)
    with workshop.editing(by=by, needs=Role.COMMENTER):
        mine = participant_of(workshop, by)
        if mine is None:
            return _new_participant(
                workshop,
                name=by.name,
                department=department,
                email=by.user.email,
                user=by.user,
            )
        mine.department = department
        mine.save()
        return mine


def _new_participant(workshop: Board, **fields: Any) -> Participant:
    require_room(Participant, workshop, MOST_PARTICIPANTS)
    participant = Participant(board_id=workshop.pk, **fields)
    participant.save()
    return participant


def change_participant(participant: Participant, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields: name, department, email."""
    with participant.board.editing(by=by):
        set_fields(participant, fields)


def remove_participant(participant: Participant, *, by: Actor) -> None:
    """What the person contributed stays under the name; their ratings go with them."""
    with participant.board.editing(by=by):
        participant.delete()


def taking_part(workshop: Board, *, by: Actor) -> Participant | None:
    """Who acts, as a participant: members become one at their first act. None for editors who
    lead, and for guests of a share link."""
    mine = participant_of(workshop, by)
    if mine or by.user is None or by.may(Role.EDITOR):
        return mine
    return _new_participant(workshop, name=by.name, email=by.user.email, user=by.user)


# --- Contributions -------------------------------------------------------------------------
def add_contribution(  # noqa: PLR0913 - what a contribution has
    workshop: Workshop,
    *,
    text: str,
    kind: str = "problem",
    stage: ScopeStage | None = None,
    participant: Participant | None = None,
    finding: int | None = None,
    touchpoint: int | None = None,
    by: Actor,
) -> Contribution:
    """Add at the end of a stage, or of the whole journey where no stage is given.

    `participant` is whose word it is, where an editor writes it down for somebody; `finding`
    the step of a walk that it comes from; `touchpoint` the number of one on the journey. In an
    anonymous activity it carries no name.
    """
    with workshop.editing(by=by, needs=Role.EDITOR if participant else Role.COMMENTER) as edit:
        require_same_board(workshop, stage, participant)
        require_room(Contribution, workshop, MOST_CONTRIBUTIONS)
        contribution = Contribution(
            board_id=workshop.pk, stage=stage, kind=kind, text=text, finding=finding
        )
        if finding is None and is_anonymous_now(workshop):
            contribution.mark = new_mark(workshop, by)
            write_unnamed(edit)
        else:
            sign(contribution, participant, by)
        tie(contribution, touchpoint)
        contribution.place()
        contribution.save()
        return contribution


def sign(contribution: Contribution, participant: Participant | None, by: Actor) -> None:
    """Put the name of who says it on it."""
    contribution.participant = participant or taking_part(contribution.board, by=by)
    contribution.author = by.user
    contribution.author_name = participant.name if participant else by.name
    if by.user is None and participant is None:
        contribution.mark = writer_on(contribution.board, by)


def change_contribution(
    contribution: Contribution, *, fields: Mapping[str, Any], by: Actor
) -> None:
    """Set the given fields: kind, text, stage, touchpoint. One's own as a commenter, anybody's as
    an editor."""
    with contribution.board.editing(by=by, needs=Role.COMMENTER) as edit:
        require_author(contribution, by)
        stay_unnamed(edit, contribution, by)
        values = dict(fields)
        if "stage" in values and values["stage"] != contribution.stage:
            require_same_board(contribution.board, values["stage"])
            contribution.stage = values.pop("stage")
            contribution.place()
        if "touchpoint" in values:
            tie(contribution, values.pop("touchpoint"))
        set_fields(contribution, values)


def move_contribution(
    contribution: Contribution,
    *,
    stage: ScopeStage | None,
    before: Contribution | None = None,
    by: Actor,
) -> None:
    """To another stage (None: the whole journey), before a sibling there or last."""
    with contribution.board.editing(by=by, needs=Role.COMMENTER) as edit:
        require_author(contribution, by)
        require_same_board(contribution.board, stage, before)
        stay_unnamed(edit, contribution, by)
        if stage != contribution.stage:
            tie(contribution, None)
        contribution.stage = stage
        contribution.place(before=before)
        contribution.save()


def delete_contribution(contribution: Contribution, *, by: Actor) -> None:
    """Proposals that solve it stay, without naming it."""
    with contribution.board.editing(by=by, needs=Role.COMMENTER) as edit:
        require_author(contribution, by)
        stay_unnamed(edit, contribution, by)
        contribution.delete()


def require_author(contribution: Contribution, by: Actor) -> None:
    """Commenters may change what is their own, editors all."""
    if not is_writer(contribution, by):
        by.must(Role.EDITOR)


def stay_unnamed(edit: Edit, contribution: Contribution, by: Actor) -> None:
    """Whoever wrote it without a name changes it without one."""
    if contribution.is_anonymous and is_writer(contribution, by):
        write_unnamed(edit)


# --- Shared with deciding.py ---------------------------------------------------------------
def require_same_board(board: Board, *items: BoardItem | None) -> None:
    """Refuse with NotOnThisBoard what belongs to another board."""
    if any(item is not None and item.board_id != board.pk for item in items):
        raise NotOnThisBoard


def require_room(model: type[BoardItem], workshop: Board, most: int) -> None:
    if model.objects.filter(board=workshop.pk).count() >= most:
        raise WorkshopFull(
            _("A workshop holds at most %(most)s of these. Delete some first.") % {"most": most}
        )


def set_fields(item: Any, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()

"""Writing channels and touchpoints; those on a board are edited through its one door."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.library import touch_everywhere
from collaboration.limits import LimitReached
from collaboration.models import Board
from journeys.models import Persona, Stage
from journeys.services import require_shown
from journeys.stepping import step_from
from teams.access import Actor
from teams.models import Role, Workspace
from touchpoints.choices import Verdict
from touchpoints.messages import tell_of_new_message
from touchpoints.models import Channel, Touchpoint, TouchpointFeeling
from touchpoints.selectors import boards_using, channels_of, items_on
from touchpoints.starters import STARTER_CHANNELS

MOST_CHANNELS = 200


class NameTaken(Refused):
    """The workspace has a channel of this name already, in capitals or not."""


class ChannelInUse(Refused):
    """Maps show touchpoints on this channel; names them."""


# --- Channels ------------------------------------------------------------------------------
@transaction.atomic
def starter_channels(workspace: Workspace, *, by: Actor) -> list[Channel]:
    """The channels of a workspace; one without any gets the usual ones, in the language in
    force."""
    by.must(Role.EDITOR)
    _hold(workspace)
    if not channels_of(workspace).exists():
        Channel.objects.bulk_create(
            Channel(workspace=workspace, name=str(starter.name), online=starter.online)
            for starter in STARTER_CHANNELS
        )
    return list(channels_of(workspace))


@transaction.atomic
def create_channel(workspace: Workspace, *, name: str, online: bool = True, by: Actor) -> Channel:
    """A new channel; raises NameTaken where the workspace has one of this name."""
    by.must(Role.EDITOR)
    _hold(workspace)
    if channels_of(workspace).count() >= MOST_CHANNELS:
        raise LimitReached(
            _("A workspace has at most %(most)s channels.") % {"most": MOST_CHANNELS}
        )
    channel = Channel(workspace=workspace, name=name, online=online)
    save_channel(channel)
    return channel


@transaction.atomic
def change_channel(channel: Channel, *, by: Actor) -> None:
    """Save a channel whose fields were set, and redraw its touchpoints on every map."""
    with editing_channel(channel, by=by):
        save_channel(channel)


@contextmanager
def editing_channel(channel: Channel, *, by: Actor) -> Iterator[Channel]:
    """The channel as it is stored now, to be changed and saved; what shows it is redrawn. Locks
    boards first and the library's row second. Roll back to leave everything as it was."""
    by.must(Role.EDITOR)
    with transaction.atomic():
        for shown in items_on(channel):
            touch_everywhere(shown, by=by)
        yield Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)


@transaction.atomic
def delete_channel(channel: Channel, *, by: Actor) -> None:
    """Delete a channel that no map uses; raises ChannelInUse otherwise."""
    by.must(Role.EDITOR)
    # Nobody can put a touchpoint on the channel while it is held like this.
    Channel.objects.select_for_update().filter(pk=channel.pk).first()
    if boards := _names_of(boards_using(channel), by):
        words = _("“%(channel)s” is still used on: %(maps)s. Give those touchpoints another "
                  "channel first.")  # fmt: skip
        raise ChannelInUse(words % {"channel": channel.name, "maps": ", ".join(boards)})
    channel.delete()


def _names_of(boards: Iterable[Board], reader: Actor) -> list[str]:
    """The boards as this person may call them; those that they may not see, without a name."""
    everything = reader.user is None
    seen = set(Board.objects.seen_by(reader.user).values_list("pk", flat=True))
    names = (_name_of(board, is_seen=everything or board.pk in seen) for board in boards)
    return list(dict.fromkeys(names))


def _name_of(board: Board, *, is_seen: bool) -> str:
    if not is_seen:
        return _("a map that you do not see")
    if board.deleted_at:
        return _("%(title)s (in the trash)") % {"title": board.title}
    return board.title


def _hold(workspace: Workspace) -> None:
    """One at a time may lengthen the list of a workspace."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)


def save_channel(channel: Channel) -> None:
    """Write it inside `editing_channel`; raises NameTaken where another has its name."""
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise NameTaken(_("There is already a channel of this name.")) from error


# --- Touchpoints ---------------------------------------------------------------------------
def create_touchpoint(
    *, stage: Stage, title: str, before: Touchpoint | None = None, by: Actor, **fields: Any
) -> Touchpoint:
    """A new touchpoint in a stage, before another or last; its channel is of the workspace."""
    with stage.board.editing(by=by):
        touchpoint = Touchpoint(board_id=stage.board_id, stage=stage, title=title, **fields)
        touchpoint.place(before=before)
        save_touchpoint(touchpoint, by=by)
    return touchpoint


def save_touchpoint(touchpoint: Touchpoint, *, by: Actor) -> None:
    """Write a touchpoint whose fields were set; a verdict without a date is of today.

    Refuses a channel that is not there (any more), a persona that the map does not show, and a
    touchpoint that customers do not use without the reason.
    """
    with touchpoint.board.editing(by=by):
        changed = touchpoint.changed_fields().keys()
        if "channel_id" in changed:
            require_channel(touchpoint.board.workspace_id, touchpoint.channel_id)
        if "persona_id" in changed:
            require_shown(touchpoint.board_id, touchpoint.persona)
        if {"use", "why_unused"} & changed and not touchpoint.used and not touchpoint.why_unused:
            raise Refused(_("Say why customers do not use it."))
        if "verdict" in changed:
            _date_verdict(touchpoint, dated="verdict_on" in changed)
        if "message" in changed and touchpoint.pk:
            tell_of_new_message(touchpoint, by=by)
        touchpoint.save()


def require_channel(workspace_id: int, channel_id: int | None) -> None:
    """Hold a channel of this workspace; raises Refused where it is not there (any more)."""
    if channel_id is None:
        return
    ours = channels_of(workspace_id).filter(pk=channel_id)
    if not ours.select_for_update(no_key=True).exists():
        raise Refused(_("This channel has just been deleted. Choose another one."))


def _date_verdict(touchpoint: Touchpoint, *, dated: bool) -> None:
    if touchpoint.verdict == Verdict.UNKNOWN:
        touchpoint.verdict_on = None
    elif not dated or touchpoint.verdict_on is None:
        touchpoint.verdict_on = timezone.localdate()


def move_touchpoint(
    touchpoint: Touchpoint, *, stage: Stage, before: Touchpoint | None = None, by: Actor
) -> None:
    """Put a touchpoint into a stage of its board, before another there or last."""
    with touchpoint.board.editing(by=by):
        touchpoint.stage = stage
        touchpoint.place(before=before)
        touchpoint.save()


def step_touchpoint(touchpoint: Touchpoint, *, direction: str, by: Actor) -> None:
    """Move one step: `up` or `down` in its stage, `left` or `right` to the next stage.

    At the edge of the map it stays where it is.
    """
    if place := step_from(touchpoint, direction):
        move_touchpoint(touchpoint, stage=place[0], before=place[1], by=by)


def delete_touchpoint(touchpoint: Touchpoint, *, by: Actor) -> None:
    with touchpoint.board.editing(by=by):
        touchpoint.delete()


# --- Feelings ------------------------------------------------------------------------------
def record_feeling(
    touchpoint: Touchpoint,
    *,
    persona: Persona | None,
    score: int,
    reason: str | None = None,
    by: Actor,
) -> TouchpointFeeling:
    """Say how a persona, or all customers, feel at a touchpoint: -2 very bad to 2 very good."""
    with touchpoint.board.editing(by=by):
        feelings = TouchpointFeeling.objects.filter(touchpoint=touchpoint, persona=persona)
        feeling: TouchpointFeeling = feelings.first() or TouchpointFeeling(
            board_id=touchpoint.board_id, touchpoint=touchpoint, persona=persona
        )
        feeling.score = score
        if reason is not None:
            feeling.reason = reason
        feeling.save()
    return feeling

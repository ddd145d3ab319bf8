"""Leading a workshop through its agenda: what runs, for how long, and what comes next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from collaboration.editing import Refused
from teams.access import Actor
from workshops.agenda_models import AgendaItem, AgendaKind
from workshops.agendas import PHASES
from workshops.allowing import running_item
from workshops.models import Contribution, Workshop
from workshops.round_models import Ask, Round
from workshops.rounds import begin_round, is_frozen
from workshops.services import require_same_board, set_fields

LONGEST_TIMER = timedelta(hours=12)


# --- What runs -----------------------------------------------------------------------------
def start_activity(item: AgendaItem, *, by: Actor) -> None:
    """Run this activity with its full time; the one that runs ends. Started twice is once."""
    workshop = item.board.specific
    with workshop.editing(by=by) as edit:
        item.refresh_from_db()
        if item.is_running:
            return
        _end(running_item(workshop), edit.at)
        item.started_at, item.ended_at = edit.at, None
        _wind_up(item, edit.at)
        begin_round(item, by=by)
        set_fields(workshop, {"phase": PHASES[AgendaKind(item.kind)]})


def start_another_round(earlier: Round, *, by: Actor) -> Round | None:
    """Let everybody vote or rate once more, with the full time; asked for twice is once."""
    with earlier.board.editing(by=by) as edit:
        activity = AgendaItem.objects.filter(
            board=earlier.board_id, pk=earlier.activity_id, kind=earlier.ask
        ).first()
        if activity is None:
            raise Refused(_("This activity is not on the agenda any more."))
        if earlier.ask == Ask.RATE and is_frozen(earlier.board):
            raise Refused(_("The result of the rating is frozen."))
        if not activity.is_running:
            start_activity(activity, by=by)
        elif not Round.objects.filter(activity_id=activity.pk, revealed_at=None).exists():
            _wind_up(activity, edit.at)
        return begin_round(activity, by=by)


def start_next(workshop: Workshop, *, after: int | None, by: Actor) -> AgendaItem | None:
    """Run what follows the activity with the id `after` (None: the first); None at the end.

    Where another one runs by now, as after a double click, nothing happens.
    """
    with workshop.editing(by=by) as edit:
        running = running_item(workshop)
        if (running and running.pk) != after:
            return running
        coming = following(list(AgendaItem.objects.filter(board=workshop.pk)), running)
        if coming is None:
            _end(running, edit.at)
        else:
            start_activity(coming, by=by)
        return coming


def following(agenda: Sequence[AgendaItem], running: AgendaItem | None) -> AgendaItem | None:
    """What comes next, where this one runs; where none does, the first that has not run yet."""
    if running is None:
        return next((item for item in agenda if item.started_at is None), None)
    return next((item for item in agenda if item.position > running.position), None)


def end_activity(item: AgendaItem, *, by: Actor) -> None:
    """Nothing runs any more; participants wait. Ended twice is once."""
    with item.board.editing(by=by) as edit:
        item.refresh_from_db()
        _end(item if item.is_running else None, edit.at)


def _wind_up(item: AgendaItem, at: datetime) -> None:
    """Give the timer its full time."""
    item.ends_at, item.seconds_left = at + timedelta(minutes=item.minutes), None
    item.save()


def _end(item: AgendaItem | None, at: datetime) -> None:
    if item:
        item.ended_at, item.ends_at, item.seconds_left = at, None, None
        item.save()


def look_at(workshop: Workshop, contribution: Contribution, *, by: Actor) -> bool:
    """Let everybody look at this problem while the running activity goes on, or at none where
    they do already; returns whether they look at it now. Refused while nothing runs."""
    with workshop.editing(by=by):
        require_same_board(workshop, contribution)
        running = running_item(workshop)
        if running is None:
            raise Refused(_("Start an activity first; then everybody can look at a problem."))
        is_looked_at = running.about_id == contribution.pk
        set_fields(running, {"about": None if is_looked_at else contribution})
        return not is_looked_at


# --- The timer -----------------------------------------------------------------------------
def pause_timer(item: AgendaItem, *, by: Actor) -> None:
    """Stop the clock of the running activity, which itself goes on."""
    with item.board.editing(by=by) as edit:
        _require_running(item)
        if not item.is_paused:
            item.seconds_left, item.ends_at = _seconds(item.left_at(edit.at)), None
            item.save()


def resume_timer(item: AgendaItem, *, by: Actor) -> None:
    with item.board.editing(by=by) as edit:
        _require_running(item)
        if item.is_paused:
            item.ends_at, item.seconds_left = edit.at + item.left_at(edit.at), None
            item.save()


def extend_timer(item: AgendaItem, *, minutes: int, by: Actor) -> None:
    """Give the running activity more time; when its time is over, counted from now."""
    with item.board.editing(by=by) as edit:
        _require_running(item)
        left = max(item.left_at(edit.at), timedelta()) + timedelta(minutes=minutes)
        left = min(left, LONGEST_TIMER)
        if item.is_paused:
            item.seconds_left = _seconds(left)
        else:
            item.ends_at = edit.at + left
        item.save()


CLOCK = {"pause": pause_timer, "resume": resume_timer}
"""What stops the clock and lets it go on, by name."""


def _require_running(item: AgendaItem) -> None:
    """As it is now: it may have ended since it was looked at."""
    item.refresh_from_db()
    if not item.is_running:
        raise Refused(_("This activity is not running any more."))


def _seconds(left: timedelta) -> int:
    return int(left.total_seconds())

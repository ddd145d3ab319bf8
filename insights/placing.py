"""From the library onto a map: as a new note, as evidence for one, or on a stage as a whole."""

from typing import cast

from django.utils.translation import gettext as _

from collaboration.models import Board
from insights.models import Evidence, Insight
from insights.services import AlreadyThere, Claim, attach_insight
from journeys.models import Journey, Lane, Note, Stage
from journeys.services import create_lane, create_note, journey_has_lane
from teams.access import Actor


def place_insight(
    insight: Insight,
    *,
    stage: Stage,
    lane: Lane | None = None,
    about: Claim | None = None,
    stance: str = Evidence.Stance.SUPPORTS,
    by: Actor,
) -> Evidence:
    """Put an insight into the cell of a stage, or onto a note or touchpoint that stands there.

    In a lane of notes its words become a note that rests on it. In any other cell it is said of
    the stage as a whole, and a map without a lane that shows it gets one. Raises AlreadyThere
    where it says just that already.
    """
    with stage.board.editing(by=by):
        if about is None and lane is not None and lane.kind_of.item_model is Note:
            words = insight.text or insight.quote
            about = create_note(stage=stage, lane=lane, text=words, by=by)
            stance = Evidence.Stance.SUPPORTS
        elif about is None:
            _show_insights(stage.board, by=by)
        _require_news(insight, stage, about, stance)
        return attach_insight(insight, stage=stage, about=about, stance=stance, by=by)


def _show_insights(board: Board, *, by: Actor) -> None:
    journey = cast("Journey", board.specific)
    if not journey_has_lane(journey, "insights"):
        create_lane(journey, kind="insights", by=by)


def _require_news(insight: Insight, stage: Stage, about: Claim | None, stance: str) -> None:
    present = Evidence.objects.filter(
        stage=stage,
        insight=insight,
        note=about if isinstance(about, Note) else None,
        touchpoint=about if about is not None and not isinstance(about, Note) else None,
        stance=stance,
    )
    if present.exists():
        where = str(about or stage)[:80]
        raise AlreadyThere(_("“%(where)s” shows this insight already.") % {"where": where})

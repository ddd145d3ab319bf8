"""The page of the gap analysis: a mark tells the browser when to ask for it again, narrowed as it
is there."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from collaboration.live import Viewer
from collaboration.models import Board, Change
from journeys.models import Journey, Period, Stage
from journeys.selectors import personas_of
from touchpoints.choices import Decision
from touchpoints.gap_chart import chart_of
from touchpoints.gaps import Advice, GapAnalysis, Pair, Verdict, gaps_of
from touchpoints.models import Activity, Channel
from touchpoints.side_pages import SidePage

ROW = "gap-activity-"


@dataclass(frozen=True)
class Judged:
    """An activity with what stands where it is."""

    activity: Activity
    pair: Pair | None
    advice: Advice | None


@dataclass(frozen=True)
class Opening:
    """A pair where customers are and we are not; `planned` is what is to be started there."""

    pair: Pair
    stage: Stage
    channel: Channel
    planned: Activity | None


def judged(analysis: GapAnalysis, activity: Activity) -> Judged:
    pair = analysis.pair_of(activity) if activity.is_done else None
    return Judged(activity, pair, analysis.advice(pair) if pair else None)


def openings_of(analysis: GapAnalysis) -> list[Opening]:
    """The gaps, the most important first."""
    stages = {stage.pk: stage for stage in analysis.stages}
    channels = {channel.pk: channel for channel in analysis.channels}
    planned = {
        (one.stage_id, one.channel_id): one for one in analysis.activities if not one.is_done
    }
    found = [
        Opening(
            pair,
            stages[pair.stage_id],
            channels[pair.channel_id],
            planned.get((pair.stage_id, pair.channel_id)),
        )
        for pair in analysis.pairs
        if pair.verdict == Verdict.GAP
    ]
    return sorted(found, key=lambda opening: -(opening.pair.importance or 0))


def matrix_of(analysis: GapAnalysis) -> list[tuple[Channel, list[Pair | None]]]:
    """A row for each channel, with its pair of each stage."""
    return [
        (
            channel,
            [analysis.by_place.get((stage.pk, channel.pk)) for stage in analysis.stages],
        )
        for channel in analysis.channels
    ]


def gap_context(analysis: GapAnalysis) -> dict[str, Any]:
    """What page and files show of an analysis."""
    return {
        "journey": analysis.journey,
        "analysis": analysis,
        "alignment": analysis.alignment(),
        "counts": [(verdict, analysis.count(verdict)) for verdict in Verdict],
        "matrix": matrix_of(analysis),
        "alignments": [(stage, analysis.alignment(stage)) for stage in analysis.stages],
        "openings": openings_of(analysis),
        "judged": [judged(analysis, one) for one in analysis.placed],
        "outside": analysis.outside,
        "chart": chart_of(analysis),
        "start": Decision.START,
    }


def gaps_html(analysis: GapAnalysis, viewer: Viewer) -> SafeString:
    context = {**gap_context(analysis), "viewer": viewer}
    return render_to_string("touchpoints/_gaps.html", context)


def choices_of(journey: Journey) -> dict[str, Any]:
    """By what the analysis can be narrowed."""
    return {"personas": personas_of(journey), "periods": Period.choices}


class GapsPage(SidePage):
    view: ClassVar[str] = "gaps"
    region: ClassVar[str] = "gaps-mark"
    WHOLE: ClassVar[frozenset[str]] = frozenset({"gaps-mark"})
    shows: ClassVar[frozenset[str]] = frozenset(
        {"touchpoint", "activity", "stage", "journeypersona"}
    )

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        """The mark, and the rows of changed activities, where a form may stand."""
        rows = {f"{ROW}{one.item_id}" for one in changes if one.item_type == "activity"}
        return super().regions(board, changes) | rows

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        drawn = super().draw(board, regions, viewer)
        wanted = {int(name.removeprefix(ROW)) for name in regions if name.startswith(ROW)}
        if wanted:
            analysis = gaps_of(Journey.objects.get(pk=board.pk))
            drawn |= {
                f"{ROW}{one.pk}": activity_html(analysis, one, viewer)
                for one in analysis.activities
                if one.pk in wanted
            }
        return drawn

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return mark_html(journey)


def activity_html(analysis: GapAnalysis, activity: Activity, viewer: Viewer) -> str:
    context = {
        "journey": analysis.journey,
        "each": judged(analysis, activity),
        "viewer": viewer,
    }
    return render_to_string("touchpoints/_gap_activity.html", context)


def mark_html(journey: Journey) -> SafeString:
    return render_to_string("touchpoints/_gaps_mark.html", {"journey": journey})

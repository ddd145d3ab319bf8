"""The gap analysis as files: a PDF to read, a workbook to reckon with."""

import io
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaboration.drawings import image_of
from collaboration.exporting import BadOptions, Options, Progress
from collaboration.models import Board
from journeys.models import Journey, JourneyPersona, Period, Persona, Stage
from journeys.plain import Facts
from teams.access import Actor
from touchpoints.gap_chart import chart_of
from touchpoints.gap_page import Judged, gap_context, judged
from touchpoints.gaps import GapAnalysis, Narrowed, gaps_of


def gap_options(board: Board, wanted: Options, _by: Actor | None = None) -> Options:
    """`persona` by id, of this map, and `period`; nothing else."""
    if unknown := set(wanted) - {"persona", "period"}:
        raise BadOptions(_("Unknown: %(names)s") % {"names": ", ".join(sorted(unknown))})
    chosen: Options = {}
    if period := wanted.get("period"):
        if period not in Period.values:
            raise BadOptions(f"period: {' | '.join(Period.values)}")
        chosen["period"] = period
    if (persona := wanted.get("persona")) is not None:
        shown = JourneyPersona.objects.filter(board=board.pk)
        if type(persona) is not int or not shown.filter(persona=persona).exists():
            raise BadOptions(_("%(name)s: not on this map.") % {"name": "persona"})
        chosen["persona"] = persona
    return chosen


def render_gaps_pdf(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    """The analysis as it is now, in the language in force."""
    # WeasyPrint is large and slow to load, so the web processes do without it.
    from collaboration.pdf import render_pdf

    html = gaps_document(_analysis(board, options))
    report(30)
    content = render_pdf(html)
    report(95)
    return content


def render_gaps_xlsx(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    """Pairs, activities and answers of No, a sheet each."""
    from collaboration.pdf import in_child

    analysis = _analysis(board, options)
    report(30)
    content = in_child(lambda: gaps_workbook(analysis))
    report(95)
    return content


def _analysis(board: Board, options: Options) -> GapAnalysis:
    narrowed = Narrowed(options.get("persona"), options.get("period", ""))
    return gaps_of(Journey.objects.get(pk=board.pk), narrowed)


# --- The document ----------------------------------------------------------------------------
def gaps_document(analysis: GapAnalysis) -> str:
    context: dict[str, Any] = {
        **gap_context(analysis),
        "language": get_language(),
        "today": timezone.localdate(),
        "narrowed_to": _narrowed_to(analysis.narrowed),
        "by_stage": _by_stage(analysis),
    }
    context["drawing"] = image_of("touchpoints/_gap_drawing.html", {"chart": chart_of(analysis)})
    return render_to_string("touchpoints/gaps_pdf.html", context)


def _by_stage(analysis: GapAnalysis) -> list[tuple[Stage, float | None, list[Any]]]:
    channels = {channel.pk: channel for channel in analysis.channels}
    return [
        (
            stage,
            analysis.alignment(stage),
            [(channels[one.channel_id], one) for one in analysis.pairs if one.stage_id == stage.pk],
        )
        for stage in analysis.stages
    ]


def _narrowed_to(narrowed: Narrowed) -> list[str]:
    people = Persona.objects.filter(pk=narrowed.persona_id or 0)
    names = list(people.values_list("name", flat=True))
    return [*names, *([str(Period(narrowed.period).label)] if narrowed.period else [])]


# --- The workbook ----------------------------------------------------------------------------
def gaps_workbook(analysis: GapAnalysis) -> bytes:
    """The same analysis gives the same bytes. Every text stays a text, whatever it begins with."""
    from openpyxl import Workbook

    from journeys.export.archive import steady
    from journeys.export.workbook import write_table

    book = Workbook()
    book.remove(book.active)
    book.properties.title = analysis.journey.title
    book.properties.creator = "Waymark"
    write_table(book, _("Alignment"), _alignment_rows(analysis))
    write_table(book, _("Stage by channel"), _pair_rows(analysis))
    write_table(book, _("Activities"), _activity_rows(analysis))
    write_table(book, _("Not used"), _no_rows(analysis))
    content = io.BytesIO()
    book.save(content)
    return steady(content.getvalue(), analysis.journey.updated_at)


def _alignment_rows(analysis: GapAnalysis) -> list[Facts]:
    stages: list[Any] = [*analysis.stages, None]
    return [
        (
            (_("Stage"), stage.title if stage else _("All stages")),
            (_("Alignment in per cent"), analysis.alignment(stage)),
            (_("Match"), analysis.count("match", stage)),
            (_("Gap"), analysis.count("gap", stage)),
            (_("Waste"), analysis.count("waste", stage)),
            (_("Unused"), analysis.count("unused", stage)),
        )
        for stage in stages
    ]


def _pair_rows(analysis: GapAnalysis) -> list[Facts]:
    stages = {stage.pk: stage.title for stage in analysis.stages}
    channels = {channel.pk: channel.name for channel in analysis.channels}
    advised = ((pair, analysis.advice(pair)) for pair in analysis.pairs)
    return [
        (
            (_("Stage"), stages[pair.stage_id]),
            (_("Channel"), channels[pair.channel_id]),
            (_("Verdict"), pair.label),
            (_("Touchpoints used"), pair.used),
            (_("Touchpoints not used"), pair.not_used),
            (_("Importance"), pair.importance),
            (_("Activities"), pair.activities),
            (_("Hours a month"), pair.hours),
            (_("Money a month"), pair.cost),
            (_("Advice"), advice.label),
            (_("Reason"), advice.reason),
        )
        for pair, advice in advised
    ]


def _activity_rows(analysis: GapAnalysis) -> list[Facts]:
    return [_activity_row(judged(analysis, one)) for one in analysis.activities]


def _activity_row(each: Judged) -> Facts:
    activity = each.activity
    return (
        (_("Activity"), activity.title),
        (_("Stage"), activity.stage.title if activity.stage else _("Tied to no stage")),
        (_("Channel"), activity.channel.name if activity.channel else ""),
        (_("Purpose"), activity.purpose),
        (_("Hours a month"), activity.hours_per_month),
        (_("Money a month"), activity.cost_per_month),
        (_("Responsible"), activity.owner),
        (_("Verdict"), each.pair.label if each.pair else ""),
        (_("Advice"), each.advice.label if each.advice else ""),
        (_("Decision"), activity.get_decision_display()),
        (_("Reason"), activity.decision_reason),
    )


def _no_rows(analysis: GapAnalysis) -> list[Facts]:
    return [
        (
            (_("Stage"), item.stage.title),
            (_("Touchpoint"), item.title),
            (_("Channel"), item.channel.name if item.channel else ""),
            (_("Why customers do not use it"), item.why_unused),
        )
        for item in analysis.noes
    ]

"""Many insights at once: kind, tags and stage given to all of them, duplicates made one."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.library import touch_everywhere
from insights.models import MOST_TAGS, Evidence, Insight
from insights.services import NotInLibrary, attach_insight
from journeys.models import Stage
from teams.access import Actor
from teams.models import Role, Workspace

MOST_AT_ONCE = 200
LONGEST_TEXT = 2000


class TooMany(Refused):
    """More at once, or more tags, than fit."""


class NothingToMerge(Refused):
    """One insight alone, or those of which one has gone."""


@transaction.atomic
def assign(
    workspace: Workspace,
    insight_ids: Iterable[int],
    *,
    kind: str = "",
    tags: Sequence[str] = (),
    place: tuple[Stage, Actor] | None = None,
    by: Actor,
) -> int:
    """Give these insights a kind, more tags, or a stage; how many they were. All or nothing.

    `place` is a stage with who acts on its board.
    """
    by.must(Role.EDITOR)
    rows = _chosen(workspace, insight_ids)
    if kind or tags:
        touch_everywhere(Evidence.objects.filter(insight__in=rows), by=by)
    held = _held(rows)
    for insight in held:
        insight.kind = kind or insight.kind
        insight.tags = _more(insight.tags, tags)
        insight.save(update_fields=["kind", "tags", "updated_at"])
    if place:
        stage, actor = place
        with stage.board.editing(by=actor):
            for insight in held:
                attach_insight(insight, stage=stage, by=actor)
    return len(held)


@transaction.atomic
def merge(keep: Insight, duplicates: Iterable[int], *, by: Actor) -> Insight:
    """One insight in the place of several: it takes their words, tags, personas and stages.

    Every map that showed one of them shows the one that is kept, once a stage.
    """
    by.must(Role.EDITOR)
    ids = set(duplicates) - {keep.pk}
    if not ids:
        raise NothingToMerge(_("Choose at least two insights."))
    rows = _chosen(keep.workspace, {keep.pk, *ids})
    for board_edits in _boards_of(ids, by):
        _move(board_edits, keep)
    held = {insight.pk: insight for insight in _held(rows)}
    if len(held) <= len(ids):
        raise NothingToMerge(_("One of these insights has just been deleted."))
    kept, others = held[keep.pk], [held[pk] for pk in sorted(ids)]
    _take_over(kept, others)
    touch_everywhere(Evidence.objects.filter(insight=kept), by=by)
    kept.save()
    kept.personas.add(*(one for other in others for one in other.personas.all()))
    if Evidence.objects.filter(insight__in=ids).exists():
        raise NothingToMerge(_("Somebody has just put one of them on a map. Try again."))
    Insight.objects.filter(pk__in=ids).delete()
    return kept


def _chosen(workspace: Workspace, insight_ids: Iterable[int]) -> "list[int]":
    wanted = sorted(set(insight_ids))
    if len(wanted) > MOST_AT_ONCE:
        raise TooMany(_("At most %(most)s insights at once.") % {"most": MOST_AT_ONCE})
    rows = Insight.objects.filter(workspace=workspace, pk__in=wanted)
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    if len(found) < len(wanted) or not found:
        raise NotInLibrary(_("One of these insights has just been deleted from the library."))
    return found


def _held(ids: list[int]) -> list[Insight]:
    rows = Insight.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=ids).order_by("pk").prefetch_related("personas"))


def _more(present: Sequence[str], tags: Sequence[str]) -> list[str]:
    """The present tags and the new ones, each once, whatever the capitals."""
    all_tags = list({tag.casefold(): tag for tag in [*tags, *present]}.values())
    kept = [tag for tag in present if tag in all_tags]
    more = [tag for tag in all_tags if tag not in kept]
    if len(kept) + len(more) > MOST_TAGS:
        raise TooMany(_("An insight has at most %(most)s tags.") % {"most": MOST_TAGS})
    return [*kept, *more]


# --- Merging -------------------------------------------------------------------------------
def _boards_of(ids: set[int], by: Actor) -> Iterable[list[Evidence]]:
    """The evidence of these insights, board by board, each inside an edit of its board."""
    shown = Evidence.objects.filter(insight__in=ids).select_related("board").order_by("board", "pk")
    by_board: dict[int, list[Evidence]] = {}
    for evidence in shown:
        by_board.setdefault(evidence.board_id, []).append(evidence)
    for of_board in by_board.values():
        with of_board[0].board.editing(by=by):
            yield of_board


def _move(shown: list[Evidence], keep: Insight) -> None:
    for evidence in shown:
        same = Evidence.objects.filter(
            stage=evidence.stage_id,
            insight=keep,
            note=evidence.note_id,
            touchpoint=evidence.touchpoint_id,
        )
        if same.exists():
            evidence.delete()
        else:
            evidence.insight = keep
            evidence.save()


def _take_over(kept: Insight, others: list[Insight]) -> None:
    """What the others say that it does not say stands below its own words."""
    said = {kept.quote.casefold(), kept.text.casefold(), ""}
    more = []
    for other in others:
        for words in (f"“{other.quote}”" if other.quote else "", other.text):
            bare = words.strip("“”").casefold()
            if bare not in said:
                said.add(bare)
                more.append(words)
        kept.ladder = kept.ladder or other.ladder
        kept.interview = kept.interview or other.interview
        kept.source = kept.source or other.source
        kept.strength = max(filter(None, (kept.strength, other.strength)), default=None)
        kept.tags = _more(kept.tags, other.tags)
    kept.text = "\n".join(filter(None, (kept.text, *more)))
    if len(kept.text) > LONGEST_TEXT:
        words = _("Together they have more than %(most)s letters. Shorten them first.")
        raise TooMany(words % {"most": LONGEST_TEXT})

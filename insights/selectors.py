"""What is read of the library of insights, its sources, and the maps they stand on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_

from django.db.models import Count, Exists, Func, OuterRef, Prefetch, Q, QuerySet

from collaboration import fulltext
from collaboration.models import Board, BoardQuerySet
from insights.models import Evidence, Insight, Source
from journeys.models import Stage
from teams.models import User, Workspace


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the library; empty values do not narrow it."""

    words: str = ""
    kind: str = ""
    source: int | None = None
    tag: str = ""
    persona: int | None = None
    stage: int | None = None
    strength: int | None = None
    language: str = ""
    unplaced: bool = False


def sources_of(workspace: Workspace | int) -> QuerySet[Source]:
    """The sources of a workspace by name."""
    return Source.objects.filter(workspace=workspace)


def sources_with_use(workspace: Workspace) -> QuerySet[Source]:
    """The sources by name, each with `uses`: the number of its insights."""
    return sources_of(workspace).annotate(uses=Count("insights"))


def insights_of(
    workspace: Workspace | int, wanted: Wanted | None = None, *, tags: Sequence[str] | None = None
) -> QuerySet[Insight]:
    """The insights of a workspace, the newest first, with their source; `tags` are all that it
    has, where they are known already."""
    found = Insight.objects.filter(workspace=workspace).select_related("source")
    if wanted is None:
        return found
    if wanted.words.strip():
        found = _saying(found, wanted.words, workspace, tags)
    fields = ("kind", "source", "strength", "language")
    exact = {name: getattr(wanted, name) for name in fields if getattr(wanted, name)}
    found = found.filter(**exact)
    if wanted.tag:
        found = found.filter(tags__contains=[wanted.tag])
    if wanted.persona is not None:
        found = found.filter(personas=wanted.persona)
    if wanted.stage is not None:
        placed = Evidence.objects.filter(stage=wanted.stage, insight=OuterRef("pk"))
        found = found.filter(Exists(placed))
    if wanted.unplaced:
        found = found.exclude(Exists(_living_evidence().filter(insight=OuterRef("pk"))))
    return found


def _saying(
    insights: QuerySet[Insight],
    text: str,
    workspace: Workspace | int,
    known_tags: Sequence[str] | None = None,
) -> QuerySet[Insight]:
    """Those that have every word: in the quote or our text, by the rules of its language, in a
    tag, or in the name of the source."""
    words = fulltext.words_of(text)
    if not words:
        return insights.none()
    sources = list(sources_of(workspace).values_list("pk", "name"))
    tags = known_tags
    if tags is None:
        tags = [tag for tag, _uses in tags_of(workspace)]
    found = insights
    for word in words:
        begins = re.compile(rf"(?<![^\W_]){re.escape(word)}", re.IGNORECASE)
        found = found.filter(
            _in_words(word)
            | Q(source__in=[pk for pk, name in sources if begins.search(name)])
            | Q(tags__overlap=[tag for tag in tags if begins.search(tag)])
        )
    return found


def _in_words(word: str) -> Q:
    by_language = (
        Q(language=language, found_by=fulltext.query([word], language))
        for language in fulltext.CONFIGURATIONS
    )
    return reduce(or_, by_language)


def tags_of(workspace: Workspace | int) -> list[tuple[str, int]]:
    """Every tag with the number of its insights, the most used first."""
    tags = Insight.objects.filter(workspace=workspace).annotate(tag=Func("tags", function="unnest"))
    counted = tags.order_by().values("tag").annotate(uses=Count("pk"))
    return [(row["tag"], row["uses"]) for row in counted.order_by("-uses", "tag")]


def with_places(insights: QuerySet[Insight], user: User) -> QuerySet[Insight]:
    """Adds `places`: the evidence on the maps that somebody may see, with stage and board, in
    one more query."""
    seen = evidence_seen_by(user).select_related("stage", "board", "note", "touchpoint")
    evidence = seen.order_by("board__title", "board", "stage__position", "pk")
    return insights.prefetch_related(Prefetch("evidence", queryset=evidence, to_attr="places"))


def evidence_seen_by(user: User) -> QuerySet[Evidence]:
    """What lies on maps that this person may see."""
    return Evidence.objects.filter(board__in=Board.objects.visible_to(user))


def _living_evidence() -> QuerySet[Evidence]:
    return Evidence.objects.filter(board__deleted_at=None)


def insights_to_attach(stage: Stage, words: str) -> QuerySet[Insight]:
    """Insights of the workspace that this stage does not show yet and that have these words."""
    shown = Evidence.objects.filter(stage=stage, note=None, touchpoint=None).values("insight")
    return insights_of(stage.board.workspace_id, Wanted(words=words)).exclude(pk__in=shown)


def stages_of(workspace: Workspace, user: User) -> QuerySet[Stage]:
    """Every stage of the journeys that somebody may change, by journey's title, in order."""
    boards = Board.objects.editable_by(user).filter(workspace=workspace)
    stages = Stage.objects.filter(board__in=boards)
    return stages.select_related("board").order_by("board__title", "board", "position")


def stages_seen_by(user: User, workspace: Workspace) -> QuerySet[Stage]:
    """Every stage of the journeys that somebody may see, by journey's title, in order."""
    boards = Board.objects.visible_to(user).filter(workspace=workspace)
    stages = Stage.objects.filter(board__in=boards)
    return stages.select_related("board").order_by("board__title", "board", "position")


def stages_by_journey(stages: Iterable[Stage]) -> list[tuple[str, list[Stage]]]:
    """These stages under the title of their journey, for a list to choose from."""
    groups = groupby(stages, key=lambda stage: (stage.board_id, stage.board.title))
    return [(title, list(group)) for (_board, title), group in groups]


def boards_showing(insight: Insight) -> BoardQuerySet:
    """Every board with evidence from this insight, deleted ones too, by id."""
    shown = Evidence.objects.filter(insight=insight).order_by().values("board")
    return Board.objects.filter(pk__in=shown).order_by("pk")

"""What is read of the library of insights, its sources, and the maps they stand on."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from collaboration.models import Board, BoardQuerySet
from insights.models import Evidence, Insight, Source
from journeys.models import Stage
from teams.models import User, Workspace

MOST_WORDS = 8


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the library; empty values do not narrow it."""

    words: str = ""
    kind: str = ""
    source: int | None = None
    unplaced: bool = False


def sources_of(workspace: Workspace | int) -> QuerySet[Source]:
    """The sources of a workspace by name."""
    return Source.objects.filter(workspace=workspace)


def sources_with_use(workspace: Workspace) -> QuerySet[Source]:
    """The sources by name, each with `uses`: the number of its insights."""
    return sources_of(workspace).annotate(uses=Count("insights"))


def insights_of(workspace: Workspace | int, wanted: Wanted | None = None) -> QuerySet[Insight]:
    """The insights of a workspace, the newest first, with their source."""
    found = Insight.objects.filter(workspace=workspace).select_related("source")
    if wanted is None:
        return found
    for word in wanted.words.split()[:MOST_WORDS]:
        found = found.filter(_says(word))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.source is not None:
        found = found.filter(source=wanted.source)
    if wanted.unplaced:
        found = found.exclude(Exists(_living_evidence().filter(insight=OuterRef("pk"))))
    return found


def _says(word: str) -> Q:
    """A word in the quote, our text, a tag or the source's name, whatever the capitals."""
    return (
        Q(quote__icontains=word)
        | Q(text__icontains=word)
        | Q(tags__icontains=word)
        | Q(source__name__icontains=word)
    )


def with_places(insights: QuerySet[Insight], user: User) -> QuerySet[Insight]:
    """Adds `places`: the evidence on the maps that somebody may see, with stage and board, in
    one more query."""
    seen = evidence_seen_by(user).select_related("stage", "board")
    evidence = seen.order_by("board__title", "pk")
    return insights.prefetch_related(Prefetch("evidence", queryset=evidence, to_attr="places"))


def evidence_seen_by(user: User) -> QuerySet[Evidence]:
    """What lies on maps that this person may see."""
    return Evidence.objects.filter(board__in=Board.objects.visible_to(user))


def _living_evidence() -> QuerySet[Evidence]:
    return Evidence.objects.filter(board__deleted_at=None)


def insights_to_attach(stage: Stage, words: str) -> QuerySet[Insight]:
    """Insights of the workspace that this stage does not show yet and that have these words."""
    shown = Evidence.objects.filter(stage=stage).values("insight")
    return insights_of(stage.board.workspace_id, Wanted(words=words)).exclude(pk__in=shown)


def stages_of(workspace: Workspace, user: User) -> QuerySet[Stage]:
    """Every stage of the journeys that somebody may change, by journey's title, in order."""
    boards = Board.objects.editable_by(user).filter(workspace=workspace)
    stages = Stage.objects.filter(board__in=boards)
    return stages.select_related("board").order_by("board__title", "board", "position")


def stages_by_journey(stages: QuerySet[Stage]) -> list[tuple[str, list[Stage]]]:
    """These stages under the title of their journey, for a list to choose from."""
    groups = groupby(stages, key=lambda stage: (stage.board_id, stage.board.title))
    return [(title, list(group)) for (_board, title), group in groups]


def boards_showing(insight: Insight) -> BoardQuerySet:
    """Every board with evidence from this insight, deleted ones too, by id."""
    shown = Evidence.objects.filter(insight=insight).order_by().values("board")
    return Board.objects.filter(pk__in=shown).order_by("pk")

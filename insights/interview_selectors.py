"""What is read of interviews."""

from django.db.models import Count, Max, OuterRef, Prefetch, QuerySet, Subquery

from collaboration.models import Board
from insights.interview_models import Interview, InterviewGuide, InterviewReading, Ladder
from insights.models import Insight
from journeys.models import Stage
from teams.models import User, Workspace
from touchpoints.models import Touchpoint

MOST_TOUCHPOINTS = 300


def interviews_of(workspace: Workspace) -> QuerySet[Interview]:
    """The interviews of a workspace, the latest first, with source and persona."""
    rows = Interview.objects.filter(workspace=workspace)
    return rows.select_related("source", "persona", "guide")


def interviews_with_use(workspace: Workspace) -> QuerySet[Interview]:
    """Each with `answers`, `deepest` (its deepest ladder) and `learnt`, in the same query."""
    ladders = Ladder.objects.filter(interview=OuterRef("pk")).order_by().values("interview")
    learnt = Insight.objects.filter(interview=OuterRef("pk")).order_by().values("interview")
    return interviews_of(workspace).annotate(
        answers=Subquery(ladders.annotate(number=Count("pk")).values("number")),
        deepest=Subquery(ladders.annotate(most=Max("steps__depth")).values("most")),
        learnt=Subquery(learnt.annotate(number=Count("pk")).values("number")),
    )


def ladders_of(interview: Interview) -> list[Ladder]:
    """The answers in the order in which they were given, with their steps and insights; three
    queries."""
    return list(_whole(interview.ladders.all()))


def ladder_in(workspace: Workspace) -> QuerySet[Ladder]:
    """Ladders of interviews of a workspace, whole."""
    ours = Ladder.objects.filter(workspace=workspace, interview__isnull=False)
    return _whole(ours.select_related("interview__source", "interview__persona", "workspace"))


def _whole(ladders: QuerySet[Ladder]) -> QuerySet[Ladder]:
    insights = Insight.objects.only("pk", "quote", "text", "ladder", "kind")
    return ladders.prefetch_related("steps", Prefetch("insights", queryset=insights))


def quotes_of(interview: Interview) -> list[str]:
    """What became an insight, in the participant's words."""
    return list(interview.insights.exclude(quote="").values_list("quote", flat=True))


def guides_of(workspace: Workspace) -> QuerySet[InterviewGuide]:
    """The guides by name, each with `uses`."""
    uses = Interview.objects.filter(guide=OuterRef("pk")).order_by().values("guide")
    counted = uses.annotate(number=Count("pk")).values("number")
    return InterviewGuide.objects.filter(workspace=workspace).annotate(uses=Subquery(counted))


def has_opened(user: User, interview: Interview) -> bool:
    """Whether the access log knows that this person reads the interview."""
    return InterviewReading.objects.filter(interview=interview, reader=user).exists()


def readings_of(interview: Interview) -> QuerySet[InterviewReading]:
    """Who opened it, the latest first."""
    return InterviewReading.objects.filter(interview=interview)


def stages_covered(interview: Interview, user: User) -> QuerySet[Stage]:
    """The stages that the talk was about, on maps that this person may see."""
    boards = Board.objects.visible_to(user).filter(workspace=interview.workspace_id)
    stages = Stage.objects.filter(pk__in=interview.stages, board__in=boards)
    return stages.select_related("board").order_by("board__title", "board", "position")


def touchpoints_covered(interview: Interview, user: User) -> QuerySet[Touchpoint]:
    """The touchpoints of those stages, on maps that this person may change."""
    boards = Board.objects.editable_by(user).filter(workspace=interview.workspace_id)
    found = Touchpoint.objects.filter(stage__in=interview.stages, board__in=boards)
    in_order = found.order_by("board__title", "board", "stage__position", "position")
    return in_order.select_related("board", "stage")[:MOST_TOUCHPOINTS]

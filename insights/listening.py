"""Listening in at customer service: what callers were in, wished for and struggled with."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from insights.models import Insight, InsightKind, Source, SourceKind
from insights.services import attach_insight, create_insight, create_source
from journeys.models import Persona, Stage
from teams.access import Actor
from teams.models import Role, User, Workspace

MOST_SHOWN = 20


@transaction.atomic
def write_down_call(  # noqa: PLR0913 - what a call gives
    workspace: Workspace,
    *,
    situation: str = "",
    wish: str = "",
    difficulty: str = "",
    source: Source | None = None,
    persona: Persona | None = None,
    place: tuple[Stage, Actor] | None = None,
    by: Actor,
) -> Insight:
    """One call as an insight: a pain where the caller struggled, otherwise a need.

    Without a `source` it is of the workspace's first one of this kind, made where there is none.
    `place` is a stage with who acts on its board.
    """
    by.must(Role.EDITOR)
    said = ((_("Situation"), situation), (_("Wish"), wish), (_("Difficulty"), difficulty))
    insight = create_insight(
        workspace,
        kind=InsightKind.PAIN if difficulty else InsightKind.NEED,
        text="\n".join(f"{label}: {words}" for label, words in said if words),
        source=source or _source(workspace, by),
        strength=Insight.Strength.HINT,
        personas=[persona] if persona else [],
        by=by,
    )
    if place:
        attach_insight(insight, stage=place[0], by=place[1])
    return insight


def sources_of_calls(workspace: Workspace) -> "QuerySet[Source]":
    """Where calls are listened to, the first one first."""
    present = Source.objects.filter(workspace=workspace, kind=SourceKind.LISTENING)
    return present.order_by("pk")


def _source(workspace: Workspace, by: Actor) -> Source:
    """The first source of this kind, or a new one."""
    if source := sources_of_calls(workspace).first():
        return source
    name = _("Listening in")
    taken = Source.objects.filter(workspace=workspace, name__iexact=name).exists()
    name = _("Listening in at customer service") if taken else name
    return create_source(workspace, name=name, kind=SourceKind.LISTENING, by=by)


def calls_of(user: User, workspace: Workspace) -> "list[Insight]":
    """The latest calls that this person wrote down."""
    mine = Insight.objects.filter(
        workspace=workspace, created_by=user, source__kind=SourceKind.LISTENING
    )
    return list(mine.order_by("-pk")[:MOST_SHOWN])

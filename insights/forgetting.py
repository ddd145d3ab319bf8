"""Forgetting a participant: the person goes, what was learnt stays without them."""

import re
from collections.abc import Sequence

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from collaboration.library import touch_everywhere
from collaboration.models import Export, IdempotentAnswer
from insights.interview_models import Interview
from insights.models import Evidence, Insight
from insights.traces import SHORTEST, take_out
from journeys.models import Persona
from teams.access import Actor
from teams.models import Role


def words_of(interview: Interview) -> list[str]:
    """The pseudonym and each part of what is known of the person, by which they are found
    again; not the name of a persona, which is nobody."""
    parts = re.split(r"[,;\n]", interview.person)
    personas = Persona.objects.filter(workspace=interview.workspace_id)
    nobody = {name.casefold() for name in personas.values_list("name", flat=True)}
    words = dict.fromkeys(part.strip() for part in (interview.participant, *parts))
    return [word for word in words if len(word) >= SHORTEST and word.casefold() not in nobody]


@transaction.atomic
def forget_participant(
    interview: Interview, *, words: Sequence[str] | None = None, by: Actor
) -> None:
    """Delete the interview with its transcript and answers, and take the person's names out of
    the whole workspace: maps, history, saved versions, files, search.

    Insights stay, and so do the ladders below them. `words` are the names to be taken out,
    all of `words_of` where none are given.
    """
    by.must(Role.EDITOR)
    workspace, began = interview.workspace, interview.created_at
    names = words_of(interview) if words is None else list(words)
    interview.ladders.filter(insights__isnull=False).update(interview=None)
    interview.delete()
    changed = take_out(workspace, names, by=by)
    if insights := changed.get(Insight):
        touch_everywhere(Evidence.objects.filter(insight__in=insights), by=by)
    members = workspace.members.values("pk")
    IdempotentAnswer.objects.filter(user__in=members, created_at__gte=began).delete()
    _delete_files(Export.objects.filter(board__workspace=workspace, created_at__gte=began))


def _delete_files(exports: QuerySet[Export]) -> None:
    """Files hold what maps said when they were made: they are made again when somebody asks."""
    names = [export.file.name for export in exports if export.file.name]
    exports.delete()
    for name in names:
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]


def forget_those_due() -> int:
    """Forget every participant whose interview is kept no longer; how many they were."""
    due = Interview.objects.filter(keep_until__lt=timezone.localdate())
    interviews = list(due.select_related("workspace").order_by("pk")[:200])
    for interview in interviews:
        forget_participant(interview, by=Actor.system("retention"))
    return len(interviews)

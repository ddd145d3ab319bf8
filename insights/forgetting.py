"""Forgetting a participant: the person goes, what was learnt stays without them."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial

import structlog
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import BinaryField, FileField, Q
from django.utils import timezone

from collaboration.importing.models import Import
from collaboration.importing.working import forget_files
from collaboration.kept_answers import IdempotentAnswer
from collaboration.library import touch_everywhere
from collaboration.models import Export
from insights.interview_models import Interview
from insights.models import Evidence, Insight
from insights.names import Names, looks_like_a_name
from insights.traces import kept_rows, take_out
from journeys.models import Persona
from teams.access import Actor
from teams.models import Role, Workspace

AT_ONCE = 20
"""So many are forgotten by one task; the next one takes the rest."""

logger = structlog.get_logger(__name__)


# --- What the person is called ---------------------------------------------------------------
def words_of(interview: Interview) -> list[str]:
    """The pseudonym and each part of what is known of the person, by which they are found
    again; not the name of a persona, which is nobody."""
    personas = Persona.objects.filter(workspace=interview.workspace_id)
    nobody = {name.casefold() for name in personas.values_list("name", flat=True)}
    words = dict.fromkeys(_parts(interview.participant, interview.person))
    return [word for word in words if Names([word]) and word.casefold() not in nobody]


def words_to_go(interview: Interview, *, with_others: Collection[int] = ()) -> list[str]:
    """Those of `words_of` by which no interview that stays knows its participant."""
    staying = Interview.objects.filter(workspace=interview.workspace_id)
    staying = staying.exclude(pk__in=[interview.pk, *with_others])
    needed = {
        part.casefold()
        for names in staying.values_list("participant", "person")
        for part in _parts(*names)
    }
    return [word for word in words_of(interview) if word.casefold() not in needed]


def _parts(participant: str, person: str) -> list[str]:
    parts = (participant, *re.split(r"[,;\n]", person))
    return [" ".join(part.split()) for part in parts if part.strip()]


def names_from(words: Iterable[str]) -> Names:
    """These names; the first name or the last alone are theirs only if somebody says so."""
    known = list(words)
    return Names(known, [part for word in known for part in looks_like_a_name(word)])


def others_of(interview: Interview) -> list[Interview]:
    """Other interviews that may be with the same participant, with `is_same` where the person
    is the same beyond doubt."""
    mine = {part.casefold() for part in _parts("", interview.person)}
    found = []
    for other in Interview.objects.filter(workspace=interview.workspace_id).exclude(
        pk=interview.pk
    ).defer("transcript"):  # fmt: skip
        is_same = bool(mine & {part.casefold() for part in _parts("", other.person)})
        if is_same or other.participant.casefold() == interview.participant.casefold():
            other.is_same = is_same  # type: ignore[attr-defined]
            found.append(other)
    return found


# --- Forgetting ------------------------------------------------------------------------------
@transaction.atomic
def forget_participant(
    interview: Interview,
    *,
    words: Sequence[str] | None = None,
    also: Iterable[str] = (),
    others: Collection[int] = (),
    by: Actor,
) -> None:
    """Delete the interview with its transcript and answers, and take the person's names out of
    the whole workspace: maps, history, saved versions, files, search.

    Insights stay, and so do the ladders below them. `words` are the names to be taken out,
    all of `words_to_go` where none are given; `also` are the keys of rows (`traces.key_of`) in
    which uncertain ones go too. `others` are further interviews with the same person.
    """
    by.must(Role.EDITOR)
    workspace = interview.workspace
    going = words_to_go(interview, with_others=others) if words is None else list(words)
    for talk in (interview, *Interview.objects.filter(workspace=workspace, pk__in=others)):
        talk.ladders.filter(insights__isnull=False).update(interview=None)
        talk.delete()
    forget_files(Import.objects.filter(workspace=workspace).exclude(upload="", rows_file=""))
    _delete_files(workspace)
    changed = take_out(workspace, names_from(going), also=frozenset(also), by=by)
    if insights := changed.get(Insight):
        touch_everywhere(Evidence.objects.filter(insight__in=insights), by=by)
    _forget_answers(workspace)
    transaction.on_commit(_clear_drawings)


def _delete_files(workspace: Workspace) -> None:
    """Files hold what maps said when they were made: they are made again when somebody asks.
    Of a file that was brought along, its row stays and tells what became of it."""
    for model, rows in kept_rows(workspace):
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                    transaction.on_commit(partial(default_storage.delete, name))
                rows.update(**{field.name: ""})
            elif isinstance(field, BinaryField):
                rows.update(**{field.name: b""})
    Export.objects.filter(board__workspace=workspace).delete()


def _forget_answers(workspace: Workspace) -> None:
    """What was answered to members and to guests, kept a day for a request that comes again."""
    members = workspace.members.values("pk")
    IdempotentAnswer.objects.filter(Q(user__in=members) | Q(user=None)).delete()


def _clear_drawings() -> None:
    """Those of older versions, which nobody is shown; other processes drop theirs in hours."""
    caches["fragments"].clear()
    caches["grids"].clear()


def forget_those_due() -> bool:
    """Forget participants whose interview is kept no longer; whether more of them are left.

    One that cannot be forgotten does not keep the others.
    """
    due = Interview.objects.filter(keep_until__lt=timezone.localdate()).order_by("keep_until", "pk")
    failed: list[int] = []
    for _number in range(AT_ONCE):
        interview = due.exclude(pk__in=failed).select_related("workspace").first()
        if interview is None:
            return False
        try:
            forget_participant(interview, by=Actor.system("retention"))
        except Exception:
            logger.exception("participant_not_forgotten", interview=interview.pk)
            failed.append(interview.pk)
    return due.exclude(pk__in=failed).exists()

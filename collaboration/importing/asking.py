"""What a person does with an import: start, say what columns mean, say yes, take back."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.importing import sending
from collaboration.importing.kinds import Choice, ImportKind, Target, choices_of, kind_of
from collaboration.importing.matching import require_sense
from collaboration.importing.models import Import
from collaboration.importing.reading import require_table_file
from collaboration.importing.tables import MOST_BYTES, NotATable
from collaboration.models import Board
from teams.access import Actor, actor_in
from teams.models import Role, User, Workspace

NEEDS = Role.EDITOR
FOLDER = "imports"
State = Import.State
TO_BE_MAPPED = (State.READ, State.CHECKED)


class NotNow(Refused):
    """The import is not where this can be done."""


class WrongOption(Refused):
    """A decision that cannot be made like this."""


@transaction.atomic
def start_import(
    *,
    kind: ImportKind,
    place: Workspace | Board,
    upload: File[Any],
    language: str,
    wanted: Mapping[str, Any] | None = None,
    by: Actor,
) -> Import:
    """Keep the file under a name that nobody guesses, and have it read.

    `wanted` may hold a `mapping` of headings to fields and `options`: then it is checked at once.
    Raises NotATable for what cannot be one, PermissionDenied for those who may not edit there.
    """
    by.must(NEEDS)
    if by.user is None:
        raise PermissionDenied
    board = place if isinstance(place, Board) else None
    workspace = place.workspace if isinstance(place, Board) else place
    name, content = upload.name or "", upload.read(MOST_BYTES + 1)
    require_table_file(name, len(content))
    stored = keep(content, name.rpartition(".")[2].lower())
    row = Import.objects.create(
        workspace=workspace,
        board_id=board.pk if board else None,
        requested_by=by.user,
        kind=kind.key,
        language=language,
        file_name=_shown_name(name),
        upload=stored,
        outcome={"wanted": dict(wanted)} if wanted else {},
    )
    sending.send_after_commit(row)
    return row


def keep(content: bytes, ending: str) -> str:
    return default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.{ending}", ContentFile(content))


def _shown_name(name: str) -> str:
    """The name of a file as it may be shown: its last part, without signs that cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-120:]


# --- Whose it is -----------------------------------------------------------------------------
def imports_of(user: User) -> "QuerySet[Import]":
    """A person's own imports, as long as they see where the rows go; the newest first."""
    mine = Import.objects.filter(requested_by=user)
    ours = Q(board=None, workspace__in=Workspace.objects.filter(memberships__user=user))
    seen = Board.objects.visible_to(user).values("pk")
    return mine.filter(ours | Q(board__in=seen)).select_related("workspace", "board")


def actor_for(row: Import) -> Actor | None:
    """What the person is now where the rows go; None where they see it no longer."""
    if row.board is None:
        return actor_in(row.requested_by, row.workspace)
    return row.board.actor_for(row.requested_by) if row.board.deleted_at is None else None


def kind_of_import(row: Import) -> ImportKind:
    kind = kind_of(row.kind)
    if kind is None:
        raise NotATable(_("This kind of table cannot be imported any more."))
    return kind


def target_of(row: Import, options: Mapping[str, str] | None = None) -> Target:
    return Target(
        row.workspace,
        row.board.specific if row.board else None,
        row.options if options is None else options,
        frozenset(filter(None, row.mapping)),
        row.language,
    )


# --- Steps -----------------------------------------------------------------------------------
@transaction.atomic
def choose(row: Import, *, mapping: Sequence[str], options: Mapping[str, str], by: Actor) -> Import:
    """Say what each column means and what is decided for the file, and have it checked."""
    by.must(NEEDS)
    require_sense(kind_of_import(row), row.heads, mapping)
    decided = cleaned(row, options)
    _step(row, TO_BE_MAPPED, State.MAPPED, mapping=list(mapping), options=decided, findings={})
    return row


def cleaned(row: Import, options: Mapping[str, Any]) -> dict[str, str]:
    """Every decision with its value, the usual one where none was made; raises WrongOption."""
    choices = choices_of(kind_of_import(row), target_of(row))
    if unknown := set(options) - {choice.key for choice in choices}:
        raise WrongOption(_("Unknown: %(names)s") % {"names": ", ".join(sorted(unknown))})
    return {choice.key: _decided(choice, options.get(choice.key)) for choice in choices}


def _decided(choice: Choice, value: Any) -> str:
    known = [str(one) for one, _words in choice.values]
    if value is None:
        return known[0]
    if str(value) not in known:
        words = _("%(name)s: choose one of %(known)s.")
        raise WrongOption(words % {"name": choice.key, "known": ", ".join(known)})
    return str(value)


@transaction.atomic
def approve(row: Import, *, by: Actor) -> Import:
    """Go on with what was checked; raises NotNow where something is wrong with it still."""
    by.must(NEEDS)
    if row.state == State.CHECKED and not row.findings.get("may_go"):
        raise NotNow(_("There are rows to put right first, or nothing to import."))
    _step(row, (State.CHECKED,), State.APPLYING)
    return row


@transaction.atomic
def take_back(row: Import, *, by: Actor) -> Import:
    """Have removed what this import brought."""
    by.must(NEEDS)
    _step(row, (State.DONE,), State.UNDOING)
    return row


@transaction.atomic
def retry(row: Import, *, by: Actor) -> Import:
    """Try what failed once more; what was to be written is checked again first."""
    by.must(NEEDS)
    again: dict[str, str] = {State.UNDOING: State.DONE, State.UPLOADED: State.UPLOADED}
    if not row.has_rows and row.failed_in in {State.MAPPED, State.APPLYING}:
        raise NotNow(_("The file is kept no longer. Choose it again."))
    _step(row, (State.FAILED,), again.get(row.failed_in, State.MAPPED))
    return row


@transaction.atomic
def discard(row: Import, *, by: Actor) -> None:
    """Delete an import that has not written anything, with its file."""
    by.must(NEEDS)
    mine = Import.objects.select_for_update().filter(pk=row.pk, working=False)
    if mine.exclude(state__in=(State.DONE, State.APPLYING, State.UNDOING)).first() is None:
        raise NotNow(_("It is being worked on, or is done already."))
    delete_files(row)
    mine.delete()


def delete_files(row: Import) -> None:
    for name in filter(None, (row.upload.name, row.rows_file.name)):
        transaction.on_commit(partial(default_storage.delete, name))


def _step(row: Import, before: Sequence[str], after: str, **fields: Any) -> None:
    """One UPDATE decides whether the import was where it had to be."""
    fresh = {"state": after, "error": "", "failed_in": "", "progress": 0, "attempts": 0}
    rows = Import.objects.filter(pk=row.pk, state__in=before, working=False)
    if not rows.update(**fresh, sent_at=None, updated_at=timezone.now(), **fields):
        raise NotNow(_("This import has gone on meanwhile. Look at it again."))
    row.refresh_from_db()
    sending.send_after_commit(row)

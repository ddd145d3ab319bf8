"""What can be brought in: one registered class for each kind of row."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaboration.importing.models import Import
from collaboration.models import Board
from teams.access import Actor
from teams.models import Workspace

Text = str | Promise
Cells = Mapping[str, str]
"""A row's texts by the key of their field; fields without a text are left out."""


@dataclass(frozen=True)
class Field:
    """Something that a column can mean. It is found by its title in any of our languages, by its
    key, and by what else (`also`) such a column is called."""

    key: str
    title: Text
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Something to be decided for the whole file; the first value is the usual one."""

    key: str
    title: Text
    values: Sequence[tuple[str, Text]]
    help: Text = ""


@dataclass(frozen=True)
class Target:
    """Where the rows go, with what was decided about them."""

    workspace: Workspace
    board: Board | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    language: str = "en"

    @property
    def journey_id(self) -> int:
        return self.board.pk if self.board else 0


class WrongCells(ValueError):
    """Cells of a row that cannot be taken; words by the key of their field, "" for the row."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(" ".join(words.values()))
        self.words = dict(words)


class Session(ABC):
    """Rows looked at one by one beside what is there, and written together."""

    @abstractmethod
    def draft(self, cells: Cells) -> Any:
        """What a row would become; raises WrongCells."""

    @abstractmethod
    def key(self, draft: Any) -> Hashable:
        """By which a row is known to be the same as another."""

    @abstractmethod
    def is_there(self, key: Hashable) -> bool:
        """Whether one like it is there already."""

    @abstractmethod
    def crowded(self, drafts: Sequence[Any]) -> list[str]:
        """Sentences about places that cannot hold what these would bring."""

    @abstractmethod
    def write(self, drafts: Sequence[Any], alive: Callable[[], None]) -> dict[str, Any]:
        """Write all of them; what is to be remembered about it, `made` at least. Calls `alive`
        now and then."""


class ImportKind(ABC):
    """How one kind of row is brought in."""

    key: ClassVar[str]
    title: ClassVar[Text]
    on_board: ClassVar[bool]
    fields: ClassVar[tuple[Field, ...]]

    @abstractmethod
    def choices(self, target: Target) -> list[Choice]:
        """What is decided for the whole file, beside DUPLICATES and WRONG."""

    @abstractmethod
    def session(
        self, target: Target, *, by: Actor, writing: bool
    ) -> AbstractContextManager[Session]:
        """A look at what is there; for `writing`, inside one transaction that holds it."""

    @abstractmethod
    def take_back(self, done: Import, *, by: Actor) -> str:
        """Remove what an import brought; says what was kept. Raises Refused."""

    @abstractmethod
    def address(self, done: Import) -> str:
        """The page that shows the rows."""

    @abstractmethod
    def example(self) -> list[dict[str, str]]:
        """Two or three rows as they could be, in the language in force."""

    def missing(self, columns: Iterable[str]) -> list[Field]:
        """Fields of which one is needed, where none of these columns is it."""
        given = set(columns)
        return [one for one in self.fields if one.required and one.key not in given]

    def field(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)


DUPLICATES = Choice(
    "duplicates",
    _("Rows that are there already, or twice in the file"),
    (("skip", _("Leave them out")), ("import", _("Import them again"))),
)
WRONG = Choice(
    "wrong",
    _("Rows that cannot be taken"),
    (("refuse", _("Import nothing until all are right")), ("leave", _("Leave them out"))),
)

_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Called by each app's AppConfig.ready()."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> ImportKind | None:
    return _kinds.get(key)


def all_kinds() -> list[ImportKind]:
    return list(_kinds.values())


def choices_of(kind: ImportKind, target: Target) -> list[Choice]:
    return [DUPLICATES, *kind.choices(target), WRONG]

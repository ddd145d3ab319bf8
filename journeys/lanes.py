"""The kinds of lanes a map can have, and what each brings to it.

A lane kind is one small class plus one partial. Higher apps register theirs in
AppConfig.ready(), so the map shows touchpoints or quotes without knowing them:

    class TouchpointLane(LaneKind):
        key, name, prompt, icon = "touchpoints", _("Touchpoints"), _("Where ...?"), "pin"
        template = "touchpoints/_cell.html"
        item_model = Touchpoint

        def items(self, board, stage_ids): ...

docs/lanes.md tells the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.plain import Plain, facts_of, plain_item

if TYPE_CHECKING:
    from collaboration.models import Board, BoardItem
    from journeys.filters import MapFilter
    from journeys.models import Persona, Stage
    from journeys.selectors import JourneyMap

BACKSTAGE = "backstage"
"""The key of the lanes below the line of visibility."""


class Group(models.TextChoices):
    """Where a kind of lane stands among the others when one is chosen."""

    CUSTOMER = "customer", _("The customer’s side")
    OURS = "ours", _("Our side")
    EVIDENCE = "evidence", _("Evidence and numbers")
    OTHER = "other", _("Other")


CellKey = tuple[int, int]
"""(stage id, lane id)"""

Cells = dict[CellKey, list[Any]]


class LaneKind:
    """One kind of lane: its words, its items, and the partial that draws a cell."""

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    prompt: ClassVar[str | Promise]
    icon: ClassVar[str] = "free"
    colour: ClassVar[int] = 0
    """One of the eight soft colours; 0 is plain."""
    group: ClassVar[Group] = Group.CUSTOMER
    once: ClassVar[bool] = True
    """Whether a map has only one lane of this kind."""
    template: ClassVar[str] = "journeys/_cell.html"
    add_label: ClassVar[str | Promise] = _("Add note")

    @property
    def records_name(self) -> str | Promise:
        """What a list of all items of this kind is called, in files."""
        return self.name

    def plain(self, loaded: "JourneyMap", items: Sequence[Any]) -> Sequence[Plain | None]:
        """Items of this kind in words, for files: one for each, None where the map hides it.
        May ask for what they lack, once for all of them."""
        return [plain_item(item) for item in items]

    def stage_mark(self, items: Sequence[Any]) -> str:
        """What these items, all of one stage, say at the head of their stage, if anything."""
        return ""

    @property
    def item_model(self) -> type["BoardItem"]:
        """The items whose changes touch the cells of this kind."""
        from journeys.models import Note

        return Note

    def cells(self, board: "Board", lanes: Sequence[Any], stage_ids: Sequence[int] | None) -> Cells:
        """The items of all `lanes` (all of this item model), by cell, in order; one query.

        `stage_ids` limits what is loaded; None is the whole board.
        """
        found: Cells = defaultdict(list)
        by_stage: dict[int, list[Any]] = defaultdict(list)
        for item in self.items(board, stage_ids):
            by_stage[item.stage_id].append(item)
        for lane in lanes:
            for stage_id, items in by_stage.items():
                found[stage_id, lane.pk] = items
        return found

    def items(self, board: "Board", stage_ids: Sequence[int] | None) -> Iterable[Any]:
        """The items of this kind on the board, ordered; each has a stage_id and a version."""
        raise NotImplementedError

    def depends_on(self, items: Sequence[Any]) -> tuple[object, ...]:
        """What the HTML of a cell with these items depends on, besides stage and lane."""
        return tuple((item.pk, item.version) for item in items)

    def surroundings(
        self, loaded: "JourneyMap", stage: "Stage", items: Sequence[Any]
    ) -> tuple[object, ...]:
        """What else of the map a cell shows: its HTML depends on this, too."""
        return ()

    def filters(self, board: "Board") -> "list[MapFilter]":
        """By what a map with such a lane can be narrowed."""
        return []

    def context(self, loaded: "JourneyMap", stage: "Stage", items: Sequence[Any]) -> dict[str, Any]:
        """More for the partial; what it holds is named by depends_on or surroundings."""
        return {}


class TextLane(LaneKind):
    """A lane of notes; all text lanes of a board are loaded with one query."""

    once = False

    def __init__(
        self,
        key: str,
        name: Promise,
        prompt: Promise,
        icon: str,
        colour: int,
        group: Group = Group.CUSTOMER,
    ) -> None:
        self.key, self.name, self.prompt, self.icon = key, name, prompt, icon  # type: ignore[misc]
        self.colour, self.group = colour, group  # type: ignore[misc]

    @property
    def records_name(self) -> str | Promise:
        return _("Notes")

    def plain(self, loaded: "JourneyMap", items: Sequence[Any]) -> list[Plain]:
        voices = _voices(loaded, items)
        return [_plain_note(note, voices.get(note.persona_id)) for note in items]

    def cells(self, board: "Board", lanes: Sequence[Any], stage_ids: Sequence[int] | None) -> Cells:
        from journeys.models import Note

        # A cell shows no dates, and reading two for each note costs a tenth of the page.
        notes = Note.objects.filter(board=board.pk).defer("created_at", "updated_at")
        notes = notes.order_by("position")
        if stage_ids is not None:
            notes = notes.filter(stage__in=stage_ids, lane__in=[lane.pk for lane in lanes])
        found: Cells = defaultdict(list)
        for note in notes:
            found[note.stage_id, note.lane_id].append(note)
        return found

    def surroundings(
        self, loaded: "JourneyMap", stage: "Stage", items: Sequence[Any]
    ) -> tuple[object, ...]:
        return people_key(_voices(loaded, items).values())

    def context(self, loaded: "JourneyMap", stage: "Stage", items: Sequence[Any]) -> dict[str, Any]:
        """Each note learns whose voice it is, as far as the map shows that persona."""
        voices = _voices(loaded, items)
        for note in items:
            note.voice = voices.get(note.persona_id)
        return {}


def _voices(loaded: "JourneyMap", items: Sequence[Any]) -> dict[int, "Persona"]:
    speaking = {note.persona_id for note in items} - {None}
    return {persona.pk: persona for persona in loaded.personas if persona.pk in speaking}


def _plain_note(note: Any, voice: "Persona | None") -> Plain:
    name = voice.name if voice else ""
    return Plain(
        note.text,
        detail=name,
        colour=voice.colour if voice else 0,
        facts=(*facts_of(note, ["text"]), (gettext("Whose voice"), name)),
    )


def people_key(personas: Iterable["Persona"]) -> tuple[object, ...]:
    """What HTML that names these personas depends on."""
    return tuple((persona.pk, persona.updated_at.timestamp()) for persona in personas)


_kinds: dict[str, LaneKind] = {}


def register(kind: LaneKind) -> None:
    """Make a kind of lane known to every map; called from AppConfig.ready()."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> LaneKind:
    """The kind with this key; a lane of an app that is gone is shown as free text."""
    return _kinds.get(key) or _kinds["text"]


def kinds() -> list[LaneKind]:
    """Every kind of lane, in the order in which they are offered."""
    return list(_kinds.values())


TEXT_LANES = (
    TextLane("does", _("Does"), _("What does the customer do here?"), "does", 6),
    TextLane("thinks", _("Thinks"), _("What does the customer think here?"), "thinks", 7),
    TextLane("feels", _("Feels"), _("What does the customer feel here?"), "feels", 8),
    TextLane("says", _("Says"), _("What does the customer say here?"), "says", 2),
    TextLane("needs", _("Needs"), _("What does the customer need here?"), "needs", 5),
    TextLane("motivation", _("Motivation"), _("What drives the customer on?"), "motivation", 4),
    TextLane("pains", _("Pains"), _("What makes it hard for the customer here?"), "pains", 1),
    TextLane("gains", _("Gains"), _("What does the customer win here?"), "gains", 4),
    TextLane("doubts", _("Doubts"), _("What is the customer unsure about here?"), "doubts", 3),
    TextLane("barriers", _("Barriers"), _("What stops the customer from going on?"), "barriers", 2),
    TextLane(
        "works_well", _("Works well"), _("What do we do well here?"), "works-well", 4, Group.OURS
    ),
    TextLane(
        "works_badly", _("Works badly"), _("Where do we let the customer down?"), "works-badly", 1,
        Group.OURS,
    ),
    TextLane(
        "opportunities", _("Opportunities"), _("What could we do better here?"), "opportunities", 3,
        Group.OURS,
    ),
    TextLane(
        "content_plan", _("Content plan"), _("What shall the customer read, see or hear from us?"),
        "content-plan", 6, Group.OURS,
    ),
    TextLane(
        BACKSTAGE, _("Backstage"), _("What do we do that the customer does not see?"), "backstage",
        7, Group.OURS,
    ),
    TextLane("text", _("Free text"), _("What belongs here?"), "free", 0, Group.OTHER),
)  # fmt: skip

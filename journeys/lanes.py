"""The kinds of lanes a map can have, and what each brings to it.

A lane kind is one small class plus one partial. Higher apps register theirs in
AppConfig.ready(), so the map shows touchpoints or quotes without knowing them:

    class TouchpointLane(LaneKind):
        key, name, prompt, icon = "touchpoints", _("Touchpoints"), _("Where ...?"), "pin"
        template = "touchpoints/_cell.html"
        item_model = Touchpoint

        def items(self, board, stage_ids): ...
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collaboration.models import Board, BoardItem
    from journeys.models import Persona, Stage
    from journeys.selectors import JourneyMap

CellKey = tuple[int, int]
"""(stage id, lane id)"""

Cells = dict[CellKey, list[Any]]


class LaneKind:
    """One kind of lane: its words, its items, and the partial that draws a cell."""

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    prompt: ClassVar[str | Promise]
    icon: ClassVar[str] = "free"
    template: ClassVar[str] = "journeys/_cell.html"
    add_label: ClassVar[str | Promise] = _("Add note")

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

    def surroundings(self, loaded: "JourneyMap", items: Sequence[Any]) -> tuple[object, ...]:
        """What else of the map a cell shows: its HTML depends on this, too."""
        return ()

    def context(self, loaded: "JourneyMap", stage: "Stage", items: Sequence[Any]) -> dict[str, Any]:
        """More for the partial; what it holds is named by depends_on or surroundings."""
        return {}


class TextLane(LaneKind):
    """A lane of notes; all text lanes of a board are loaded with one query."""

    def __init__(self, key: str, name: Promise, prompt: Promise, icon: str) -> None:
        self.key, self.name, self.prompt, self.icon = key, name, prompt, icon  # type: ignore[misc]

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

    def surroundings(self, loaded: "JourneyMap", items: Sequence[Any]) -> tuple[object, ...]:
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
    TextLane("does", _("Does"), _("What does the customer do here?"), "does"),
    TextLane("thinks", _("Thinks"), _("What does the customer think here?"), "thinks"),
    TextLane("feels", _("Feels"), _("What does the customer feel here?"), "feels"),
    TextLane("says", _("Says"), _("What does the customer say here?"), "says"),
    TextLane("needs", _("Needs"), _("What does the customer need here?"), "needs"),
    TextLane("pains", _("Pains"), _("What makes it hard for the customer here?"), "pains"),
    TextLane("gains", _("Gains"), _("What does the customer win here?"), "gains"),
    TextLane("barriers", _("Barriers"), _("What stops the customer from going on?"), "barriers"),
    TextLane(
        "opportunities", _("Opportunities"), _("What could we do better here?"), "opportunities"
    ),
    TextLane("text", _("Free text"), _("What belongs here?"), "free"),
)

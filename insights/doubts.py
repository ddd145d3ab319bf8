"""What customers doubt and need in each stage, and what stands ready for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from insights.models import Answer, Evidence, InsightKind, Readiness
from journeys.models import Journey, Note, Stage

NOTES_IN = {"doubts": _("Doubt"), "needs": _("Need")}
"""The lanes whose notes wait for an answer, and what such a note is."""

INSIGHTS_OF = {InsightKind.DOUBT: _("Doubt"), InsightKind.NEED: _("Need")}


class State(Enum):
    """How far a doubt or need is answered."""

    OPEN = "open"
    PREPARED = "prepared"
    ANSWERED = "answered"


@dataclass
class Doubt:
    """Something that customers doubt or need in a stage, with all that answers it."""

    asked: Note | Evidence
    kind: str
    text: str
    answers: list[Answer] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.asked.type_name()}-{self.asked.pk}"

    @property
    def stage_id(self) -> int:
        return self.asked.stage_id

    @property
    def is_insight(self) -> bool:
        return isinstance(self.asked, Evidence)

    @property
    def state(self) -> State:
        """Answered as soon as one answer stands ready."""
        if not self.answers:
            return State.OPEN
        ready = any(answer.readiness.is_ready for answer in self.answers)
        return State.ANSWERED if ready else State.PREPARED


@dataclass
class StageReadiness:
    """A stage with what is asked there and what stands ready there."""

    stage: Stage
    number: int
    doubts: list[Doubt] = field(default_factory=list)
    items: list[Readiness] = field(default_factory=list)

    @property
    def has_nothing_ready(self) -> bool:
        return not any(item.is_ready for item in self.items)


@dataclass(frozen=True)
class Preparation:
    """The whole journey; a constant number of queries."""

    journey: Journey
    stages: list[StageReadiness]

    @cached_property
    def doubts(self) -> list[Doubt]:
        return [doubt for each in self.stages for doubt in each.doubts]

    def in_state(self, state: State) -> list[Doubt]:
        return [doubt for doubt in self.doubts if doubt.state is state]

    @property
    def bare_stages(self) -> list[Stage]:
        """Those in which nothing stands ready."""
        return [each.stage for each in self.stages if each.has_nothing_ready]

    @property
    def items(self) -> list[Readiness]:
        return [item for each in self.stages for item in each.items]


def preparation_of(journey: Journey) -> Preparation:
    """Five queries."""
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    found = {stage.pk: StageReadiness(stage, number) for number, stage in enumerate(stages, 1)}
    items = Readiness.objects.filter(board=journey.pk).select_related("channel")
    by_id = {item.pk: item for item in items.order_by("position")}
    for item in by_id.values():
        found[item.stage_id].items.append(item)
    for doubt in doubts_of(journey, by_id):
        found[doubt.stage_id].doubts.append(doubt)
    return Preparation(journey, list(found.values()))


def doubts_of(journey: Journey, ready: dict[int, Readiness]) -> list[Doubt]:
    """Notes first, then insights, stage by stage in no order of stages; three queries."""
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(board=journey.pk).order_by("pk"):
        if answer.readiness_id in ready:
            answer.readiness = ready[answer.readiness_id]
            answers[_key_of(answer)].append(answer)
    return [*_noted(journey, answers), *_learnt(journey, answers)]


def _key_of(answer: Answer) -> str:
    return f"note-{answer.note_id}" if answer.note_id else f"evidence-{answer.evidence_id}"


def _noted(journey: Journey, answers: dict[str, list[Answer]]) -> Iterable[Doubt]:
    notes = Note.objects.filter(board=journey.pk, lane__kind__in=NOTES_IN)
    for note in notes.select_related("lane").order_by("lane__position", "position"):
        kind = str(NOTES_IN[note.lane.kind])
        yield Doubt(note, kind, note.text, answers.get(f"note-{note.pk}", []))


def _learnt(journey: Journey, answers: dict[str, list[Answer]]) -> Iterable[Doubt]:
    """An insight counts once a stage, whatever else there it speaks of."""
    rows = Evidence.objects.filter(board=journey.pk, insight__kind__in=INSIGHTS_OF)
    rows = rows.select_related("insight").defer("insight__found_by").order_by("position")
    found: dict[tuple[int, int], Doubt] = {}
    for evidence in rows:
        insight = evidence.insight
        place = (evidence.stage_id, insight.pk)
        kind = str(INSIGHTS_OF[InsightKind(insight.kind)])
        doubt = found.setdefault(place, Doubt(evidence, kind, insight.text or insight.quote))
        doubt.answers.extend(answers.get(f"evidence-{evidence.pk}", []))
    return found.values()

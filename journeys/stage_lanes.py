"""Lanes that show a field of the stage itself, edited where it stands."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.lanes import Cells, Group, LaneKind
from journeys.models import Stage

if TYPE_CHECKING:
    from collaboration.models import Board
    from journeys.selectors import JourneyMap


@dataclass(frozen=True)
class StageText:
    """The words of one field of a stage, as the one item of its cell."""

    pk: int
    stage_id: int
    version: int
    text: str

    def __str__(self) -> str:
        return self.text


class StageFieldLane(LaneKind):
    """A lane whose cells are one text of the stages; its key is the field's name."""

    template = "journeys/_stage_text_cell.html"

    def __init__(
        self, key: str, name: Promise, prompt: Promise, icon: str, group: Group = Group.CUSTOMER
    ) -> None:
        self.key, self.name, self.prompt, self.icon = key, name, prompt, icon  # type: ignore[misc]
        self.group = group  # type: ignore[misc]
        self.colour = 5 if group is Group.CUSTOMER else 6  # type: ignore[misc]

    @property
    def item_model(self) -> type[Stage]:
        return Stage

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the stage that are edited in the cell."""
        return (self.key,)

    def cells(self, board: "Board", lanes: Sequence[Any], stage_ids: Sequence[int] | None) -> Cells:
        stages = Stage.objects.filter(board=board.pk)
        if stage_ids is not None:
            stages = stages.filter(pk__in=stage_ids)
        found: Cells = defaultdict(list)
        for stage in stages:
            for lane in lanes:
                if text := getattr(stage, lane.kind):
                    item = StageText(stage.pk, stage.pk, stage.version, text)
                    found[stage.pk, lane.pk] = [item]
        return found

    def surroundings(
        self, loaded: "JourneyMap", stage: Stage, items: Sequence[Any]
    ) -> tuple[object, ...]:
        return (stage.version,)


class BusinessGoalLane(StageFieldLane):
    """Our goal in a stage, and how far it agrees with the customer's."""

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.key, "goal_agreement")


STAGE_LANES = (
    StageFieldLane(
        "situation", _("Situation"), _("What situation is the customer in?"), "situation"
    ),
    StageFieldLane(
        "customer_goal", _("Customer’s goal"), _("What does the customer want to reach?"), "target"
    ),
    BusinessGoalLane(
        "business_goal", _("Our goal"), _("What do we want to reach here?"), "flag", Group.OURS
    ),
)

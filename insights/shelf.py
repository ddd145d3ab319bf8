"""The library beside a map: what can still be put on it, and where."""

from dataclasses import dataclass

from django import forms
from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from insights.forms import SearchForm
from insights.models import Evidence, Insight
from insights.selectors import insights_of
from journeys.models import Journey, Lane, Note, Stage
from touchpoints.models import Touchpoint


class Part(TextChoices):
    """Which insights of the library lie on the shelf."""

    INBOX = "inbox", _("Not on a map yet")
    NEW_HERE = "new", _("Not on this map yet")
    ALL = "all", _("The whole library")


class ShelfForm(SearchForm):
    """What somebody looks for beside a map; nothing said is what is on no map yet."""

    part = forms.ChoiceField(required=False, choices=Part.choices)

    @property
    def chosen_part(self) -> str:
        return self.cleaned_data.get("part") or Part.INBOX.value


def shelved(journey: Journey, search: ShelfForm) -> QuerySet[Insight]:
    """The insights that the search finds, the newest first, with their source."""
    found = insights_of(journey.workspace_id, search.wanted())
    placed = Evidence.objects.filter(insight=OuterRef("pk"))
    if search.chosen_part == Part.INBOX:
        return found.exclude(Exists(placed.filter(board__deleted_at=None)))
    if search.chosen_part == Part.NEW_HERE:
        return found.exclude(Exists(placed.filter(board=journey.pk)))
    return found


@dataclass(frozen=True)
class Places:
    """A lane with what an insight can be put on in one of its cells."""

    lane: Lane
    whole: str | Promise
    claims: list[Note | Touchpoint]

    @property
    def value(self) -> str:
        """What names the cell as a whole in a form."""
        return f"lane-{self.lane.pk}"


def places_in(stage: Stage) -> list[Places]:
    """Where an insight can go in a stage, lane by lane; three queries."""
    notes = list(Note.objects.filter(stage=stage).order_by("position"))
    touchpoints = list(Touchpoint.objects.filter(stage=stage).order_by("position"))
    found = []
    for lane in Lane.objects.filter(board=stage.board_id).order_by("position"):
        if lane.kind_of.item_model is Note:
            mine = [note for note in notes if note.lane_id == lane.pk]
            found.append(Places(lane, _("As a new note"), [*mine]))
        elif lane.kind == "touchpoints" and touchpoints:
            found.append(Places(lane, "", [*touchpoints]))
        elif lane.kind == "insights":
            found.append(Places(lane, _("The stage as a whole"), []))
    return found

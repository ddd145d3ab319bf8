"""Touchpoints out of spreadsheets on to a map: one edit, and one Undo takes it back."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration import undo
from collaboration.editing import Edit, Refused
from collaboration.importing.kinds import (
    Cells,
    Choice,
    Field,
    ImportKind,
    Session,
    Target,
    WrongCells,
)
from collaboration.importing.models import Import
from collaboration.importing.validity import require_valid
from collaboration.importing.words import listed, plain
from collaboration.ordering import room_for
from journeys.limits import LIMITS as MAP_LIMITS
from journeys.models import Journey, Persona, Stage
from journeys.selectors import shown_personas
from journeys.services import create_stage
from teams.access import Actor
from teams.forms import NameField
from touchpoints.choices import Use, Verdict
from touchpoints.limits import LIMITS
from touchpoints.models import Channel, Touchpoint
from touchpoints.selectors import channels_of
from touchpoints.services import MOST_CHANNELS, create_channel
from touchpoints.spreadsheet import FIELDS, understood

MOST_IN_A_STAGE = next(limit.most for limit in LIMITS if limit.model is Touchpoint)
MOST_STAGES = next(limit.most for limit in MAP_LIMITS if limit.model is Stage)
REFUSE, CREATE = "refuse", "create"
NOT_SAID = ("board", "stage", "channel", "persona", "position", "origin")


@dataclass
class Draft:
    """A touchpoint to be; its stage and channel by name, as they may not be there yet. `into` is
    the stage that was chosen for rows that name none."""

    item: Touchpoint
    stage: str
    channel: str
    into: Stage | None = None


class TouchpointSession(Session):
    def __init__(self, journey: Journey, target: Target, edit: Edit | None, by: Actor) -> None:
        self.journey, self.target, self.edit, self.by = journey, target, edit, by
        self.options = target.options
        stages = list(Stage.objects.filter(board=journey.pk).order_by("-position"))
        self.stages: dict[str, Stage] = _by_name(stages)
        self.stage_ids = {str(stage.pk): stage for stage in stages}
        channels = channels_of(journey.workspace_id)
        self.channels: dict[str, Channel] = _by_name(
            channels.select_for_update(no_key=True) if edit else channels, "name"
        )
        self.personas: dict[str, Persona] = _by_name(shown_personas(journey.pk), "name")
        present = Touchpoint.objects.filter(board=journey.pk)
        self.present = {
            (plain(stage), plain(title), plain(channel or ""))
            for stage, title, channel in present.values_list(
                "stage__title", "title", "channel__name"
            )
        }
        self.held = Counter(present.values_list("stage", flat=True))

    # --- One row -----------------------------------------------------------------------------
    def draft(self, cells: Cells) -> Draft:
        wrong: dict[str, str] = {}
        if not cells.get("title"):
            wrong["title"] = _("It has no title.")
        stage, into = self._stage(cells.get("stage", ""), wrong)
        channel = self._channel(cells.get("channel", ""), wrong)
        persona = self._persona(cells.get("persona", ""), wrong)
        item = Touchpoint(board_id=self.journey.pk, persona=persona)
        try:
            for key, value in understood(cells).items():
                setattr(item, key, value)
            require_valid(item, exclude=NOT_SAID)
        except WrongCells as reason:
            wrong |= reason.words
        if wrong:
            raise WrongCells(wrong)
        if item.verdict == Verdict.UNKNOWN:
            item.verdict_on = None
        elif item.verdict_on is None:
            item.verdict_on = timezone.localdate()
        return Draft(item, stage, channel, into)

    def _stage(self, name: str, wrong: dict[str, str]) -> tuple[str, Stage | None]:
        clean = _shown_name(name, Stage, "title", wrong, "stage")
        if not clean:
            usual = self.stage_ids.get(self.options.get("into", ""))
            if usual is None:
                wrong["stage"] = _("It names no stage.")
            return (usual.title if usual else "", usual)
        if plain(clean) not in self.stages and self.options.get("stages") != CREATE:
            wrong["stage"] = _("There is no stage “%(name)s”.") % {"name": clean[:60]}
        return clean, None

    def _stage_of(self, draft: Draft) -> Stage | None:
        return draft.into or self.stages.get(plain(draft.stage))

    def _channel(self, name: str, wrong: dict[str, str]) -> str:
        if name and plain(name) not in self.channels and self.options.get("channels") != CREATE:
            wrong["channel"] = _("There is no channel “%(name)s”.") % {"name": name[:60]}
        return _shown_name(name, Channel, "name", wrong, "channel")

    def _persona(self, name: str, wrong: dict[str, str]) -> Persona | None:
        persona = self.personas.get(plain(name))
        if name and persona is None:
            words = _("The map does not show a persona “%(name)s”.")
            wrong["persona"] = words % {"name": name[:60]}
        return persona

    def key(self, draft: Draft) -> Hashable:
        return (plain(draft.stage), plain(draft.item.title), plain(draft.channel))

    def is_there(self, key: Hashable) -> bool:
        return key in self.present

    # --- All of them -------------------------------------------------------------------------
    def crowded(self, drafts: Sequence[Draft]) -> list[str]:
        said = []
        places = Counter((self._stage_of(draft), plain(draft.stage)) for draft in drafts)
        for (stage, name), many in places.items():
            then = many + (self.held[stage.pk] if stage else 0)
            if then > MOST_IN_A_STAGE:
                title = stage.title if stage else name
                words = _("The stage “%(stage)s” would hold %(count)s touchpoints; a stage holds at most %(most)s.")  # fmt: skip
                said.append(words % {"stage": title, "count": then, "most": MOST_IN_A_STAGE})
        stages = len(self.stage_ids) + len(self._new(drafts, "stage", self.stages))
        if stages > MOST_STAGES:
            said.append(_("A journey has at most %(most)s stages.") % {"most": MOST_STAGES})
        channels = len(self.channels) + len(self._new(drafts, "channel", self.channels))
        if channels > MOST_CHANNELS:
            words = _("A workspace has at most %(most)s channels.")
            said.append(words % {"most": MOST_CHANNELS})
        return said

    def _new(self, drafts: Sequence[Draft], kind: str, known: dict[str, Any]) -> list[str]:
        """Names that are not there yet, each once, as the first row writes them."""
        names = (getattr(draft, kind) for draft in drafts)
        found = {plain(name): name for name in reversed([one for one in names if one])}
        return [name for plain, name in reversed(found.items()) if plain not in known]

    def write(self, drafts: Sequence[Draft], alive: Callable[[], None]) -> dict[str, Any]:
        edit = cast("Edit", self.edit)
        stages = self._new(drafts, "stage", self.stages)
        for title in stages:
            self.stages[plain(title)] = create_stage(self.journey, title=title, by=self.by)
        channels = self._new(drafts, "channel", self.channels)
        for name in channels:
            channel = create_channel(self.journey.workspace, name=name, by=self.by)
            self.channels[plain(name)] = channel
        alive()
        by_stage: dict[int, list[Touchpoint]] = defaultdict(list)
        for draft in drafts:
            draft.item.stage = draft.into or self.stages[plain(draft.stage)]
            draft.item.channel = self.channels.get(plain(draft.channel))
            by_stage[draft.item.stage_id].append(draft.item)
        for stage_id, group in by_stage.items():
            places = room_for(len(group), Touchpoint.objects.filter(stage=stage_id))
            for item, position in zip(group, places, strict=True):
                item.position = position
        edit.create(draft.item for draft in drafts)
        return {
            "made": len(drafts),
            "version": edit.version,
            "stages": stages,
            "channels": channels,
        }


def _by_name(rows: Any, name: str = "title") -> dict[str, Any]:
    return {plain(getattr(row, name)): row for row in rows}


def _shown_name(name: str, model: Any, field: str, wrong: dict[str, str], key: str) -> str:
    """A name as it may be given to something new."""
    clean = NameField().to_python(name) or ""
    most = model._meta.get_field(field).max_length
    if len(clean) > most:
        wrong[key] = _("“%(name)s…” is too long: at most %(most)s letters.") % {
            "name": clean[:40],
            "most": most,
        }
    return clean


class TouchpointImport(ImportKind):
    key: ClassVar[str] = "touchpoints"
    title: ClassVar[Any] = gettext_lazy("Touchpoints")
    on_board: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = FIELDS

    def choices(self, target: Target) -> list[Choice]:
        stages = Stage.objects.filter(board=target.journey_id).order_by("position")
        into = [("", gettext_lazy("None: every row names its stage"))]
        into += [(str(pk), title) for pk, title in stages.values_list("pk", "title")]
        as_error = (REFUSE, gettext_lazy("Say so as an error"))
        return [
            Choice(
                "stages",
                gettext_lazy("Stages that the map does not have"),
                (as_error, (CREATE, gettext_lazy("Add them at the end of the map"))),
            ),
            Choice(
                "channels",
                gettext_lazy("Channels that the workspace does not have"),
                (as_error, (CREATE, gettext_lazy("Add them to its channels"))),
            ),
            Choice("into", gettext_lazy("Stage of rows that name none"), into),
        ]

    @contextmanager
    def session(self, target: Target, *, by: Actor, writing: bool) -> Iterator[TouchpointSession]:
        journey = cast("Journey", target.board)
        if not writing:
            yield TouchpointSession(journey, target, None, by)
            return
        with journey.editing(by=by) as edit:
            yield TouchpointSession(journey, target, edit, by)

    def take_back(self, done: Import, *, by: Actor) -> str:
        """One Undo of the edit; channels stay in the workspace's list."""
        if done.board is None:
            raise Refused(_("This map is gone."))
        undo.undo(done.board.specific, done.outcome["version"], by=by)
        if channels := done.outcome.get("channels"):
            words = _("These channels stay in the workspace: %(names)s.")
            return words % {"names": listed(channels)}
        return ""

    def address(self, done: Import) -> str:
        return reverse("touchpoints:inventory", args=[done.board_id])

    def example(self) -> list[dict[str, str]]:
        use = dict(Use.choices)
        return [
            {
                "stage": _("Looks around"),
                "title": _("Reads reviews of others"),
                "channel": _("Comparison site"),
                "use": str(use[Use.MAINLY]),
                "importance": "5",
                "satisfaction": "3",
            },
            {
                "stage": _("Buys"),
                "title": _("Calls the shop"),
                "channel": _("Phone"),
                "use": str(use[Use.NOT]),
                "why_unused": _("Nobody answers after five"),
                "importance": "3",
                "satisfaction": "1",
            },
        ]

"""The lane of pictures, and writing what hangs in it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.editing import Refused
from collaboration.pictures import keep_picture
from journeys.lanes import Cells, Group, LaneKind
from journeys.models import Lane, Picture, Stage
from journeys.plain import Plain, Shown, facts_of
from journeys.stepping import step_from
from teams.access import Actor

if TYPE_CHECKING:
    from collaboration.models import Board
    from journeys.selectors import JourneyMap


class PictureLane(LaneKind):
    key = "image"
    name = gettext_lazy("Pictures")
    prompt = gettext_lazy("What does it look like here?")
    icon = "picture"
    group = Group.OTHER
    once = False
    template = "journeys/_picture_cell.html"
    add_label = gettext_lazy("Add picture")

    @property
    def item_model(self) -> type[Picture]:
        return Picture

    def cells(self, board: "Board", lanes: Sequence[Any], stage_ids: Sequence[int] | None) -> Cells:
        pictures = Picture.objects.filter(board=board.pk).order_by("position")
        if stage_ids is not None:
            pictures = pictures.filter(stage__in=stage_ids, lane__in=[lane.pk for lane in lanes])
        found: Cells = defaultdict(list)
        for picture in pictures:
            found[picture.stage_id, picture.lane_id].append(picture)
        return found

    def plain(self, loaded: "JourneyMap", items: Sequence[Picture]) -> list[Plain]:
        """The pictures, and what they show in words."""
        return [_plain(item) for item in items]


def _plain(picture: Picture) -> Plain:
    decoration = _("Picture, only decoration")
    return Plain(
        decoration if picture.decorative else str(picture),
        facts=facts_of(picture, ["alt", "file_name"]),
        picture=Shown(picture.stored, picture.width, picture.height),
    )


class OtherLane(Refused):
    """A picture was to hang in a lane that shows none."""


def create_picture(
    *,
    stage: Stage,
    lane: Lane,
    file: IO[bytes],
    before: Picture | None = None,
    by: Actor,
    **says: Any,
) -> Picture:
    """Keep an uploaded picture and hang it in a cell, before another or last; it `says` what it
    shows (`alt`), or that it is `decorative`.

    Raises NotAPicture, in words, for what is none. Stage and lane are on the same board.
    """
    stored = keep_picture(file)
    with stage.board.editing(by=by):
        _require_pictures(lane)
        picture = Picture(
            board_id=stage.board_id,
            stage=stage,
            lane=lane,
            stored=stored.name,
            file_name=stored.file_name,
            width=stored.width,
            height=stored.height,
            **says,
        )
        picture.place(before=before)
        save_picture(picture, by=by)
    return picture


def save_picture(picture: Picture, *, by: Actor) -> None:
    """Write a picture whose fields were set; it says what it shows, or that it is decoration."""
    if not (picture.alt.strip() or picture.decorative):
        raise Refused(_("Say what the picture shows, or that it is only decoration."))
    with picture.board.editing(by=by):
        picture.save()


def move_picture(
    picture: Picture, *, stage: Stage, lane: Lane, before: Picture | None = None, by: Actor
) -> None:
    """Hang a picture in a cell of its board, before another there or last."""
    with picture.board.editing(by=by):
        if (picture.stage_id, picture.lane_id) != (stage.pk, lane.pk):
            _require_pictures(lane)
        picture.stage, picture.lane = stage, lane
        picture.place(before=before)
        picture.save()


def step_picture(picture: Picture, *, direction: str, by: Actor) -> None:
    """One step up or down in its cell, left or right to the next stage; at the edge it stays."""
    if place := step_from(picture, direction):
        move_picture(picture, stage=place[0], lane=picture.lane, before=place[1], by=by)


def delete_picture(picture: Picture, *, by: Actor) -> None:
    """Take a picture off the map; its file stays, so that Undo finds it."""
    with picture.board.editing(by=by):
        picture.delete()


def _require_pictures(lane: Lane) -> None:
    if lane.kind != PictureLane.key:
        raise OtherLane(_("This lane shows no pictures."))

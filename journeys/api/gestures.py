"""What is done with several notes at once, or with a stage and its neighbour."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import require_same_place
from collaboration.idempotency import answered_once
from collaboration.retry import tried_again
from journeys import bulk, copies, reshape
from journeys.models import Journey, Lane, Note, Stage
from journeys.pasting import MOST_NOTES, pieces_of
from teams.api.fields import Reference
from teams.api.resources import Values
from teams.models import Workspace


class _OfOneMap(serializers.Serializer[Any]):
    board = Reference(queryset=Journey.objects.select_related("workspace"))

    def validate(self, values: Values) -> Values:
        require_same_place(values["board"], values)
        return values


class NoteIds(serializers.ListField):
    """Ids of notes of one map; looked up with one query by notes_on."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), **options
        )


def notes_on(board_id: int, ids: list[int]) -> list[Note]:
    """These notes; those of another map do not exist."""
    found = {note.pk: note for note in Note.objects.filter(board=board_id, pk__in=ids)}
    if missing := set(ids) - found.keys():
        words = Reference.default_error_messages["does_not_exist"]
        raise serializers.ValidationError(
            {"notes": [str(words).format(pk_value=pk) for pk in sorted(missing)[:1]]}
        )
    return list(found.values())


class NotesAtOnceSerializer(_OfOneMap):
    """Each of these is one edit of the map, and one undo."""

    act = serializers.ChoiceField(choices=["delete", "move", "duplicate"])
    notes = NoteIds(min_length=1, max_length=MOST_NOTES)
    stage = Reference(queryset=Stage.objects.all(), required=False, help_text="Where to move to.")
    lane = Reference(queryset=Lane.objects.all(), required=False, help_text="Where to move to.")
    before = Reference(queryset=Note.objects.all(), required=False, allow_null=True)

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        missing = {"stage", "lane"} - values.keys() if values["act"] == "move" else set()
        if missing:
            raise serializers.ValidationError(
                {name: [_("Say where to move to.")] for name in missing}
            )
        return values


class PasteSerializer(_OfOneMap):
    stage = Reference(queryset=Stage.objects.all())
    lane = Reference(queryset=Lane.objects.all())
    text = serializers.CharField(
        trim_whitespace=False,
        help_text="Tab-separated rows go to the lanes of notes below, columns to the stages to "
        "the right; plain lines are notes of this cell.",
    )
    is_table = serializers.BooleanField(default=False)


class PastedSerializer(serializers.Serializer[Any]):
    """The notes that were written, deleted or moved, and what found no place on the map."""

    notes = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    rows_left_out = serializers.IntegerField(read_only=True)
    columns_left_out = serializers.IntegerField(read_only=True)


class NotesAtOnce:
    """Actions of the list of notes."""

    @extend_schema(request=NotesAtOnceSerializer, responses=PastedSerializer)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def bulk(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete, move or duplicate many notes of one map in one edit."""
        response: Response = _once(self.do_at_once)(request)
        return response

    def do_at_once(self: Any, _request: Request) -> Response:
        values = self.read(NotesAtOnceSerializer)
        journey, act = values["board"], values["act"]
        by = self.enter(journey)
        with journey.editing(by=by):
            notes = notes_on(journey.pk, values["notes"])
            if act == "delete":
                bulk.delete_notes(journey, notes, by=by)
            elif act == "move":
                place = {name: values.get(name) for name in ("stage", "lane", "before")}
                bulk.move_notes(journey, notes, **place, by=by)
            else:
                notes = bulk.duplicate_notes(journey, notes, by=by)
        return _pasted([note.pk or 0 for note in notes])

    @extend_schema(request=PasteSerializer, responses=PastedSerializer)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def paste(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Paste a table or a list from a cell on, in one edit."""
        response: Response = _once(self.do_paste)(request)
        return response

    def do_paste(self: Any, _request: Request) -> Response:
        values = self.read(PasteSerializer)
        journey = values["board"]
        by = self.enter(journey)
        pieces = pieces_of(values["text"], is_table=values["is_table"])
        place = {"stage": values["stage"], "lane": values["lane"]}
        done = bulk.paste_notes(journey, pieces, **place, by=by)
        ids = [note.pk for note in done.notes]
        return _pasted(ids, done.rows_left_out, done.columns_left_out)


def _once(work: Any) -> Any:
    """Done once for a key, and tried again after a deadlock."""
    return tried_again(answered_once(work))


def _pasted(ids: list[int], rows: int = 0, columns: int = 0) -> Response:
    return Response({"notes": ids, "rows_left_out": rows, "columns_left_out": columns})


class SplitSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=80)
    notes = NoteIds(required=False, max_length=MOST_NOTES, help_text="Those that go along.")


class MergeSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(
        max_length=80, required=False, help_text="Without it, the left one's."
    )


class Reshapes:
    """Actions of one stage; used with Moves, whose door they go through."""

    @extend_schema(request=SplitSerializer)
    @action(detail=True, methods=["post"])
    def split(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put a new stage right of this one; the named notes go along. Answers the new one."""
        with self.door(self.get_object()) as present:
            values = self.read(SplitSerializer)
            notes = notes_on(present.board_id, values.get("notes", []))
            title = values["title"]
            fresh = reshape.split_stage(present, title=title, notes=notes, by=self.actor)
        response: Response = self.shown(fresh)
        return response

    @extend_schema(request=MergeSerializer)
    @action(detail=True, methods=["post"])
    def merge(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Merge this stage with its right neighbour, which goes."""
        with self.door(self.get_object()) as present:
            merged = reshape.merge_stages(present, **self.read(MergeSerializer), by=self.actor)
        response: Response = self.shown(merged)
        return response


class CopySerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=120)
    workspace = Reference(
        queryset=Workspace.objects.all(), required=False, help_text="Without it, the same one."
    )
    future = serializers.BooleanField(
        default=False, help_text="Make the future-state map: each item keeps its `origin`."
    )


class Copies:
    """Actions of one journey."""

    @extend_schema(request=CopySerializer)
    @action(detail=True, methods=["post"])
    def copy(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Copy the journey with all that is on it, without comments, exports and history."""
        response: Response = _once(self.do_copy)(request)
        return response

    def do_copy(self: Any, _request: Request) -> Response:
        journey = self.get_object()
        values = self.read(CopySerializer)
        target = values.get("workspace") or journey.workspace
        made = copies.copy_journey(
            journey,
            title=values["title"],
            workspace=target,
            as_future=values["future"],
            by=self.enter(target),
        )
        response: Response = self.shown(made, status=201)
        return response


class LaneCopySerializer(serializers.Serializer[Any]):
    board = Reference(
        queryset=Journey.objects.select_related("workspace"), help_text="The journey to copy to."
    )


class LaneCopies:
    """Actions of one lane."""

    @extend_schema(request=LaneCopySerializer)
    @action(detail=True, methods=["post"])
    def copy(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Copy the lane with what stands in it to another journey, stage by matching stage.
        Answers the new one."""
        response: Response = _once(self.do_copy)(request)
        return response

    def do_copy(self: Any, _request: Request) -> Response:
        lane = self.get_object()
        self.enter(lane.board)
        target = self.read(LaneCopySerializer)["board"]
        made = copies.copy_lane(lane, target=target, by=self.enter(target))
        response: Response = self.shown(made, status=201)
        return response

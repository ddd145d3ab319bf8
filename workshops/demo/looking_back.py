"""What the software journey looked like earlier: two saved versions to compare with."""

from collaboration.snapshots import save_snapshot
from journeys.models import Emotion, Journey, Note, Stage
from journeys.services import create_note, delete_note, move_stage, record_emotion
from teams.access import Actor
from workshops.demo.people import Cast

DRAFT = "Draft, before the interviews"
DRAFT_NOTE = "What we believed ourselves, written down in one afternoon."
AFTER = "After the interviews"
AFTER_NOTE = "Five customers told us how it was for them."


def look_back(journey: Journey, cast: Cast) -> None:
    """Give the journey a past: it ends as it was, but was drawn otherwise at first."""
    owner, editor = cast.actors["owner"], cast.actors["editor"]
    feelings = list(Emotion.objects.filter(board=journey.pk).order_by("pk")[:4])
    scores = [feeling.score for feeling in feelings]
    notes = list(Note.objects.filter(board=journey.pk).order_by("pk")[:2])
    texts = [note.text for note in notes]
    stages = list(Stage.objects.filter(board=journey.pk).order_by("position"))

    for feeling in feelings:
        _feel(feeling, min(2, feeling.score + 1), owner)
    for note in notes:
        _write(note, f"We believe: {note.text}", owner)
    guess = create_note(
        stage=notes[0].stage, lane=notes[0].lane, text="Knows our name already", by=owner
    )
    move_stage(stages[2], before=stages[1], by=owner)
    save_snapshot(journey, label=DRAFT, note=DRAFT_NOTE, by=owner)

    delete_note(guess, by=editor)
    move_stage(stages[1], before=stages[2], by=editor)
    _write(notes[0], texts[0], editor)
    for feeling, score in zip(feelings, scores, strict=True):
        _feel(feeling, score, editor)
    save_snapshot(journey, label=AFTER, note=AFTER_NOTE, by=editor)
    _write(notes[1], texts[1], editor)


def _feel(feeling: Emotion, score: int, by: Actor) -> None:
    record_emotion(feeling.stage, persona=feeling.persona, score=score, by=by)


def _write(note: Note, text: str, by: Actor) -> None:
    with note.board.editing(by=by):
        note.text = text
        note.save()

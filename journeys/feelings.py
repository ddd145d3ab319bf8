"""Writing feelings, in a stage or at a spot within one; edited through the board's one door."""

from journeys.models import Feeling
from teams.access import Actor


def feeling_at(empty: Feeling) -> Feeling:
    """The feeling of the same persona at the same place; `empty` itself where there is none."""
    place = f"{empty.PLACE}_id"
    same = {place: getattr(empty, place), "persona_id": empty.persona_id}
    return type(empty).objects.filter(**same).first() or empty


def felt_by(empty: Feeling) -> set[int | None]:
    """The ids of the personas whose feeling at the same place is known."""
    place = f"{empty.PLACE}_id"
    known = type(empty).objects.filter(**{place: getattr(empty, place)})
    return set(known.values_list("persona_id", flat=True))


def save_feeling(feeling: Feeling, *, by: Actor) -> None:
    """Write a feeling whose score and reason were set; without a score it is taken away."""
    cleared = feeling.score is None
    with feeling.board.editing(by=by):
        if not cleared:
            feeling.save()
        elif feeling.pk is not None:
            feeling.delete()

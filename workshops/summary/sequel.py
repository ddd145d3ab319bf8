"""The workshops before and after this one, where all readers of this one may see them."""

from django.db.models import F

from workshops.models import Workshop


def next_of(workshop: Workshop) -> Workshop | None:
    """The follow-up: the soonest that has a date, else one without."""
    after = Workshop.objects.alive().filter(follows=workshop.pk)
    same = after.filter(governed_by=workshop.governed_by_id, hidden=False)
    found: Workshop | None = same.order_by(F("starts_at").asc(nulls_last=True), "pk").first()
    return found


def previous_of(workshop: Workshop) -> Workshop | None:
    before = workshop.follows
    if before is None or before.deleted_at or before.hidden:
        return None
    return before if before.governed_by_id == workshop.governed_by_id else None

"""Where an item was copied from, when one board was made from another."""

from django.db import models


class Derived(models.Model):
    """An item that remembers its original, on the same or on another board.

    The database does not hold the original: that goes and comes back (by undo) without a
    write here, and an id that leads nowhere says that the original has been deleted.
    """

    origin = models.ForeignKey(
        "self",
        models.DO_NOTHING,
        null=True,
        blank=True,
        editable=False,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        abstract = True

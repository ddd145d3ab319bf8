"""Fills Board.governed_by of the workshops that are there already."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, QuerySet, Subquery


def take_over(apps: Any, _schema_editor: Any) -> None:
    board, workshop = apps.get_model("collaboration.Board"), apps.get_model("workshops.Workshop")
    subject = workshop.objects.filter(pk=OuterRef("pk")).values("subject")
    # The board's own queryset refuses to write many rows.
    QuerySet(board).filter(kind="workshop").update(governed_by=Subquery(subject))


class Migration(migrations.Migration):
    dependencies = [
        ("collaboration", "0004_drafts_and_access"),
        ("workshops", "0001_initial"),
    ]
    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]

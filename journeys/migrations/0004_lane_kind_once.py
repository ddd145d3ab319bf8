from django.db import migrations, models


def keep_the_first(apps, schema_editor):
    """A second lane of such a kind, from before the rule, becomes one of free text."""
    seen = set()
    lanes = apps.get_model("journeys", "Lane")._base_manager
    kinds = ("emotion", "touchpoints", "insights")
    for lane in lanes.filter(kind__in=kinds).order_by("board_id", "position"):
        key = lane.board_id, lane.kind
        if key in seen:
            lanes.filter(pk=lane.pk).update(kind="text")
        seen.add(key)


class Migration(migrations.Migration):

    dependencies = [
        ('collaboration', '0002_time_machine'),
        ('journeys', '0003_note_voice'),
    ]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='lane',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('emotion', 'touchpoints', 'insights'))), fields=('board', 'kind'), name='lane_kind_once'),
        ),
    ]

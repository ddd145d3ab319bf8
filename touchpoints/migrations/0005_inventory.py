import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

RATED = [
    django.core.validators.MinValueValidator(1),
    django.core.validators.MaxValueValidator(5),
]

HISTORY = """
    UPDATE collaboration_change
    SET {column} = ({column} - 'used') || jsonb_build_object(
        'use', CASE WHEN ({column} ->> 'used')::boolean THEN 'mainly' ELSE 'not' END)
    WHERE item_type = 'touchpoint' AND {column} ? 'used'
"""
HISTORY_BACK = """
    UPDATE collaboration_change
    SET {column} = ({column} - 'use') || jsonb_build_object(
        'used', ({column} ->> 'use') <> 'not')
    WHERE item_type = 'touchpoint' AND {column} ? 'use'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaboration", "0007_archive"),
        ("journeys", "0012_templates"),
        ("touchpoints", "0004_found_in_languages"),
    ]

    operations = [
        migrations.AddField(
            "touchpoint", "contact",
            models.CharField(choices=[("before", "Before the contact with us"), ("with", "In contact with us"), ("after", "After the contact with us")], default="with", max_length=6, verbose_name="where it lies"),
        ),
        migrations.AddField("touchpoint", "department", models.CharField(blank=True, max_length=80, verbose_name="responsible department")),
        migrations.AddField(
            "touchpoint", "device",
            models.CharField(blank=True, choices=[("phone", "Phone"), ("tablet", "Tablet"), ("computer", "Computer"), ("machine", "Another machine or screen"), ("none", "No device")], max_length=8, verbose_name="device"),
        ),
        migrations.AddField("touchpoint", "downstream", models.CharField(blank=True, max_length=280, verbose_name="who works on with the result")),
        migrations.AddField(
            "touchpoint", "missing",
            models.BooleanField(default=False, help_text="Customers look for it here and do not find it.", verbose_name="missing: it should exist and does not"),
        ),
        migrations.AddField("touchpoint", "our_importance", models.PositiveSmallIntegerField(blank=True, null=True, validators=RATED, verbose_name="importance to us")),
        migrations.AddField(
            "touchpoint", "party",
            models.CharField(choices=[("us", "Us"), ("partner", "A partner of ours"), ("competitor", "A competitor"), ("friends", "Friends, family, colleagues"), ("public", "Press, reviewers, the public"), ("others", "Others")], default="us", max_length=10, verbose_name="who it is with"),
        ),
        migrations.AddField(
            "touchpoint", "persona",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="journeys.persona", verbose_name="whose touchpoint"),
        ),
        migrations.AddField("touchpoint", "strengths", models.TextField(blank=True, max_length=1000, verbose_name="what is good about it")),
        migrations.AddField("touchpoint", "weaknesses", models.TextField(blank=True, max_length=1000, verbose_name="what is weak about it")),
        migrations.AddField(
            "touchpoint", "verdict",
            models.CharField(choices=[("unknown", "Not known"), ("works", "Works"), ("fails", "Does not work")], default="unknown", max_length=7, verbose_name="does it work"),
        ),
        migrations.AddField("touchpoint", "verdict_on", models.DateField(blank=True, null=True, verbose_name="judged on")),
        migrations.AddField(
            "touchpoint", "use",
            models.CharField(choices=[("mainly", "Mainly"), ("sometimes", "Sometimes"), ("not", "Not")], default="mainly", max_length=9, verbose_name="customers use it"),
        ),
        migrations.RunSQL(
            "UPDATE touchpoints_touchpoint SET use = 'not' WHERE NOT used; SET CONSTRAINTS ALL IMMEDIATE",
            "UPDATE touchpoints_touchpoint SET used = (use <> 'not'); SET CONSTRAINTS ALL IMMEDIATE",
        ),
        migrations.RunSQL(HISTORY.format(column="before"), HISTORY_BACK.format(column="before")),
        migrations.RunSQL(HISTORY.format(column="after"), HISTORY_BACK.format(column="after")),
        migrations.RemoveField("touchpoint", "used"),
        migrations.AddConstraint(
            "touchpoint",
            models.CheckConstraint(condition=models.Q(("our_importance", None), ("our_importance__range", (1, 5)), _connector="OR"), name="touchpoint_our_importance_1_to_5"),
        ),
        migrations.AddConstraint(
            "touchpoint",
            models.CheckConstraint(condition=models.Q(("use__in", ["mainly", "sometimes", "not"])), name="touchpoint_known_use"),
        ),
    ]

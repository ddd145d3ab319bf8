"""The `demo` command where no demo has been made yet: refused, forced, or in nobody's way."""

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from teams.models import User, Workspace
from teams.services import create_workspace


def test_is_refused_where_neither_debug_nor_demo_is_set(db, settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="public password"):
        call_command("demo")
    assert not Workspace.objects.exists()
    assert not User.objects.exists()


def test_is_made_by_force_all_the_same_and_in_english(db, settings, capsys):
    settings.DEMO = settings.DEBUG = False
    with override("da"):
        call_command("demo", force=True)
    assert "owner@demo.example" in capsys.readouterr().out
    assert {workspace.slug for workspace in Workspace.objects.all()} == {"demo", "other"}
    names = set(Workspace.objects.get(slug="demo").channels.values_list("name", flat=True))
    assert {"Website", "Phone", "Trade press"} <= names


def test_workspace_of_real_people_is_not_taken(db, settings, charlie):
    settings.DEMO = True
    create_workspace("Our demonstrations", slug="demo", by=charlie)
    with pytest.raises(CommandError, match="not the demo's"):
        call_command("demo", verbosity=0)
    assert {workspace.name for workspace in Workspace.objects.all()} == {
        "Our demonstrations",
        "Other People's Firm",
    }

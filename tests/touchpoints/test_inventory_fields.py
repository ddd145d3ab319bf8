"""What the inventory knows of a touchpoint beyond its title and channel."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from collaboration.editing import Refused
from collaboration.models import Change
from journeys.services import attach_persona, create_persona, delete_persona, detach_persona
from touchpoints import services
from touchpoints.forms import TouchpointForm
from touchpoints.models import Touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaflet(stages, shop, by_bob):
    return services.create_touchpoint(stage=stages[0], title="Leaflet", channel=shop, by=by_bob)


def stored(touchpoint):
    return Touchpoint.objects.get(pk=touchpoint.pk)


def test_a_new_touchpoint_is_with_us_and_mainly_used(leaflet):
    assert (leaflet.use, leaflet.used, leaflet.party, leaflet.contact, leaflet.verdict) == (
        "mainly", True, "us", "with", "unknown",
    )  # fmt: skip


def test_not_used_needs_the_reason(leaflet, by_bob):
    leaflet.use = "not"
    with pytest.raises(Refused, match="Say why"):
        services.save_touchpoint(leaflet, by=by_bob)
    assert stored(leaflet).use == "mainly"
    leaflet.why_unused = "It goes to the bin."
    services.save_touchpoint(leaflet, by=by_bob)
    assert not stored(leaflet).used


def test_the_reason_cannot_be_taken_away_while_it_is_not_used(stages, by_bob):
    made = services.create_touchpoint(
        stage=stages[0], title="Leaflet", use="not", why_unused="Bin", by=by_bob
    )
    made.why_unused = ""
    with pytest.raises(Refused, match="Say why"):
        services.save_touchpoint(made, by=by_bob)


def test_form_asks_for_the_reason_and_opens_where_it_is_asked(client_of, bob, journey, leaflet):
    address = reverse("touchpoints:touchpoint_edit", args=[journey.pk, leaflet.pk])
    sent = {"title": "Leaflet", "initial-title": "Leaflet", "use": "not", "initial-use": "mainly"}
    response = client_of(bob).post(address, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why customers do not use it." in page
    assert page.count('<details class="more" open>') == 1
    assert client_of(bob).post(address, {**sent, "why_unused": "Too far"}).status_code == 200
    assert stored(leaflet).why_unused == "Too far"


def test_form_is_short_until_its_sections_are_opened(journey, leaflet):
    form = TouchpointForm(instance=stored(leaflet))
    assert [field.name for field in form.main_fields] == ["title", "channel", "moment_of_truth"]
    shown = [field.name for section in form.sections for field in section.fields]
    assert sorted([*shown, *TouchpointForm.MAIN]) == sorted(form.fields)
    assert [section.filled for section in form.sections] == [0, 0, 0, 0]


def test_a_verdict_is_dated_today_unless_a_date_is_given(leaflet, by_bob):
    leaflet.verdict = "fails"
    services.save_touchpoint(leaflet, by=by_bob)
    assert stored(leaflet).verdict_on == timezone.localdate()
    leaflet.verdict, leaflet.verdict_on = "works", "2026-03-01"
    services.save_touchpoint(leaflet, by=by_bob)
    assert str(stored(leaflet).verdict_on) == "2026-03-01"
    leaflet.verdict = "unknown"
    services.save_touchpoint(leaflet, by=by_bob)
    assert stored(leaflet).verdict_on is None


def test_a_touchpoint_is_of_a_persona_that_the_map_shows(nordlys, journey, leaflet, by_bob):
    persona = create_persona(nordlys, name="Karin", by=by_bob)
    leaflet.persona = persona
    with pytest.raises(Refused, match="does not show"):
        services.save_touchpoint(leaflet, by=by_bob)
    attach_persona(journey, persona, by=by_bob)
    services.save_touchpoint(leaflet, by=by_bob)
    detach_persona(journey, persona, by=by_bob)
    delete_persona(persona, by=by_bob)
    assert stored(leaflet).persona is None


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"our_importance": 6}, "touchpoint_our_importance_1_to_5"),
        ({"use": "often"}, "touchpoint_known_use"),
    ],
)
def test_database_refuses(stages, by_bob, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        services.create_touchpoint(stage=stages[0], title="Leaflet", **values, by=by_bob)


def test_missing_touchpoint_says_so_on_the_map(client_of, victor, journey, stages, by_bob):
    services.create_touchpoint(stage=stages[0], title="Price list", missing=True, by=by_bob)
    page = client_of(victor).get(reverse("journeys:map", args=[journey.pk])).content.decode()
    assert "data-missing>" in page
    assert '<span class="badge badge-outline">missing</span>' in page


def test_history_of_the_former_yes_or_no_speaks_of_use(journey, leaflet):
    migration = import_module("touchpoints.migrations.0005_inventory")
    changes = Change.objects.filter(item_type="touchpoint", item_id=leaflet.pk)
    changes.update(before={"used": True}, after={"used": False, "why_unused": "Bin"})
    with connection.cursor() as cursor:
        cursor.execute(migration.HISTORY.format(column="before"))
        cursor.execute(migration.HISTORY.format(column="after"))
    change = changes.get()
    assert change.before == {"use": "mainly"}
    assert change.after == {"use": "not", "why_unused": "Bin"}

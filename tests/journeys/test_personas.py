"""Faces of personas, and their earlier versions: kept with each change, compared, put back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys import services
from journeys.models import Persona, PersonaVersion
from journeys.versions import FIELDS, MOST_VERSIONS, versions_of
from tests.drawn import picture_file


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def persona(nordlys, as_bob):
    return services.create_persona(nordlys, name="Mette Friis", goals="Order", by=as_bob)


@pytest.fixture
def stranger(other, charlie):
    from teams.access import actor_in

    return services.create_persona(other, name="Secret", by=actor_in(charlie, other))


def url(name, *ids):
    return reverse(f"journeys:{name}", args=ids)


def change(persona, by, **values):
    with services.editing_persona(persona, by=by) as present:
        for name, value in values.items():
            setattr(present, name, value)
        present.save()


# --- Portraits -------------------------------------------------------------------------------
def test_a_portrait_is_shown_on_page_library_dashboard_and_map(
    client_of, bob, persona, journey, as_bob
):
    services.attach_persona(journey, persona, by=as_bob)
    client = client_of(bob)
    answer = client.post(url("portrait_change", persona.pk), {"file": picture_file()})
    assert answer.status_code == 302
    ours, on_map = url("portrait", persona.pk), url("portrait_on_map", journey.pk, persona.pk)
    for page in (url("persona", persona.pk), url("personas"), url("dashboard")):
        assert f'src="{ours}?' in client.get(page).content.decode()
    assert f'src="{on_map}?' in client.get(url("map", journey.pk)).content.decode()
    assert client.get(ours)["Content-Type"] == "image/jpeg"
    assert client.get(on_map)["X-Content-Type-Options"] == "nosniff"


def test_without_a_portrait_initials_stand_for_it(client_of, bob, persona):
    client = client_of(bob)
    assert ">MF</span>" in client.get(url("persona", persona.pk)).content.decode()
    assert client.get(url("portrait", persona.pk)).status_code == 404


def test_a_portrait_is_taken_away_and_comes_back_with_its_version(client_of, bob, persona, as_bob):
    services.change_portrait(persona, file=picture_file(), by=as_bob)
    client = client_of(bob)
    client.post(url("portrait_change", persona.pk), {"remove": "1"})
    assert client.get(url("portrait", persona.pk)).status_code == 404
    services.put_back_persona(PersonaVersion.objects.first(), by=as_bob)
    assert client.get(url("portrait", persona.pk)).status_code == 200


@pytest.mark.parametrize("content", [b"<svg><script>alert(1)</script></svg>", b"", b"GIF89a"])
def test_case_87_a_portrait_that_is_no_picture_is_refused_in_words(
    content, client_of, bob, persona
):
    file = SimpleUploadedFile("face.png", content, content_type="image/png")
    answer = client_of(bob).post(url("portrait_change", persona.pk), {"file": file})
    assert answer.status_code == 422
    assert 'class="field-errors"' in answer.content.decode()
    assert Persona.objects.get(pk=persona.pk).portrait == ""


def test_case_56_a_strangers_face_does_not_exist(client_of, bob, persona, stranger, journey):
    client = client_of(bob)
    for name in ("portrait", "persona"):
        assert client.get(url(name, stranger.pk)).status_code == 404
    assert client.get(url("portrait_on_map", journey.pk, stranger.pk)).status_code == 404
    assert client.get(url("portrait_on_map", journey.pk, persona.pk)).status_code == 404
    sent = {"file": picture_file()}
    assert client.post(url("portrait_change", stranger.pk), sent).status_code == 404


# --- Versions --------------------------------------------------------------------------------
def test_each_change_keeps_what_was_who_changed_it_and_when(persona, as_bob, as_alice):
    change(persona, as_bob, goals="Calm")
    change(persona, as_alice, goals="Speed", pains="Noise")
    first, second = versions_of(Persona.objects.get(pk=persona.pk))
    assert first.version.replaced_by_name == "Alice"
    assert [(field.name, field.then, field.now) for field in first.changed] == [
        ("goals", "Calm", "Speed"),
        ("pains", "", "Noise"),
    ]
    assert second.version.replaced_by_name == "Bob"
    assert second.version.values["goals"] == "Order"
    assert second.version.replaced_at <= first.version.replaced_at


def test_a_save_that_changes_nothing_keeps_nothing(persona, as_bob):
    services.change_persona(persona, by=as_bob)
    assert not PersonaVersion.objects.exists()


def test_the_form_keeps_a_version_and_a_form_with_faults_none(client_of, bob, persona):
    client, address = client_of(bob), url("persona_edit", persona.pk)
    assert client.post(address, {"name": "", "colour": "1"}).status_code == 422
    assert not PersonaVersion.objects.exists()
    data = {"name": "Mette", "goals": "Order", "colour": str(persona.colour)}
    assert client.post(address, data).status_code == 302
    assert PersonaVersion.objects.get().values["name"] == "Mette Friis"


def test_a_version_is_compared_and_put_back_which_is_a_change_itself(
    client_of, bob, victor, persona, as_bob
):
    change(persona, as_bob, goals="Calm", quote="Leave me alone")
    version = PersonaVersion.objects.get()
    page = client_of(victor).get(url("persona_version", persona.pk, version.pk))
    words = page.content.decode()
    assert words.count("data-differs") == 2
    assert "Order" in words
    assert "Leave me alone" in words
    assert "Put this version back" not in words
    address = url("persona_put_back", persona.pk, version.pk)
    assert client_of(victor).post(address).status_code == 403
    assert client_of(bob).post(address).status_code == 302
    persona.refresh_from_db()
    assert (persona.goals, persona.quote) == ("Order", "")
    assert PersonaVersion.objects.filter(persona=persona).first().values["goals"] == "Calm"


def test_a_version_of_another_persona_is_not_found(client_of, bob, nordlys, persona, as_bob):
    other = services.create_persona(nordlys, name="Jonas", by=as_bob)
    change(other, as_bob, goals="Fun")
    version = PersonaVersion.objects.get()
    assert client_of(bob).get(url("persona_version", persona.pk, version.pk)).status_code == 404
    address = url("persona_put_back", persona.pk, version.pk)
    assert client_of(bob).post(address).status_code == 404


def test_putting_back_redraws_the_maps_that_show_the_persona(journey, persona, as_bob):
    services.attach_persona(journey, persona, by=as_bob)
    change(persona, as_bob, name="Somebody else")
    journey.refresh_from_db()
    before = journey.version
    services.put_back_persona(PersonaVersion.objects.get(), by=as_bob)
    journey.refresh_from_db()
    assert journey.version == before + 1


def test_a_version_holds_all_that_a_person_can_change():
    kept = set(FIELDS)
    editable = {
        field.name
        for field in Persona._meta.concrete_fields
        if field.name not in {"id", "workspace", "created_at", "updated_at"}
    }
    assert editable == kept


def test_only_so_many_versions_are_kept(persona, as_bob, monkeypatch):
    monkeypatch.setattr("journeys.versions.MOST_VERSIONS", 3)
    for number in range(6):
        change(persona, as_bob, goals=f"Goal {number}")
    kept = [version.values["goals"] for version in PersonaVersion.objects.order_by("-pk")]
    assert kept == ["Goal 4", "Goal 3", "Goal 2"]
    assert MOST_VERSIONS == 200

"""Files of pictures stay as long as anything could show them again, and no longer."""

import os
from datetime import timedelta

import pytest
from django.conf import settings as present
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from collaboration import trash
from collaboration.pictures import keep_picture
from collaboration.snapshots import save_snapshot
from collaboration.undo import undo
from collaboration.unused_pictures import purge_unused
from journeys import services
from journeys.copies import copy_journey
from journeys.models import Journey, Picture
from journeys.pictures import create_picture, delete_picture
from teams.access import Actor
from tests.drawn import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def age(*names: str) -> None:
    """Make files two days old."""
    then = (timezone.now() - timedelta(days=2)).timestamp()
    for name in names:
        os.utime(default_storage.path(name), (then, then))


@pytest.fixture
def picture(journey, stages, as_bob) -> Picture:
    lane = services.create_lane(journey, kind="image", by=as_bob)
    made = create_picture(
        stage=stages[0], lane=lane, file=picture_file(), alt="A shop window", by=as_bob
    )
    age(made.stored)
    return made


def test_a_picture_on_a_map_is_kept_and_a_lost_file_is_not(picture):
    lost = keep_picture(picture_file()).name
    age(lost)
    assert purge_unused() == 1
    assert default_storage.exists(picture.stored)
    assert not default_storage.exists(lost)
    assert purge_unused() == 0


def test_a_young_file_may_still_get_its_row(picture):
    fresh = keep_picture(picture_file()).name
    assert purge_unused() == 0
    assert default_storage.exists(fresh)


def test_a_picture_that_was_taken_off_is_kept_for_undo_and_the_past(picture, journey, as_bob):
    save_snapshot(journey, label="With the picture", by=as_bob)
    delete_picture(picture, by=as_bob)
    assert purge_unused() == 0
    journey.refresh_from_db()
    undo(journey, journey.version, by=as_bob)
    assert default_storage.exists(Picture.objects.get(board=journey.pk).stored)


def test_a_picture_goes_with_the_last_map_that_could_show_it(picture, journey, as_bob):
    copy = copy_journey(journey, title="Second", by=as_bob)
    _erase(journey, as_bob)
    assert purge_unused() == 0
    _erase(copy, as_bob)
    assert purge_unused() == 1
    assert not default_storage.exists(picture.stored)


def _erase(journey: Journey, by: Actor) -> None:
    with journey.editing(by=by):
        journey.deleted_at = timezone.now() - timedelta(days=trash.KEPT_DAYS + 1)
        journey.save()
    assert trash.purge_expired() == 1


def test_a_portrait_is_kept_while_an_earlier_version_of_its_persona_has_it(nordlys, as_bob):
    persona = services.create_persona(nordlys, name="Åsa", by=as_bob)
    services.change_portrait(persona, file=picture_file(), by=as_bob)
    persona.refresh_from_db()
    first = persona.portrait
    services.change_portrait(persona, file=picture_file(), by=as_bob)
    persona.refresh_from_db()
    age(first, persona.portrait)
    assert purge_unused() == 0
    persona.versions.all().delete()
    assert purge_unused() == 1
    assert (default_storage.exists(first), default_storage.exists(persona.portrait)) == (
        False, True,
    )  # fmt: skip


def test_other_files_are_none_of_its_business(picture):
    name = default_storage.save("exports/ab/file.pdf", ContentFile(b"x"))
    age(name)
    assert purge_unused() == 0
    assert default_storage.exists(name)


def test_it_runs_once_a_day():
    (entry,) = [
        one
        for one in present.CELERY_BEAT_SCHEDULE.values()
        if one["task"] == "collaboration.tasks.purge_unused_pictures"
    ]
    assert entry["schedule"] == 24 * 60 * 60

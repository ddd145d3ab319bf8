"""Pictures in the cells of a map: who sees them, what they say, and that Undo finds them."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from collaboration.editing import Refused
from collaboration.models import Board
from collaboration.undo import undo
from journeys import pictures, services
from journeys.models import Picture, Stage
from teams.access import actor_in
from tests.drawn import picture_file


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lane(journey, as_bob):
    return services.create_lane(journey, kind="image", by=as_bob)


@pytest.fixture
def picture(stages, lane, as_bob) -> Picture:
    return pictures.create_picture(
        stage=stages[0], lane=lane, file=picture_file(), alt="A shop window", by=as_bob
    )


def url(name, journey, *ids):
    return reverse(f"journeys:{name}", args=[journey.pk, *ids])


def test_a_picture_is_hung_in_its_cell(client_of, bob, journey, stages, lane):
    address = url("picture_create", journey, stages[0].pk, lane.pk)
    answer = client_of(bob).post(address, {"file": picture_file(), "alt": "A shop window"})
    page = answer.content.decode()
    picture = Picture.objects.get()
    assert answer.status_code == 200
    assert f'id="cell-{stages[0].pk}-{lane.pk}"' in page
    assert 'alt="A shop window"' in page
    assert (picture.file_name, picture.width, picture.height) == ("square.png", 40, 30)


def test_case_87_a_picture_is_given_out_as_nothing_but_a_picture(
    client_of, victor, journey, picture
):
    answer = client_of(victor).get(url("picture", journey, picture.pk))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"].startswith("private")
    assert answer.content.startswith(b"\xff\xd8\xff")


def test_case_56_a_strangers_picture_does_not_exist(
    client_of, bob, charlie, other, journey, picture, secret
):
    by = actor_in(charlie, other)
    lane = services.create_lane(secret, kind="image", by=by)
    stage = Stage.objects.filter(board=secret.pk).first()
    theirs = pictures.create_picture(
        stage=stage, lane=lane, file=picture_file(), alt="Secret", by=by
    )
    assert client_of(charlie).get(url("picture", journey, picture.pk)).status_code == 404
    client = client_of(bob)
    for address in (url("picture", secret, theirs.pk), url("picture", journey, theirs.pk)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"alt": "Drawn"}, "required"),
        ({"file": picture_file(name="a.svg", kind="PNG"), "alt": ""}, "Say what the picture shows"),
        ({"file": picture_file(), "alt": "x" * 281}, "280"),
    ],
)
def test_a_form_without_picture_or_words_comes_back(
    sent, words, client_of, bob, journey, stages, lane
):
    if "file" in sent:
        sent["file"].seek(0)
    answer = client_of(bob).post(url("picture_create", journey, stages[0].pk, lane.pk), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ["drawing.svg", "photo.png", "shell.php.jpg", "../../a.webp"])
def test_case_87_a_file_that_lies_about_its_type_is_refused_in_words(
    name, client_of, bob, journey, stages, lane
):
    from django.core.files.uploadedfile import SimpleUploadedFile

    script = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    file = SimpleUploadedFile(name, script, content_type="image/png")
    address = url("picture_create", journey, stages[0].pk, lane.pk)
    answer = client_of(bob).post(address, {"file": file, "alt": "Innocent"})
    assert answer.status_code == 422
    assert "no picture that we can read" in answer.content.decode()
    assert 'value="Innocent"' in answer.content.decode()


def test_decoration_needs_no_words_and_is_silent_to_readers(
    client_of, bob, victor, journey, stages, lane
):
    address = url("picture_create", journey, stages[0].pk, lane.pk)
    sent = {"file": picture_file(), "alt": "", "decorative": "on"}
    assert client_of(bob).post(address, sent).status_code == 200
    assert 'alt=""' in client_of(victor).get(url("map", journey)).content.decode()


def test_words_cannot_be_taken_away(client_of, bob, journey, picture, as_bob):
    data = {"alt": "", "initial-alt": "A shop window"}
    answer = client_of(bob).post(url("picture_edit", journey, picture.pk), data)
    assert answer.status_code == 422
    picture.alt = " "
    with pytest.raises(Refused):
        pictures.save_picture(picture, by=as_bob)
    picture.alt = ""
    with pytest.raises(IntegrityError), transaction.atomic(), journey.editing(by=as_bob):
        picture.save()


def test_undo_of_a_deletion_finds_the_file(client_of, bob, journey, picture, as_bob):
    pictures.delete_picture(picture, by=as_bob)
    client = client_of(bob)
    assert client.get(url("picture", journey, picture.pk)).status_code == 404
    undo(journey, Board.objects.get(pk=journey.pk).version, by=as_bob)
    assert client.get(url("picture", journey, picture.pk)).status_code == 200


def test_a_picture_hangs_only_in_lanes_of_pictures(
    client_of, bob, journey, stages, thinks, picture, as_bob
):
    address = url("picture_create", journey, stages[0].pk, thinks.pk)
    sent = {"file": picture_file(), "alt": "A window"}
    assert client_of(bob).post(address, sent).status_code == 422
    with pytest.raises(Refused):
        pictures.move_picture(picture, stage=stages[0], lane=thinks, by=as_bob)


def test_a_picture_is_moved_by_arrows_and_stays_at_the_edge(
    client_of, bob, journey, stages, picture
):
    client, address = client_of(bob), url("picture_move", journey, picture.pk)
    assert client.post(address, {"direction": "left"}).status_code == 200
    assert client.post(address, {"direction": "right"}).status_code == 200
    picture.refresh_from_db()
    assert picture.stage == stages[1]


def test_a_missing_file_is_not_found(client_of, bob, journey, picture):
    from django.core.files.storage import default_storage

    default_storage.delete(picture.stored)
    assert client_of(bob).get(url("picture", journey, picture.pk)).status_code == 404

"""A file that is refused takes nothing along: what else was typed stays in its form."""

from io import BytesIO

import pytest
from django.urls import reverse

from collaboration.pictures import MOST_BYTES
from journeys import services
from journeys.models import Picture
from tests.drawn import picture_file

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
WRONG_TYPE = "This is no picture that we can read. Take a PNG, JPEG or WebP file."
TOO_LARGE = "This picture is larger than 10 MB. Make it smaller first."


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def address(journey, stages, as_bob):
    lane = services.create_lane(journey, kind="image", by=as_bob)
    return reverse("journeys:picture_create", args=[journey.pk, stages[0].pk, lane.pk])


def named(content: bytes, name: str) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def refused():
    return [
        (named(b"Dear Sir or Madam", "letter.png"), WRONG_TYPE),
        (named(b"\x89PNG" + bytes(MOST_BYTES), "huge.png"), TOO_LARGE),
    ]


@pytest.mark.parametrize(("file", "sentence"), refused(), ids=["wrong type", "too large"])
def test_case_87_a_refused_picture_keeps_its_words_and_is_told_in_one_sentence(
    file, sentence, client_of, bob, address
):
    client = client_of(bob)
    typed = {"alt": "The “new” shop <window>", "decorative": "on", "idempotency_key": "one"}
    answer = client.post(address, typed | {"file": file}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 1 + 1
    assert answer.text.count('role="alert"') == 1
    assert "Nothing was saved yet" not in answer.text
    form = answer.context["form"]
    assert (form["alt"].value(), form["decorative"].value()) == ("The “new” shop <window>", True)
    assert 'value="The “new” shop &lt;window&gt;"' in answer.text
    assert not Picture.objects.exists()
    again = client.post(address, typed | {"file": picture_file()}, headers=HTMX)
    assert again.status_code == 200
    assert Picture.objects.get().alt == "The “new” shop <window>"


@pytest.mark.parametrize(("file", "sentence"), refused(), ids=["wrong type", "too large"])
def test_case_87_a_refused_portrait_leaves_the_persona_as_it_was(
    file, sentence, client_of, bob, nordlys, as_bob
):
    persona = services.create_persona(nordlys, name="Åsa", by=as_bob)
    services.change_portrait(persona, file=picture_file(), by=as_bob)
    persona.refresh_from_db()
    before = persona.portrait
    address = reverse("journeys:portrait_change", args=[persona.pk])
    answer = client_of(bob).post(address, {"file": file})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert '<details class="more persona-portrait" open>' in answer.text
    persona.refresh_from_db()
    assert persona.portrait == before


def test_the_browser_knows_what_would_be_refused(client_of, bob, address):
    page = client_of(bob).get(address).text
    assert f'data-most-bytes="{MOST_BYTES}"' in page
    assert f'data-too-large="{TOO_LARGE}"' in page
    assert f'data-wrong-type="{WRONG_TYPE}"' in page

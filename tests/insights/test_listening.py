import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from insights import listening
from insights.models import Evidence, Insight, Source
from insights.services import create_source
from journeys.services import create_persona
from teams.access import actor_in

pytestmark = pytest.mark.django_db

ADDRESS = "/insights/listening/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def persona(nordlys, by_bob):
    return create_persona(nordlys, name="Karin", by=by_bob)


def test_a_shift_of_five_calls(client_of, bob, nordlys, stages, persona):
    client = client_of(bob, **HTMX)
    for number in range(5):
        sent = {"situation": f"Call {number}", "wish": "An answer", "difficulty": "",
                "persona": persona.pk, "stage": stages[1].pk}  # fmt: skip
        answer = client.post(ADDRESS, sent).content.decode()
        assert f"Call {number}" in answer
        assert f'value="{persona.pk}" selected' in answer, "persona and stage are remembered"
        assert f'value="{stages[1].pk}" selected' in answer
        assert (
            '<textarea name="situation" cols="40" rows="2" maxlength="600" id="id_call_situation'
            in (answer)
        )
    source = Source.objects.get()
    assert (source.workspace, source.kind) == (nordlys, "listening")
    first = Insight.objects.order_by("pk")[0]
    assert (first.kind, first.text) == ("need", "Situation: Call 0\nWish: An answer")
    assert (first.source, list(first.personas.all())) == (source, [persona])
    assert Evidence.objects.filter(stage=stages[1]).count() == Insight.objects.count() == 5
    page = client.get(ADDRESS).content.decode()
    assert page.index("Call 4") < page.index("Call 0")


def test_who_struggles_has_a_pain(nordlys, by_bob):
    insight = listening.write_down_call(nordlys, difficulty="Nobody answers", by=by_bob)
    assert (insight.kind, insight.text) == ("pain", "Difficulty: Nobody answers")


def test_an_empty_call_gives_the_form_back_and_keeps_the_choice(client_of, bob, stages):
    response = client_of(bob, **HTMX).post(ADDRESS, {"situation": " ", "stage": stages[0].pk})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Write at least one of the three." in page
    assert f'value="{stages[0].pk}" selected' in page
    assert not Insight.objects.exists()


def test_without_scripts_the_page_comes_again(client_of, bob, nordlys):
    response = client_of(bob).post(ADDRESS, {"wish": "A price"})
    assert response["Location"] == reverse("insights:listening")


def test_case_5_the_same_call_sent_twice_is_written_once(client_of, bob, nordlys):
    client = client_of(bob, **HTMX)
    sent = {"wish": "Once", "idempotency_key": "once"}
    client.post(ADDRESS, sent)
    client.post(ADDRESS, sent)
    assert Insight.objects.count() == 1


def test_case_56_a_foreign_stage_is_no_choice(client_of, bob, nordlys, foreign_stage):
    response = client_of(bob).post(ADDRESS, {"wish": "Hm", "stage": foreign_stage.pk})
    assert response.status_code == 422
    assert not Insight.objects.exists()


def test_viewer_writes_no_call(client_of, victor, nordlys):
    assert client_of(victor).post(ADDRESS, {"wish": "No"}).status_code == 403
    with pytest.raises(PermissionDenied):
        listening.write_down_call(nordlys, wish="No", by=actor_in(victor, nordlys))


def test_where_there_are_several_places_to_listen_one_is_chosen_and_remembered(
    client_of, bob, nordlys, by_bob
):
    client = client_of(bob, **HTMX)
    assert 'name="source"' not in client.get(ADDRESS).text
    service, shop = (
        create_source(nordlys, name=name, kind="listening", by=by_bob)
        for name in ("Customer service", "Shop")
    )
    foreign = "999999"
    assert client.post(ADDRESS, {"wish": "A", "source": foreign}).status_code == 422
    answer = client.post(ADDRESS, {"wish": "Blue", "source": shop.pk}).text
    assert Insight.objects.get().source == shop
    assert f'value="{shop.pk}" selected' in answer
    assert f'value="{service.pk}"' in answer

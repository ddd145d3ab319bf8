import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insights import services
from insights.models import Source

pytestmark = pytest.mark.django_db

LIST = "/sources/"


def url(name, *ids):
    return reverse(f"insights:{name}", args=ids)


def test_list_shows_this_workspace_alone(client_of, victor, insight, foreign_source):
    page = client_of(victor).get(LIST).content.decode()
    assert "Interviews in spring" in page
    assert "Secret interviews" not in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_list_costs_the_same_queries_whatever_its_length(
    client_of, bob, nordlys, interviews, by_bob
):
    client = client_of(bob)
    client.get(LIST)
    with CaptureQueriesContext(connection) as with_one:
        client.get(LIST)
    for number in range(15):
        services.create_source(nordlys, name=f"Source {number}", kind="survey", by=by_bob)
    with CaptureQueriesContext(connection) as with_many:
        client.get(LIST)
    assert len(with_many) == len(with_one)


def test_empty_list_teaches(client_of, bob, nordlys):
    assert "No sources yet" in client_of(bob).get(LIST).content.decode()


def test_adding_renaming_and_deleting(client_of, bob, nordlys):
    client = client_of(bob)
    client.post(url("source_create"), {"name": "Survey in May", "kind": "survey"})
    source = Source.objects.get(workspace=nordlys)
    assert (source.name, source.kind) == ("Survey in May", "survey")
    assert "Survey in May" in client.get(url("source_edit", source.pk)).content.decode()
    client.post(url("source_edit", source.pk), {"name": "Survey in June", "kind": "survey"})
    assert Source.objects.get().name == "Survey in June"
    client.post(url("source_delete", source.pk))
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": "", "kind": "survey"}, "This field is required."),
        ({"name": "interviews IN spring", "kind": "survey"}, "already a source of this name"),
        ({"name": "New", "kind": "rumour"}, "Select a valid choice."),
    ],
)
def test_bad_input_is_told_in_words(client_of, bob, interviews, data, words):
    response = client_of(bob).post(url("source_create"), data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert list(Source.objects.all()) == [interviews]


def test_two_who_change_one_source_at_once_see_both(client_of, bob, interviews, by_bob):
    seen = {"initial-name": interviews.name, "initial-kind": interviews.kind}
    before = interviews.kind
    interviews.name = "Talks"
    services.change_source(interviews, by=by_bob)
    address, mine = url("source_edit", interviews.pk), {"name": "Chats", "kind": before}
    answer = client_of(bob).post(address, {**seen, **mine})
    assert answer.status_code == 409
    assert "Talks" in answer.content.decode()
    assert Source.objects.get(pk=interviews.pk).name == "Talks"
    kept = {"name": seen["initial-name"], "kind": "survey"}
    assert client_of(bob).post(address, {**seen, **kept}).status_code == 302
    changed = Source.objects.get(pk=interviews.pk)
    assert (changed.name, changed.kind) == ("Talks", "survey")


def test_renaming_to_a_name_in_use_is_told_in_words(client_of, bob, nordlys, interviews, by_bob):
    survey = services.create_source(nordlys, name="Survey", kind="survey", by=by_bob)
    data = {"name": "INTERVIEWS in spring", "kind": "survey"}
    response = client_of(bob).post(url("source_edit", survey.pk), data)
    assert response.status_code == 422


def test_deleting_one_with_insights_is_refused_in_words(client_of, bob, interviews, insight):
    response = client_of(bob).post(url("source_delete", interviews.pk))
    assert response.status_code == 409
    assert "Insights come from “Interviews in spring”." in response.content.decode()
    assert Source.objects.exists()


def test_case_56_foreign_ids_do_not_exist(client_of, bob, nordlys, foreign_source):
    client = client_of(bob)
    assert client.get(url("source_edit", foreign_source.pk)).status_code == 404
    for name in ("source_edit", "source_delete"):
        data = {"name": "Mine", "kind": "survey"}
        assert client.post(url(name, foreign_source.pk), data).status_code == 404
    assert Source.objects.get().name == "Secret interviews"


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_are_refused(request, client_of, interviews, who):
    client = client_of(request.getfixturevalue(who))
    data = {"name": "No", "kind": "survey"}
    addresses = [
        url("source_create"),
        url("source_edit", interviews.pk),
        url("source_delete", interviews.pk),
    ]
    assert [client.post(address, data).status_code for address in addresses] == [403] * 3
    assert [source.name for source in Source.objects.all()] == ["Interviews in spring"]

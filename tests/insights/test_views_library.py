import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insights import services
from insights.models import Evidence, Insight

pytestmark = pytest.mark.django_db

LIBRARY = "/insights/"


def url(name, *ids):
    return reverse(f"insights:{name}", args=ids)


def seen(insight, **changes):
    """What a browser sends: the values that the form showed, and what was typed over them."""
    shown = {
        "kind": insight.kind,
        "quote": insight.quote,
        "text": insight.text,
        "source": insight.source_id or "",
        "strength": insight.strength or "",
        "tags": ",".join(insight.tags),
    }
    return {**shown, **changes, **{f"initial-{name}": value for name, value in shown.items()}}


@pytest.fixture
def foreign_evidence(foreign_insight, foreign_stage, by_charlie):
    return services.attach_insight(foreign_insight, stage=foreign_stage, by=by_charlie)


# --- The list ------------------------------------------------------------------------------
def test_library_shows_this_workspace_alone(
    client_of, victor, evidence, foreign_evidence, foreign_source
):
    page = client_of(victor).get(LIBRARY).content.decode()
    for words in ("I typed my card number", "What holds them back", "Interviews in spring"):
        assert words in page
    assert "Buying sunglasses · During purchase" in page
    for words in ("Nobody may read this", "Secret interviews", "A secret of strangers"):
        assert words not in page
    assert "New insight" not in page


def test_empty_library_teaches(client_of, bob, victor, nordlys):
    assert "Add the first insight" in client_of(bob).get(LIBRARY).content.decode()
    page = client_of(victor).get(LIBRARY).content.decode()
    assert "No insights yet" in page
    assert "Add the first insight" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"card", "style"}),
        ("?q=CARD", {"card"}),
        ("?q=nothing+like+it", set()),
        ("?kind=need", {"style"}),
        ("?kind=gossip", {"card", "style"}),
        ("?unplaced=1", {"style"}),
        ("?source=999999999", set()),
        ("?source=no+number&page=twelve", {"card", "style"}),
        ("?page=99", {"card", "style"}),
        ("?q=" + "%25" * 150, set()),
    ],
)
def test_filters(client_of, bob, nordlys, evidence, by_bob, query, shown):
    services.create_insight(nordlys, kind="need", text="Must suit their style", by=by_bob)
    response = client_of(bob).get(LIBRARY + query)
    assert response.status_code == 200
    page = response.content.decode()
    words = {"card": "I typed my card number", "style": "Must suit their style"}
    assert {key for key, text in words.items() if text in page} == shown


def test_case_95_heavy_search_is_answered(client_of, bob, evidence):
    response = client_of(bob).get(LIBRARY, {"q": "%_é " * 3000})
    assert response.status_code == 200


def test_pages_keep_the_filters(client_of, bob, nordlys, by_bob):
    for number in range(25):
        services.create_insight(nordlys, kind="need", quote=f"Quote {number}", by=by_bob)
    client = client_of(bob)
    first = client.get(LIBRARY, {"kind": "need", "q": "quote"}).content.decode()
    assert "Page 1 of 2" in first
    assert 'href="?kind=need&amp;q=quote&amp;page=2"' in first
    second = client.get(LIBRARY, {"kind": "need", "q": "quote", "page": 2}).content.decode()
    assert "Quote 0" in second
    assert "Quote 24" not in second


def test_library_costs_the_same_queries_whatever_its_length(
    client_of, bob, stages, evidence, by_bob
):
    client = client_of(bob)
    client.get(LIBRARY)
    with CaptureQueriesContext(connection) as with_one:
        client.get(LIBRARY)
    for number in range(15):
        services.collect_insight(stage=stages[number % 3], quote=f"Quote {number}", by=by_bob)
    with CaptureQueriesContext(connection) as with_many:
        client.get(LIBRARY)
    assert len(with_many) == len(with_one)


# --- One insight ---------------------------------------------------------------------------
def test_adding(client_of, bob, nordlys, interviews):
    response = client_of(bob).post(
        url("insight_new"),
        {"kind": "doubt", "quote": "Is it safe?", "source": interviews.pk, "strength": 2,
         "tags": " Trust , trust,  paying on-line ,"},
    )  # fmt: skip
    insight = Insight.objects.get(workspace=nordlys)
    assert response["Location"] == url("insight", insight.pk)
    assert (insight.kind, insight.quote, insight.strength) == ("doubt", "Is it safe?", 2)
    assert insight.tags == ["trust", "paying on-line"]
    assert insight.source == interviews
    assert insight.created_by == bob


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "need"}, "Write a quote, an insight in your words, or both."),
        ({"kind": "gossip", "quote": "Hm"}, "Select a valid choice."),
        ({"kind": "need", "quote": "x" * 1001}, "at most 1000 characters"),
        ({"kind": "need", "quote": "Hm", "source": "secret"}, "Select a valid choice."),
        ({"kind": "need", "quote": "Hm", "strength": 4}, "Select a valid choice."),
        ({"kind": "need", "quote": "H\0m"}, "Null characters are not allowed."),
        ({"kind": "need", "quote": "Hm", "tags": "x" * 41}, "at most 40 characters"),
        ({"kind": "need", "quote": "Hm", "tags": "a,b,c,d,e,f,g,h,i,j,k,l,m"}, "no more than 12"),
    ],
)
def test_bad_input_gives_the_form_back_with_words(client_of, bob, nordlys, data, words):
    response = client_of(bob).post(url("insight_new"), data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Insight.objects.exists()


def test_foreign_source_is_no_choice(client_of, bob, nordlys, foreign_source):
    data = {"kind": "need", "quote": "Hm", "source": foreign_source.pk}
    response = client_of(bob).post(url("insight_new"), data)
    assert response.status_code == 422
    assert "Secret interviews" not in response.content.decode()


def test_case_5_the_same_form_sent_twice_adds_one(client_of, bob, nordlys):
    client = client_of(bob)
    sent = {"kind": "need", "quote": "Only once", "idempotency_key": "once-only"}
    assert (
        client.post(url("insight_new"), sent)["Location"]
        == (client.post(url("insight_new"), sent)["Location"])
    )
    assert Insight.objects.count() == 1


def test_insight_shows_its_places(client_of, victor, evidence):
    page = client_of(victor).get(url("insight", evidence.insight_id)).content.decode()
    assert "Buying sunglasses · During purchase" in page
    assert "Put it on a stage" not in page
    assert "Delete" not in page


def test_two_people_changing_different_fields_both_win(client_of, alice, bob, insight):
    address = url("insight_edit", insight.pk)
    client_of(alice).post(address, seen(insight, quote="Paying is a struggle."))
    client_of(bob).post(address, seen(insight, text="Saved cards are missing."))
    stored = Insight.objects.get(pk=insight.pk)
    assert (stored.quote, stored.text) == ("Paying is a struggle.", "Saved cards are missing.")


def test_case_1_same_field_gives_both_values_back(client_of, alice, bob, insight):
    address = url("insight_edit", insight.pk)
    client_of(alice).post(address, seen(insight, quote="Paying is a struggle."))
    response = client_of(bob).post(address, seen(insight, quote="Three times!"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "<blockquote>Paying is a struggle.</blockquote>" in page
    assert "<blockquote>Three times!</blockquote>" in page
    assert Insight.objects.get(pk=insight.pk).quote == "Paying is a struggle."
    assert 'name="initial-quote" value="Paying is a struggle."' in page


def test_putting_on_a_stage_and_taking_off(client_of, bob, stages, insight):
    client = client_of(bob)
    page = client.get(url("insight", insight.pk)).content.decode()
    assert '<optgroup label="Buying sunglasses">' in page
    client.post(url("insight_attach", insight.pk), {"stage": stages[2].pk})
    evidence = Evidence.objects.get(insight=insight)
    assert evidence.stage == stages[2]
    client.post(url("insight_detach", insight.pk, evidence.pk))
    assert not Evidence.objects.exists()
    assert Insight.objects.get() == insight


@pytest.mark.parametrize("stage", ["", "x", "-1", "9" * 30, "²"])
def test_stage_that_is_none_is_refused_in_words(client_of, bob, insight, stage):
    response = client_of(bob).post(url("insight_attach", insight.pk), {"stage": stage})
    assert response.status_code == 422
    assert "Choose a stage of one of your journeys." in response.content.decode()


def test_deleting_takes_it_off_the_maps(client_of, bob, insight, evidence):
    response = client_of(bob).post(url("insight_delete", insight.pk))
    assert response["Location"] == LIBRARY
    assert not Insight.objects.exists()
    assert not Evidence.objects.exists()


def test_markup_is_shown_as_text(client_of, bob, nordlys, by_bob):
    evil = "<script>alert(1)</script>"
    insight = services.create_insight(nordlys, quote=evil, text=evil, tags=[evil], by=by_bob)
    client = client_of(bob)
    for address in (LIBRARY, url("insight", insight.pk), url("insight_edit", insight.pk)):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


# --- Who may -------------------------------------------------------------------------------
def test_case_56_foreign_ids_do_not_exist(
    client_of, bob, insight, foreign_insight, foreign_evidence
):
    client = client_of(bob)
    posts = [
        (url("insight_edit", foreign_insight.pk), {"quote": "Mine"}),
        (url("insight_delete", foreign_insight.pk), {}),
        (url("insight_attach", foreign_insight.pk), {"stage": 1}),
        (url("insight_detach", foreign_insight.pk, foreign_evidence.pk), {}),
        (url("insight_detach", insight.pk, foreign_evidence.pk), {}),
    ]
    assert [client.post(address, data).status_code for address, data in posts] == [404] * 5
    for name in ("insight", "insight_edit"):
        assert client.get(url(name, foreign_insight.pk)).status_code == 404
    foreign_stage = {"stage": foreign_evidence.stage_id}
    assert client.post(url("insight_attach", insight.pk), foreign_stage).status_code == 422
    assert Insight.objects.get(pk=foreign_insight.pk).quote == "Nobody may read this."
    assert Evidence.objects.get() == foreign_evidence


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_are_refused(request, client_of, stages, insight, evidence, who):
    client = client_of(request.getfixturevalue(who))
    posts = [
        (url("insight_new"), {"kind": "need", "quote": "No"}),
        (url("insight_edit", insight.pk), {"quote": "No"}),
        (url("insight_delete", insight.pk), {}),
        (url("insight_attach", insight.pk), {"stage": stages[0].pk}),
        (url("insight_detach", insight.pk, evidence.pk), {}),
    ]
    assert [client.post(address, data).status_code for address, data in posts] == [403] * 5
    assert list(Insight.objects.all()) == [insight]
    assert list(Evidence.objects.all()) == [evidence]

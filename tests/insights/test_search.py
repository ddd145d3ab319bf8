"""Finding insights in four languages, and sorting out many at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse

from collaboration.models import Board
from insights import services, sorting_out
from insights.models import Evidence, Insight
from insights.selectors import Wanted, insights_of, tags_of
from journeys.services import create_persona
from teams.access import actor_in
from tests.cast import member

pytestmark = pytest.mark.django_db

LIBRARY = "/insights/"
ASSIGN, MERGE = reverse("insights:assign"), reverse("insights:merge")


@pytest.fixture
def add(nordlys, by_bob):
    def create(quote="", **fields):
        return services.create_insight(nordlys, quote=quote, by=by_bob, **fields)

    return create


@pytest.fixture
def in_four(add):
    return {
        "en": add("They were paying twice for deliveries", language="en"),
        "da": add("Kunderne venter på svar om leveringerne", language="da"),
        "sv": add("Kunderna väntar på svaren om priserna", language="sv"),
        "nl": add("Klanten wachten op de bestellingen", language="nl"),
    }


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("delivery", {"en"}),
        ("PAY twice", {"en"}),
        ("paid pay", set()),
        ("kunderne", {"da"}),
        ("levering", {"da"}),
        ("kund", {"da", "sv"}),
        ("väntade", {"sv"}),
        ("bestelling", {"nl"}),
        ("klant wachten", {"nl"}),
        ("svar", {"da", "sv"}),
    ],
)
def test_other_forms_of_a_word_are_found_by_the_rules_of_its_language(
    nordlys, in_four, words, languages
):
    found = set(insights_of(nordlys, Wanted(words=words)))
    assert found == {in_four[language] for language in languages}


def test_what_was_found_is_marked(client_of, bob, in_four):
    page = client_of(bob).get(LIBRARY, {"q": "delivery"}).content.decode()
    assert "They were paying twice for <mark>deliveries</mark>" in page


def test_marked_words_are_still_only_text(client_of, bob, add):
    add("<b>a 'price'</b>")
    page = client_of(bob).get(LIBRARY, {"q": "price"}).content.decode()
    assert "&lt;b&gt;a &#x27;<mark>price</mark>&#x27;&lt;/b&gt;" in page


def test_tags_and_names_of_sources_count_as_words(nordlys, add, interviews):
    tagged = add("Hm", tags=["Paying on-line"])
    sourced = add("Well", source=interviews)
    assert list(insights_of(nordlys, Wanted(words="on-line hm"))) == [tagged]
    assert list(insights_of(nordlys, Wanted(words="spring"))) == [sourced]


def test_the_library_is_narrowed_by_all_it_knows(client_of, bob, nordlys, add, stages, by_bob):
    karin = create_persona(nordlys, name="Karin", by=by_bob)
    wanted = add("Find me", tags=["price"], strength=2, language="sv", personas=[karin])
    services.attach_insight(wanted, stage=stages[1], by=by_bob)
    add("Not me", tags=["prices"], strength=3)
    client = client_of(bob)
    for query in (
        {"tag": "price"}, {"strength": 2}, {"language": "sv"}, {"persona": karin.pk},
        {"stage": stages[1].pk}, {"tag": "price", "strength": 2, "q": "find"},
    ):  # fmt: skip
        page = client.get(LIBRARY, query).content.decode()
        assert "Find me" in page, query
        assert "Not me" not in page, query


def test_case_58_a_stage_of_a_hidden_map_tells_nothing(
    client_of, bob, nordlys, add, stages, by_bob
):
    services.attach_insight(add("On a hidden map"), stage=stages[1], by=by_bob)
    add("On none")
    hidden = QuerySet.update(Board._base_manager.all(), hidden=True, created_by=bob)
    assert hidden
    page = client_of(member("eve@nordlys.example", nordlys, "viewer"))
    text = page.get(LIBRARY, {"stage": stages[1].pk}).content.decode()
    assert "On none" in text, "a stage that is not seen does not narrow the list"


def test_tags_are_counted(nordlys, add):
    add("One", tags=["price", "boss"])
    add("Two", tags=["price"])
    assert tags_of(nordlys) == [("price", 2), ("boss", 1)]


# --- Many at once --------------------------------------------------------------------------
def test_many_are_given_kind_tags_and_a_stage_at_once(client_of, bob, add, stages):
    three = [add(f"Quote {number}", tags=["old"]) for number in range(3)]
    sent = {"insight": [one.pk for one in three], "kind": "pain", "tags": "new, Old",
            "stage": stages[0].pk, "back": f"{LIBRARY}?kind=need"}  # fmt: skip
    response = client_of(bob).post(ASSIGN, sent)
    assert response["Location"] == f"{LIBRARY}?kind=need"
    for one in three:
        one.refresh_from_db()
        assert (one.kind, one.tags) == ("pain", ["old", "new"])
    assert Evidence.objects.filter(stage=stages[0]).count() == 3


def test_giving_redraws_every_map_once(journey, stages, add, nordlys, by_bob):
    one = add("Shown twice")
    for stage in stages[:2]:
        services.attach_insight(one, stage=stage, by=by_bob)
    journey.refresh_from_db()
    before = journey.version
    sorting_out.assign(nordlys, [one.pk], kind="gain", by=by_bob)
    journey.refresh_from_db()
    assert journey.version == before + 1


def test_all_or_nothing_where_one_has_gone(nordlys, add, by_bob):
    kept, gone = add("Kept"), add("Gone")
    services.delete_insight(gone, by=by_bob)
    with pytest.raises(services.NotInLibrary):
        sorting_out.assign(nordlys, [kept.pk, gone.pk or 10**9], kind="gain", by=by_bob)
    kept.refresh_from_db()
    assert kept.kind == "need"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/insights/", ""])
def test_the_way_back_stays_in_the_house(client_of, bob, add, back):
    sent = {"insight": [add("One").pk], "kind": "pain", "back": back}
    assert client_of(bob).post(ASSIGN, sent)["Location"] == LIBRARY


def test_case_56_foreign_insights_are_given_nothing(client_of, bob, foreign_insight, add):
    sent = {"insight": [add("Ours").pk, foreign_insight.pk], "kind": "pain"}
    client_of(bob).post(ASSIGN, sent)
    assert not Insight.objects.filter(kind="pain").exists()


# --- Duplicates ----------------------------------------------------------------------------
def test_duplicates_become_one_on_every_map(client_of, bob, add, stages, by_bob):
    keep = add("No price.", tags=["price"], strength=1)
    twin = add("No prices anywhere.", text="They close the page.", tags=["list"], strength=3)
    services.attach_insight(keep, stage=stages[0], by=by_bob)
    for stage in stages[:2]:
        services.attach_insight(twin, stage=stage, by=by_bob)
    client = client_of(bob)
    asked = client.get(MERGE, {"insight": [keep.pk, twin.pk]}).content.decode()
    assert "No prices anywhere." in asked
    response = client.post(MERGE, {"insight": [keep.pk, twin.pk], "keep": keep.pk})
    assert response["Location"] == reverse("insights:insight", args=[keep.pk])
    keep.refresh_from_db()
    assert list(Insight.objects.all()) == [keep]
    assert keep.text == "“No prices anywhere.”\nThey close the page."
    assert (keep.tags, keep.strength) == (["price", "list"], 3)
    assert [one.stage for one in Evidence.objects.order_by("stage__position")] == stages[:2]


def test_one_alone_is_not_merged(client_of, bob, add):
    one = add("Alone")
    response = client_of(bob).post(MERGE, {"insight": [one.pk], "keep": one.pk})
    assert response.status_code == 422
    assert "Choose at least two insights." in response.content.decode()


def test_viewer_sorts_out_nothing(victor, nordlys, add):
    actor = actor_in(victor, nordlys)
    one, two = add("One"), add("Two")
    with pytest.raises(PermissionDenied):
        sorting_out.assign(nordlys, [one.pk], kind="pain", by=actor)
    with pytest.raises(PermissionDenied):
        sorting_out.merge(one, [two.pk], by=actor)
    assert Insight.objects.count() == 2

"""Insights out of spreadsheets: into the library as one, and out of it again."""

import pytest
from django.utils import translation

from collaboration.cells import csv_lines
from collaboration.importing import asking
from insights import interviewing, services
from insights.models import Insight, Source
from insights.selectors import insights_of
from insights.spreadsheet import FIELDS, rows_of
from journeys.models import Stage
from journeys.services import create_persona
from tests.imports import applied, checked, read, taken_back

pytestmark = pytest.mark.django_db

TABLE = (
    "Quote,Insight,Kind,Source,Tags,Strength,Language\n"
    '"I gave up, really",They leave at the card,Pain,Spring,"pay; card",Several said so,da\n'
    ",They ask a colleague,need,Spring,advice,1,\n"
)


def ours(nordlys):
    return list(insights_of(nordlys).order_by("pk"))


def test_rows_become_insights_of_the_library(nordlys, by_bob, bob):
    row = applied("insights", nordlys, TABLE, sources="create", by=by_bob)
    assert (row.state, row.outcome["made"], row.outcome["sources"]) == ("done", 2, ["Spring"])
    first, second = ours(nordlys)
    assert (first.quote, first.text, first.kind, first.strength, first.language, first.tags) == (
        "I gave up, really", "They leave at the card", "pain", 2, "da", ["pay", "card"],
    )  # fmt: skip
    assert (second.quote, second.kind, second.strength, second.created_by) == ("", "need", 1, bob)
    assert first.source == second.source == Source.objects.get(workspace=nordlys, name="Spring")


def test_case_85_each_row_is_held_to_the_rules_of_the_form(nordlys, other, by_bob, by_charlie):
    create_persona(other, name="Secret Sam", by=by_charlie)
    services.create_source(other, name="Secret source", kind="survey", by=by_charlie)
    content = (
        "quote;kind;source;personas;tags;strength;language;workspace\n"
        f";need;;;;;;{other.pk}\n"
        "a;wish;;;;;;\n"
        "b;;Secret source;;;;;\n"
        "c;;;Secret Sam;;;;\n"
        f"d;;;;{','.join(f't{n}' for n in range(13))};;;\n"
        "e;;;;;4;;\n"
        "f;;;;;;fr;\n"
        f"{'x' * 1001};;;;;;;\n"
        f"g;;;;{'y' * 41};;;\n"
        "right;;;;;;;\n"
    )
    row = checked("insights", nordlys, content, by=by_bob)
    assert [(number, head) for number, head, _words in row.findings["faults"]] == [
        (2, ""), (3, "kind"), (4, "source"), (5, "personas"), (6, "tags"), (7, "strength"),
        (8, "language"), (9, "quote"), (10, "tags"),
    ]  # fmt: skip
    assert (row.findings["new"], row.findings["may_go"]) == (1, False)
    with pytest.raises(asking.NotNow):
        asking.approve(row, by=by_bob)
    assert ours(nordlys) == []


def test_a_table_without_words_is_refused(nordlys, by_bob):
    row = read("insights", nordlys, "kind;source\nneed;x\n", by=by_bob)
    with pytest.raises(asking.Refused, match="Say which column is"):
        asking.choose(row, mapping=row.mapping, options={}, by=by_bob)


def test_the_same_words_are_brought_once(nordlys, by_bob):
    services.create_insight(nordlys, quote="I gave  UP, really", text="they leave at the card", by=by_bob)  # fmt: skip
    row = applied(
        "insights", nordlys, TABLE + TABLE.partition("\n")[2], sources="create", by=by_bob
    )
    assert (row.outcome["made"], row.outcome["doubles"]) == (1, 3)


# --- Taking back ---------------------------------------------------------------------------
def test_an_import_is_taken_back_with_the_sources_it_brought(nordlys, by_bob):
    services.create_insight(nordlys, text="Mine", by=by_bob)
    row = applied("insights", nordlys, TABLE, sources="create", by=by_bob)
    row = taken_back(row, by=by_bob)
    assert (row.state, row.outcome["kept"]) == ("undone", "")
    assert [insight.text for insight in ours(nordlys)] == ["Mine"]
    assert not Source.objects.exists()


def test_what_is_used_or_was_changed_since_stays_and_is_counted(nordlys, journey, by_bob):
    content = "text\na\nb\nc\n"
    row = applied("insights", nordlys, content, by=by_bob)
    used, changed, _untouched = ours(nordlys)
    stage = Stage.objects.filter(board=journey.pk).first()
    services.attach_insight(used, stage=stage, by=by_bob)
    changed.text = "b, and more"
    services.change_insight(changed, by=by_bob)
    row = taken_back(row, by=by_bob)
    assert [insight.text for insight in ours(nordlys)] == ["a", "b, and more"]
    assert row.outcome["kept"] == ("2 insights are on a map or were changed since, so they stay.")


def test_a_source_that_an_interview_names_stays_when_an_import_is_taken_back(nordlys, by_bob):
    row = applied("insights", nordlys, TABLE, sources="create", by=by_bob)
    spring = Source.objects.get(workspace=nordlys)
    interviewing.create_interview(nordlys, participant="Buyer one", source=spring, by=by_bob)
    assert taken_back(row, by=by_bob).state == "undone"
    assert (ours(nordlys), list(Source.objects.filter(workspace=nordlys))) == ([], [spring])


def test_case_85_a_failure_half_way_leaves_nothing(nordlys, by_bob, monkeypatch):
    from collaboration.importing import working
    from insights import importing
    from tests.imports import now

    row = checked("insights", nordlys, TABLE, sources="create", by=by_bob)
    asking.approve(row, by=by_bob)

    def full(*_args):
        raise OSError("disk full")

    monkeypatch.setattr(importing, "_give_personas", full)
    for _attempt in range(3):
        working.work(row.pk)
    assert now(row).state == "failed"
    assert (Insight.objects.count(), Source.objects.count()) == (0, 0)


# --- Out and in again ----------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "da", "sv", "nl"])
def test_case_86_what_is_taken_out_comes_back_unchanged(language, nordlys, by_bob):
    source = services.create_source(nordlys, name="=Spring, 2026", kind="visit", by=by_bob)
    people = [create_persona(nordlys, name=name, by=by_bob) for name in ("Smith, John", "-Karin")]
    for number, text in enumerate(("=1+1", "-1", "\t@x", "fine\n=1", "'=1", "  +45", 'a;b,"c"')):
        services.create_insight(
            nordlys, text=text, quote=f"{number}", source=source, strength=2, kind="doubt",
            tags=["@pay", "two words"], language="sv", personas=people[: number % 3], by=by_bob,
        )  # fmt: skip
    before = values(nordlys)
    with translation.override(language):
        content = "".join(csv_lines(rows_of(insights_of(nordlys).order_by("pk")), separator=";"))
    Insight.objects.all().delete()
    row = applied("insights", nordlys, content, by=by_bob)
    assert (row.state, row.error, row.mapping) == ("done", "", [field.key for field in FIELDS])
    assert values(nordlys) == before


def values(nordlys):
    names = ("text", "quote", "source_id", "strength", "kind", "tags", "language")
    return [
        (*(getattr(one, name) for name in names), {person.name for person in one.personas.all()})
        for one in ours(nordlys)
    ]

"""Touchpoints out of spreadsheets: mapped, checked, brought in as one edit, taken back."""

import pytest
from django.core.files.storage import default_storage
from django.utils import translation

from collaboration.importing import asking, sending, working
from collaboration.importing.models import Import
from collaboration.models import Change
from collaboration.undo import undo
from journeys.models import Stage
from journeys.services import create_stage
from teams.access import Forbidden, actor_in
from tests.imports import applied, checked, now, read, taken_back, uploaded
from touchpoints import services
from touchpoints.models import Channel, Touchpoint
from touchpoints.spreadsheet import FIELDS, render_inventory_csv, render_inventory_xlsx

pytestmark = pytest.mark.django_db

TABLE = (
    "Stage;Touchpoint;Channel;Customers use it;Why not, if they do not use it;Importance to the customer\n"
    "Before;Reads reviews;Website;Mainly;;5\n"
    "During;Calls the shop;;not;Nobody answers;2\n"
)


@pytest.fixture(autouse=True)
def named(journey, stages, by_bob):
    with journey.editing(by=by_bob):
        for stage, title in zip(stages, ("Before", "During", "After"), strict=True):
            stage.title = title
            stage.save()


def on(journey):
    rows = Touchpoint.objects.filter(board=journey.pk).order_by("stage__position", "position")
    return list(rows)


def faults(row):
    return [tuple(fault) for fault in row.findings["faults"]]


# --- Columns -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("Touchpoint", "title"), ("TITEL", "title"), ("why_unused", "why_unused"), ("Fase", "stage"),
        ("Importance to the custmer", "importance"), ("kanal", "channel"), ("Shoe size", ""),
    ],
)  # fmt: skip
def test_columns_are_offered_by_likeness_in_any_language(head, key, journey, by_bob):
    assert read("touchpoints", journey, f"{head};x\n1;2\n", by=by_bob).mapping == [key, ""]


def test_every_field_is_found_by_its_own_name_in_every_language(journey, by_bob):
    for language in ("en", "da", "sv", "nl"):
        with translation.override(language):
            heads = "\t".join(str(field.title) for field in FIELDS)
        row = read("touchpoints", journey, f"{heads}\nx\n", by=by_bob)
        assert row.mapping == [field.key for field in FIELDS], language


def test_what_a_column_was_said_to_mean_is_remembered_by_its_name(journey, website, by_bob):
    content = "Where;What;Shoe size\nBefore;Reads;43\n"
    mapping = {"Where": "stage", "What": "title", "Shoe size": ""}
    applied("touchpoints", journey, content, mapping=mapping, by=by_bob)
    assert read("touchpoints", journey, content, by=by_bob).mapping == ["stage", "title", ""]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (["stage", "channel"], "Say which column is: Touchpoint"),
        (["title", "title"], "cannot both be the same"),
        (["title", "board_id"], "no field “board_id”"),
        (["title"], "every column"),
    ],
)
def test_a_mapping_without_sense_is_refused(mapping, words, journey, by_bob):
    row = read("touchpoints", journey, "A;B\n1;2\n", by=by_bob)
    with pytest.raises(asking.Refused, match=words):
        asking.choose(row, mapping=mapping, options={}, by=by_bob)
    assert now(row).state == "read"


# --- Rows ----------------------------------------------------------------------------------
def test_rows_become_touchpoints_in_their_order(journey, website, stages, by_bob):
    row = applied("touchpoints", journey, TABLE, by=by_bob)
    assert (row.state, row.outcome["made"], row.error) == ("done", 2, "")
    reads, calls = on(journey)
    assert (reads.stage, reads.channel, reads.use, reads.importance) == (
        stages[0], website, "mainly", 5,
    )  # fmt: skip
    assert (calls.stage, calls.use, calls.why_unused) == (stages[1], "not", "Nobody answers")
    assert not default_storage.exists(row.upload.name or "none")
    assert (row.rows_file.name, row.upload.name) == ("", "")


def test_it_is_one_edit_and_one_undo(journey, website, by_bob):
    before = journey.version
    row = applied("touchpoints", journey, TABLE, by=by_bob)
    made = Change.objects.filter(board=journey.pk, version__gt=before)
    assert {change.version for change in made} == {row.outcome["version"]}
    journey.refresh_from_db()
    undo(journey, row.outcome["version"], by=by_bob)
    assert on(journey) == []


def test_taking_it_back_says_what_stays(journey, by_bob):
    content = "Stage;Touchpoint;Channel\nBefore;Reads;Carrier pigeon\n"
    row = applied("touchpoints", journey, content, channels="create", by=by_bob)
    row = taken_back(row, by=by_bob)
    assert (row.state, on(journey)) == ("undone", [])
    assert row.outcome["kept"] == "These channels stay in the workspace: “Carrier pigeon”."


def test_taking_back_what_was_changed_since_is_refused_in_words(journey, website, by_bob):
    row = applied("touchpoints", journey, TABLE, by=by_bob)
    item = on(journey)[0]
    item.title = "Reads many reviews"
    services.save_touchpoint(item, by=by_bob)
    row = taken_back(row, by=by_bob)
    assert (row.state, len(on(journey))) == ("failed", 2)
    assert row.error


def test_case_85_each_row_is_held_to_the_rules_of_the_form(journey, website, by_bob):
    content = (
        "Stage;Touchpoint;Channel;use;importance;verdict_on;missing;department;persona\n"
        "Nowhere;A;;;;;;;\n"
        "Before;;;;;;;;\n"
        "Before;C;Pigeon;;;;;;\n"
        "Before;D;;often;;;;;\n"
        "Before;E;;not;;;;;\n"
        "Before;F;;;7;;;;\n"
        "Before;G;;;2.5;;;;\n"
        "Before;H;;;;soon;;;\n"
        "Before;I;;;;;perhaps;;\n"
        f"Before;J;;;;;;{'x' * 81};\n"
        "Before;K;;;;;;;Somebody\n"
        f"Before;{'x' * 121};;;;;;;\n"
        "Before;Right;;;;;;;\n"
    )
    row = checked("touchpoints", journey, content, by=by_bob)
    found = {(number, head): words for number, head, words in faults(row)}
    assert set(found) == {
        (2, "Stage"), (3, "Touchpoint"), (4, "Channel"), (5, "use"), (6, "use"), (7, "importance"),
        (8, "importance"), (9, "verdict_on"), (10, "missing"), (11, "department"), (12, "persona"),
        (13, "Touchpoint"),
    }  # fmt: skip
    assert found[2, "Stage"] == "There is no stage “Nowhere”."
    assert found[5, "use"] == "“often” is none of: Mainly, Sometimes, Not."
    assert (row.findings["new"], row.findings["wrong"], row.findings["may_go"]) == (1, 12, False)
    with pytest.raises(asking.NotNow):
        asking.approve(row, by=by_bob)
    assert on(journey) == []


def test_wrong_rows_are_left_out_where_that_was_chosen(journey, by_bob):
    content = "Stage;Touchpoint\nNowhere;A\nBefore;B\n"
    row = applied("touchpoints", journey, content, wrong="leave", by=by_bob)
    assert [item.title for item in on(journey)] == ["B"]
    assert (row.outcome["made"], row.outcome["wrong"]) == (1, 1)


def test_a_stage_that_is_not_there_is_made_where_that_was_chosen(journey, by_bob):
    content = "Stage;Touchpoint\nFarewell;A\nBefore;B\nfarewell;C\n"
    row = applied("touchpoints", journey, content, stages="create", by=by_bob)
    assert row.outcome["stages"] == ["Farewell"]
    last = Stage.objects.filter(board=journey.pk).order_by("position").last()
    assert (last.title, last.touchpoints.count()) == ("Farewell", 2)
    taken_back(row, by=by_bob)
    assert not Stage.objects.filter(board=journey.pk, title="Farewell").exists()


def test_rows_without_a_stage_go_where_it_was_said(journey, stages, by_bob):
    applied("touchpoints", journey, "Touchpoint\nA\n", into=str(stages[2].pk), by=by_bob)
    assert on(journey)[0].stage == stages[2]


def test_rows_without_a_stage_go_to_the_chosen_one_of_two_that_are_called_the_same(
    journey, stages, by_bob
):
    again = create_stage(journey, title=stages[0].title, by=by_bob)
    row = applied("touchpoints", journey, "Touchpoint\nA\n", into=str(again.pk), by=by_bob)
    assert (row.state, on(journey)[0].stage) == ("done", again)


def test_a_stage_of_letters_that_nobody_sees_is_none(journey, by_bob):
    content = "Stage;Touchpoint\n\u200b;A\n"
    row = checked("touchpoints", journey, content, stages="create", by=by_bob)
    assert faults(row) == [(2, "Stage", "It names no stage.")]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e400", "2.5"])
def test_a_number_that_is_none_is_told(number, journey, by_bob):
    content = f"Stage;Touchpoint;Importance to the customer\nBefore;A;{number}\n"
    row = checked("touchpoints", journey, content, by=by_bob)
    assert [words for *_place, words in faults(row)] == [f"“{number}” is not a whole number."]


def test_case_85_nothing_of_another_workspace_can_be_named(
    journey, foreign_journey, foreign_stage, foreign_channel, by_bob
):
    with pytest.raises(asking.WrongOption):
        checked("touchpoints", journey, "Touchpoint\nA\n", into=str(foreign_stage.pk), by=by_bob)
    content = f"id;board;stage;Touchpoint;channel\n1;{foreign_journey.pk};Before;A;Secret channel\n"
    row = checked("touchpoints", journey, content, by=by_bob)
    assert row.mapping == ["", "", "stage", "title", "channel"]
    assert faults(row) == [(2, "channel", "There is no channel “Secret channel”.")]
    assert on(foreign_journey) == []


# --- Duplicates ----------------------------------------------------------------------------
def test_rows_that_are_there_or_twice_in_the_file_are_left_out(journey, website, by_bob):
    applied("touchpoints", journey, TABLE, by=by_bob)
    content = TABLE + "before;reads  REVIEWS;website;;;\nBefore;New;;;;\nBefore;New;;;;\n"
    row = checked("touchpoints", journey, content, by=by_bob)
    assert (row.findings["new"], row.findings["doubles"]) == (1, 4)
    assert [status for _row, status, _cells in row.findings["preview"]] == [
        "double", "double", "double", "new", "double",
    ]  # fmt: skip
    row = applied("touchpoints", journey, content, duplicates="import", by=by_bob)
    assert row.outcome["made"] == 5


# --- Room ----------------------------------------------------------------------------------
def test_more_than_a_stage_holds_is_said_before_anything_is_written(journey, by_bob):
    content = "Stage;Touchpoint\n" + "".join(f"Before;T{n}\n" for n in range(61))
    row = checked("touchpoints", journey, content, by=by_bob)
    assert row.findings["crowded"] == [
        "The stage “Before” would hold 61 touchpoints; a stage holds at most 60."
    ]
    with pytest.raises(asking.NotNow):
        asking.approve(row, by=by_bob)


# --- All or nothing ------------------------------------------------------------------------
def test_case_85_a_failure_half_way_leaves_nothing(journey, website, by_bob, monkeypatch):
    row = checked(
        "touchpoints", journey, TABLE.replace("During", "New one"), stages="create", by=by_bob
    )
    asking.approve(row, by=by_bob)
    before = Change.objects.count(), Stage.objects.count(), Channel.objects.count()

    def full(*_args, **_options):
        raise OSError("disk full")

    monkeypatch.setattr("collaboration.editing.Edit.create", full)
    for _attempt in range(3):
        working.work(row.pk)
    assert (now(row).state, now(row).error) == ("failed", "Something went wrong on our side.")
    assert (Change.objects.count(), Stage.objects.count(), Channel.objects.count()) == before
    monkeypatch.undo()
    asking.retry(now(row), by=by_bob)
    working.work(row.pk)
    assert now(row).state == "checked"
    asking.approve(now(row), by=by_bob)
    working.work(row.pk)
    assert (now(row).state, len(on(journey))) == ("done", 2)


def test_what_has_changed_since_the_check_is_looked_at_again(journey, stages, website, by_bob):
    row = checked("touchpoints", journey, TABLE, by=by_bob)
    asking.approve(row, by=by_bob)
    with journey.editing(by=by_bob):
        stages[1].title = "Meanwhile"
        stages[1].save()
    working.work(row.pk)
    assert (now(row).state, on(journey)) == ("failed", [])
    assert now(row).error == "Row 3, Stage: There is no stage “During”."


def test_a_task_that_comes_twice_writes_once(journey, website, by_bob):
    row = applied("touchpoints", journey, TABLE, by=by_bob)
    working.work(row.pk)
    assert len(on(journey)) == 2
    with pytest.raises(asking.NotNow):
        asking.approve(now(row), by=by_bob)


def test_what_a_vanished_worker_had_is_taken_up_again(journey, website, by_bob):
    row = checked("touchpoints", journey, TABLE, by=by_bob)
    asking.approve(row, by=by_bob)
    long_ago = "2026-01-01T00:00:00Z"
    Import.objects.filter(pk=row.pk).update(working=True, attempts=1, started_at=long_ago)
    working.work(row.pk)
    assert now(row).state == "applying"
    sending.resend_waiting()
    working.work(row.pk)
    assert (now(row).state, len(on(journey))) == ("done", 2)


def test_a_worker_that_lost_its_claim_writes_nothing(journey, website, by_bob, monkeypatch):
    row = checked("touchpoints", journey, TABLE, by=by_bob)
    asking.approve(row, by=by_bob)
    write = working.judge

    def overtaken(*args):
        Import.objects.filter(pk=row.pk).update(attempts=7)
        return write(*args)

    monkeypatch.setattr(working, "judge", overtaken)
    working.work(row.pk)
    assert on(journey) == []


def test_case_85_who_may_no_longer_edit_imports_nothing(journey, website, by_bob, bob):
    row = checked("touchpoints", journey, TABLE, by=by_bob)
    asking.approve(row, by=by_bob)
    bob.memberships.update(role="viewer")
    working.work(row.pk)
    assert (now(row).state, on(journey)) == ("failed", [])
    assert now(row).error == "You may no longer import anything here."


def test_commenters_import_nothing(journey, carol, nordlys):
    with pytest.raises(Forbidden):
        uploaded("touchpoints", journey, TABLE, by=actor_in(carol, nordlys))
    assert not Import.objects.exists()


# --- Files ---------------------------------------------------------------------------------
def test_a_broken_file_ends_in_words(journey, by_bob):
    row = read("touchpoints", journey, 'Stage;Touchpoint\n"Before;A\n', by=by_bob)
    assert (row.state, row.failed_in) == ("failed", "uploaded")
    assert row.error == "Row 2: a quotation mark opens a text here and nothing closes it."


def test_files_that_nobody_goes_on_with_are_deleted(
    journey, by_bob, django_capture_on_commit_callbacks
):
    row = read("touchpoints", journey, TABLE, by=by_bob)
    name = row.rows_file.name
    assert default_storage.exists(name)
    assert working.purge_old() == 0
    Import.objects.update(updated_at="2026-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        assert working.purge_old() == 1
    assert not default_storage.exists(name)
    assert (now(row).state, now(row).table, now(row).error) == (
        "failed", {}, "The file was deleted. Choose it again.",
    )  # fmt: skip


# --- Out and in again ----------------------------------------------------------------------
DANGEROUS = [
    "=1+1", "+45 12 34", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u200b=1",
    "fine\n=1+1", "fine\r\n+1", "'=1", "''=1", "'fine", "- a list\n- of two", "＝1", 'a;b,c\td"e',
    "_x0041_", "=cmd|' /C calc'!A0",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "da", "sv", "nl"])
@pytest.mark.parametrize("render", [render_inventory_csv, render_inventory_xlsx])
def test_case_86_what_is_taken_out_comes_back_unchanged(
    render, language, journey, stages, website, shop, by_bob
):
    for number, text in enumerate(DANGEROUS):
        services.create_touchpoint(
            stage=stages[number % 3], title=text, channel=(website, shop, None)[number % 3],
            why_unused=text, thinks=text, strengths=text, owner=text, use="not",
            moment_of_truth=number % 2 == 0, importance=number % 5 + 1, device="phone",
            party="friends", contact="after", verdict="works", verdict_on="2026-03-01", by=by_bob,
        )  # fmt: skip
    names = [name for name in Touchpoint.recorded_names() if name not in ("position", "created_at")]
    before = [[getattr(item, name) for name in names] for item in on(journey)]
    with translation.override(language):
        content = render(journey, by_bob, lambda _done: None, {})
    with journey.editing(by=by_bob) as edit:
        edit.delete_all(on(journey))
    row = applied("touchpoints", journey, content, duplicates="import", by=by_bob)
    assert (row.state, row.error) == ("done", "")
    assert [[getattr(item, name) for name in names] for item in on(journey)] == before


def test_case_86_no_cell_of_the_csv_begins_a_formula(journey, stages, by_bob):
    import csv
    import io

    for text in DANGEROUS:
        services.create_touchpoint(stage=stages[0], title=text, thinks=text, by=by_bob)
    content = render_inventory_csv(journey, by_bob, lambda _done: None, {}).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    begins = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
    for cell in cells:
        assert not cell.startswith(begins)
        for line in cell.splitlines():
            assert not line.strip(" \u00a0\u200b").startswith(begins[:4])

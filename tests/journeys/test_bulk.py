import pytest

from collaboration.editing import Refused
from collaboration.limits import LimitReached
from collaboration.models import Board, Change
from collaboration.undo import undo
from journeys import bulk, services
from journeys.models import Lane, Note
from journeys.pasting import Piece, as_text, pieces_of


def texts(stage, lane):
    notes = Note.objects.filter(stage=stage, lane=lane).order_by("position")
    return [note.text for note in notes]


@pytest.fixture
def notes(stages, thinks, feels, as_bob):
    places = [(0, thinks, "A"), (0, thinks, "B"), (0, thinks, "C"), (1, feels, "D")]
    return [
        services.create_note(stage=stages[stage], lane=lane, text=text, by=as_bob)
        for stage, lane, text in places
    ]


def version_of(journey):
    return Board.objects.get(pk=journey.pk).version


def test_many_notes_are_deleted_in_one_edit_and_come_back_in_one(
    journey, stages, thinks, feels, notes, as_bob
):
    before = version_of(journey)
    bulk.delete_notes(journey, [notes[0], notes[2], notes[3]], by=as_bob)
    assert version_of(journey) == before + 1
    assert (texts(stages[0], thinks), texts(stages[1], feels)) == (["B"], [])
    undo(journey, before + 1, by=as_bob)
    assert (texts(stages[0], thinks), texts(stages[1], feels)) == (["A", "B", "C"], ["D"])


def test_a_note_of_another_board_is_not_deleted_along(journey, secret, notes, as_bob):
    strange = Note.objects.get(board=secret.pk)
    before = version_of(journey)
    with pytest.raises(Exception, match="is not on board"):
        bulk.delete_notes(journey, [notes[0], strange], by=as_bob)
    assert Note.objects.count() == 5
    assert version_of(journey) == before


def test_notes_from_several_cells_go_into_one_in_reading_order(
    journey, stages, thinks, feels, notes, as_bob
):
    chosen = [notes[3], notes[2], notes[0]]
    before = version_of(journey)
    bulk.move_notes(journey, chosen, stage=stages[0], lane=thinks, before=notes[1], by=as_bob)
    assert texts(stages[0], thinks) == ["A", "C", "D", "B"]
    assert version_of(journey) == before + 1
    undo(journey, before + 1, by=as_bob)
    assert (texts(stages[0], thinks), texts(stages[1], feels)) == (["A", "B", "C"], ["D"])


def test_notes_dropped_on_one_of_themselves_stay_in_its_place(
    journey, stages, thinks, notes, as_bob
):
    bulk.move_notes(journey, notes[:2], stage=stages[0], lane=thinks, before=notes[1], by=as_bob)
    assert texts(stages[0], thinks) == ["A", "B", "C"]


def test_notes_step_together_and_stay_together_at_the_edge(
    journey, stages, thinks, feels, notes, as_bob
):
    chosen = [notes[0], notes[3]]
    assert bulk.step_notes(journey, chosen, direction="right", by=as_bob)
    assert (texts(stages[1], thinks), texts(stages[2], feels)) == (["A"], ["D"])
    chosen = list(Note.objects.filter(pk__in=[note.pk for note in chosen]))
    assert bulk.step_notes(journey, chosen, direction="left", by=as_bob)
    chosen = list(Note.objects.filter(pk__in=[note.pk for note in chosen]))
    before = version_of(journey)
    assert not bulk.step_notes(journey, chosen, direction="left", by=as_bob)
    assert version_of(journey) == before
    assert texts(stages[1], feels) == ["D"]


def test_a_duplicate_stands_behind_its_original_and_keeps_its_voice(
    journey, stages, thinks, nordlys, notes, as_bob
):
    persona = services.create_persona(nordlys, name="Mette", by=as_bob)
    with journey.editing(by=as_bob):
        notes[0].persona = persona
        notes[0].save()
    copies = bulk.duplicate_notes(journey, notes[:2], by=as_bob)
    assert texts(stages[0], thinks) == ["A", "A", "B", "B", "C"]
    assert [copy.persona_id for copy in copies] == [persona.pk, None]


def test_copies_keep_their_places_to_one_another(journey, stages, thinks, feels, notes, as_bob):
    bulk.copy_notes(journey, [notes[0], notes[3]], stage=stages[4], lane=thinks, by=as_bob)
    assert (texts(stages[4], thinks), texts(stages[5], feels)) == (["A"], ["D"])
    assert texts(stages[0], thinks) == ["A", "B", "C"]


def test_rows_go_to_the_lanes_below_and_columns_to_the_stages_to_the_right(journey, stages, as_bob):
    does = Lane.objects.get(board=journey.pk, kind="does")
    lanes = [Lane.objects.get(board=journey.pk, kind=kind) for kind in ("thinks", "feels")]
    table = pieces_of('a\t"b\nb"\nc\t"say ""d"""\n\te\n', is_table=False)
    before = version_of(journey)
    pasted = bulk.paste_notes(journey, table, stage=stages[1], lane=does, by=as_bob)
    assert texts(stages[1], does) == ["a"]
    assert texts(stages[2], does) == ["b\nb"]
    assert texts(stages[1], lanes[0]) == ["c"]
    assert texts(stages[2], lanes[0]) == ['say "d"']
    assert texts(stages[2], lanes[1]) == ["e"]
    assert not pasted.is_cut
    assert version_of(journey) == before + 1
    undo(journey, before + 1, by=as_bob)
    assert not Note.objects.filter(board=journey.pk).exists()


def test_rows_pass_by_lanes_that_hold_no_notes(journey, stages, as_bob):
    says = Lane.objects.get(board=journey.pk, kind="says")
    needs = Lane.objects.get(board=journey.pk, kind="needs")
    pieces = [Piece(0, 0, "said"), Piece(1, 0, "needed")]
    bulk.paste_notes(journey, pieces, stage=stages[0], lane=says, by=as_bob)
    assert (texts(stages[0], says), texts(stages[0], needs)) == (["said"], ["needed"])


def test_what_is_larger_than_the_map_is_counted_and_left_out(journey, stages, thinks, as_bob):
    lane = Lane.objects.filter(board=journey.pk, kind="opportunities").get()
    table = pieces_of("a\tb\tc\nd\te\tf\n\t\t\n", is_table=True)
    pasted = bulk.paste_notes(journey, table, stage=stages[5], lane=lane, by=as_bob)
    assert [note.text for note in pasted.notes] == ["a", "b"]
    assert (pasted.rows_left_out, pasted.columns_left_out) == (1, 1)


def test_plain_lines_are_notes_of_one_cell_and_one_column_of_a_table_is_not(
    journey, stages, thinks, feels, as_bob
):
    assert pieces_of("one\r\n\r\ntwo", is_table=False) == [Piece(0, 0, "one"), Piece(0, 0, "two")]
    assert pieces_of("one\ntwo", is_table=True) == [Piece(0, 0, "one"), Piece(1, 0, "two")]


def test_a_quote_that_nothing_closes_is_a_quote():
    assert pieces_of('"We never\nknew', is_table=False) == [
        Piece(0, 0, '"We never'), Piece(0, 0, "knew")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x" * 5_000_000, "too much text"),
        ("x\n" * 10_000, "10000 notes"),
        ("y" * 2001, "has 2001 characters"),
        ("z\t" + "y" * 200_000, "longer than a note"),
    ],
)
def test_too_much_is_refused_in_words(text, words):
    with pytest.raises(Refused, match=words):
        pieces_of(text, is_table=False)


def test_a_full_cell_refuses_all_of_a_paste(journey, stages, thinks, as_bob):
    before = version_of(journey)
    table = pieces_of("\n".join(str(n) for n in range(101)), is_table=False)
    with pytest.raises(LimitReached):
        bulk.paste_notes(journey, table, stage=stages[0], lane=thinks, by=as_bob)
    assert not Note.objects.filter(board=journey.pk).exists()
    assert version_of(journey) == before


def test_pasting_costs_the_same_number_of_queries_however_much(
    journey, stages, thinks, as_bob, django_assert_max_num_queries
):
    table = pieces_of("\n".join("\t".join("abcdefg") for _ in range(8)), is_table=True)
    does = Lane.objects.get(board=journey.pk, kind="does")
    with django_assert_max_num_queries(12):
        pasted = bulk.paste_notes(journey, table, stage=stages[0], lane=does, by=as_bob)
    assert len(pasted.notes) == 7 * 8
    assert Change.objects.filter(board=journey, version=version_of(journey)).count() == 56


def test_what_is_copied_reads_in_a_spreadsheet_and_back():
    pieces = [
        Piece(0, 0, "a"),
        Piece(0, 1, 'say "b"'),
        Piece(1, 0, "line\nbreak"),
        Piece(0, 0, "c"),
    ]
    text = as_text(pieces)
    assert text == 'a\nc\t"say ""b"""\n"line\nbreak"\t\n'.replace("a\nc", '"a\nc"')
    assert [one.text for one in pieces_of(text, is_table=True)] == [
        "a\nc", 'say "b"', "line\nbreak"
    ]  # fmt: skip

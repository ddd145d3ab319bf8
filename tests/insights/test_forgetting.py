"""Forgetting a participant (N20): no trace in any table, file or saved version."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from collaboration.models import Change, Export
from collaboration.services import create_comment
from collaboration.snapshots import save_snapshot
from collaboration.timemachine import state_at
from insights import forgetting, interviewing
from insights.models import Evidence, Insight, Interview, Ladder
from journeys.models import Lane, Note
from journeys.services import create_note, create_persona, delete_note

pytestmark = pytest.mark.django_db(transaction=False)

NAMES = ("Hanne Berg", "hanne@berg.example", "Buyer Seven")


@pytest.fixture
def interview(nordlys, interviews, by_bob):
    return interviewing.create_interview(
        nordlys,
        participant="Buyer Seven",
        person="Hanne Berg, hanne@berg.example",
        source=interviews,
        transcript="Hanne Berg told us everything.",
        by=by_bob,
    )


@pytest.fixture
def insight(interview, stages, by_bob):
    ladder = interviewing.add_answer(interview, answer="I, Hanne Berg, closed it.", by=by_bob)
    interviewing.ask_why(ladder, answer="No price for Buyer Seven.", by=by_bob)
    return interviewing.learn_from(
        ladder, quote="I closed it, said hanne berg.", text="Price matters to BUYER SEVEN.",
        stages=[(stages[0], by_bob)], by=by_bob,
    )  # fmt: skip


def tables_with(word):
    """Every table of the database in which a row has this word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT 1 FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone():
                found.append(table)
    return found


@pytest.fixture
def spread(journey, stages, insight, client_of, bob, by_bob, tmp_path, settings):
    """The names wherever they may get to: notes, history, comments, versions, answers, files."""
    settings.MEDIA_ROOT = tmp_path
    lane = Lane.objects.get(board=journey.pk, kind="thinks")
    note = create_note(stage=stages[0], lane=lane, text="As Hanne Berg said", by=by_bob)
    gone = create_note(stage=stages[0], lane=lane, text="hanne@berg.example", by=by_bob)
    delete_note(gone, by=by_bob)
    create_comment(journey, target=note, body="Ask Buyer Seven again", by=by_bob)
    save_snapshot(journey, label="After Buyer Seven", note="Hanne Berg", by=by_bob)
    client_of(bob).post(
        reverse("insights:listening"),
        {"wish": "Like Hanne Berg", "idempotency_key": "kept"},
        headers={"HX-Request": "true"},
    )
    name = default_storage.save("exports/a.pdf", ContentFile(b"Hanne Berg"))
    Export.objects.create(board=journey, requested_by=bob, kind="map", language="en", file=name)
    return note


def test_no_trace_is_left_in_any_table_or_file(
    journey, interview, insight, spread, tmp_path, by_bob, django_capture_on_commit_callbacks
):
    before = {name: tables_with(name) for name in NAMES}
    assert all(len(tables) >= 2 for tables in before.values()), before
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget_participant(interview, by=by_bob)
    assert {name: tables_with(name) for name in NAMES} == {name: [] for name in NAMES}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert Note.objects.get(pk=spread.pk).text == "As … said"
    journey.refresh_from_db()
    for version in range(1, journey.version + 1):
        told = str(vars(state_at(journey, version)))
        assert [name for name in NAMES if name.lower() in told.lower()] == []


def test_the_anonymous_insight_stays_with_its_ladder(interview, insight, by_bob):
    forgetting.forget_participant(interview, by=by_bob)
    kept = Insight.objects.get(pk=insight.pk)
    assert (kept.quote, kept.text) == ("I closed it, said ….", "Price matters to ….")
    assert (kept.interview, kept.ladder.depth) == (None, 1)
    assert [step.answer for step in kept.ladder.rungs] == ["I, …, closed it.", "No price for …."]
    assert Evidence.objects.filter(insight=kept).exists()
    assert not Interview.objects.exists()


def test_answers_without_an_insight_go(interview, insight, by_bob):
    interviewing.add_answer(interview, answer="Only talk", by=by_bob)
    forgetting.forget_participant(interview, by=by_bob)
    assert list(Ladder.objects.all()) == [insight.ladder]


def test_other_words_and_other_workspaces_stay(
    nordlys, interview, foreign_insight, by_bob, by_charlie
):
    from insights.services import change_insight, create_insight

    ours = create_insight(nordlys, quote="Hanne Bergman and Johanne Berg stay", by=by_bob)
    foreign_insight.quote = "Hanne Berg elsewhere"
    change_insight(foreign_insight, by=by_charlie)
    forgetting.forget_participant(interview, by=by_bob)
    assert Insight.objects.get(pk=ours.pk).quote == ours.quote
    assert Insight.objects.get(pk=foreign_insight.pk).quote == "Hanne Berg elsewhere"


def test_a_pseudonym_that_is_a_persona_is_not_taken_out(nordlys, interview, by_bob):
    create_persona(nordlys, name="buyer seven", by=by_bob)
    assert forgetting.words_of(interview) == ["Hanne Berg", "hanne@berg.example"]


def test_history_tells_no_name_of_the_forgetting_itself(journey, interview, spread, by_bob):
    forgetting.forget_participant(interview, by=by_bob)
    last = Change.objects.filter(board=journey.pk, item_type="note", item_id=spread.pk).last()
    assert (last.before, last.after) == ({"text": "As … said"}, {"text": "As … said"})


def test_retention_forgets_those_whose_day_has_passed(interview, insight, by_bob):
    today = timezone.localdate()
    for day, left in ((None, 1), (today, 1), (today - timedelta(days=1), 0)):
        interview.keep_until = day
        interviewing.change_interview(interview, fields=["keep_until"], by=by_bob)
        forgetting.forget_those_due()
        assert Interview.objects.count() == left
    assert Insight.objects.get().quote == "I closed it, said …."


def test_the_page_asks_which_words_go(client_of, bob, nordlys, interview, by_bob):
    from insights.services import create_insight

    create_insight(nordlys, quote="Buyer Seven is a brand, Hanne Berg is not", by=by_bob)
    client = client_of(bob)
    page = client.get(reverse("insights:interview_forget", args=[interview.pk])).content.decode()
    assert 'value="Buyer Seven" checked' in page
    client.post(
        reverse("insights:interview_forget", args=[interview.pk]),
        {"word": ["Hanne Berg", "somebody else"]},
    )
    assert Insight.objects.get().quote == "Buyer Seven is a brand, … is not"
    assert not Interview.objects.exists()


def test_every_model_with_words_is_reached():
    """A new model with text belongs to a workspace in a way that forgetting knows."""
    from insights.traces import OURS, WAYS_TO_WORKSPACE, text_fields

    without = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and text_fields(model)
        and not {way.split("__")[0] for way in WAYS_TO_WORKSPACE}
        & {field.name for field in model._meta.get_fields()}
    }
    assert without == {"IdempotentAnswer"}, "these answers are deleted"

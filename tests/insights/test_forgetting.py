"""Forgetting a participant (N20): no trace in any table, file or saved version."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collaboration.drafts import hide_board
from collaboration.models import Change, Export
from collaboration.services import create_comment
from collaboration.snapshots import save_snapshot
from collaboration.timemachine import state_at
from insights import forgetting, interviewing
from insights.models import Evidence, Insight, Interview, Ladder
from insights.services import change_insight, create_insight
from journeys.models import Lane, Note
from journeys.saved_views import save_view
from journeys.services import create_note, create_persona, delete_note
from teams.access import actor_in
from tests.collaboration.scenes import small_journey
from tests.everywhere import columns_with, files_with
from tests.imports import read
from touchpoints.walks import start_walk

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
    before = {name: columns_with(name) for name in NAMES}
    assert all(len(columns) >= 2 for columns in before.values()), before
    assert len(files_with("Hanne Berg", tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget_participant(interview, by=by_bob)
    assert {name: columns_with(name) for name in NAMES} == {name: set() for name in NAMES}
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


def page_of(client, interview):
    return client.get(reverse("insights:interview_forget", args=[interview.pk]))


def opened(interview, by):
    interviewing.note_reading(interview, by=by)
    return interview


def test_the_page_asks_which_words_go(client_of, bob, nordlys, interview, by_bob):
    create_insight(nordlys, quote="Buyer Seven is a brand, Hanne Berg is not", by=by_bob)
    client = client_of(bob)
    assert page_of(client, interview).status_code == 403, "nothing of it before it is opened"
    page = page_of(client, opened(interview, by_bob)).content.decode()
    assert 'value="Buyer Seven" checked' in page
    client.post(
        reverse("insights:interview_forget", args=[interview.pk]),
        {"word": ["Hanne Berg", "somebody else"]},
    )
    assert Insight.objects.get().quote == "Buyer Seven is a brand, … is not"
    assert not Interview.objects.exists()


# --- Short names ---------------------------------------------------------------------------
@pytest.fixture
def bo(nordlys, by_bob):
    return interviewing.create_interview(nordlys, participant="Bo", by=by_bob)


SHORT = {
    "We asked Bo about it": "We asked … about it",
    "The car is Bo's own": "The car is … own",
    "Bo": "…",
    "Bo: it was late": "…: it was late",
    "Det er Bos bil": None,
    "Bo sagde nej": None,
    "at bo i byen": None,
    "Vi spurgte Bo-Erik": None,
    "Bohr and Rambo stay": "Bohr and Rambo stay",
}
"""What is written, and what the daily job makes of it; None where somebody must say."""


def test_short_names_go_where_they_surely_are_names(nordlys, bo, by_bob):
    kept = {text: create_insight(nordlys, quote=text, by=by_bob) for text in SHORT}
    forgetting.forget_participant(bo, by=by_bob)
    now = {text: Insight.objects.get(pk=insight.pk).quote for text, insight in kept.items()}
    assert now == {text: left or text for text, left in SHORT.items()}


def test_uncertain_places_are_shown_and_go_where_they_are_ticked(
    client_of, bob, journey, stages, nordlys, bo, by_bob
):
    ours = {text: create_insight(nordlys, quote=text, by=by_bob) for text in SHORT}
    lane = Lane.objects.get(board=journey.pk, kind="thinks")
    note = create_note(stage=stages[0], lane=lane, text="Bo lives here", by=by_bob)
    gone = create_note(stage=stages[0], lane=lane, text="Bos hus", by=by_bob)
    delete_note(gone, by=by_bob)
    client = client_of(bob)
    page = page_of(client, opened(bo, by_bob))
    offered = {place.key for place in page.context["mentions"].unsure}
    uncertain = {f"insight-{ours[text].pk}" for text, left in SHORT.items() if left is None}
    assert offered == uncertain | {f"note-{note.pk}", f"note-{gone.pk}"}
    assert "Det er <mark>Bos</mark> bil" in page.content.decode()
    ticked = [f"insight-{ours['Bo sagde nej'].pk}", f"note-{note.pk}", f"note-{gone.pk}"]
    client.post(
        reverse("insights:interview_forget", args=[bo.pk]), {"word": ["Bo"], "place": ticked}
    )
    assert Insight.objects.get(pk=ours["Bo sagde nej"].pk).quote == "… sagde nej"
    assert Insight.objects.get(pk=ours["at bo i byen"].pk).quote == "at bo i byen"
    note.refresh_from_db()
    assert note.text == "… lives here"
    history = Change.objects.filter(board=journey.pk, item_type="note")
    told = [str((change.before, change.after)) for change in history]
    assert len(told) >= 4
    assert [words for words in told if "Bo" in words] == []


def test_a_first_name_alone_is_offered_and_no_more(client_of, bob, nordlys, interview, by_bob):
    alone = create_insight(nordlys, quote="Hanne said so", by=by_bob)
    page = page_of(client_of(bob), opened(interview, by_bob))
    assert [place.key for place in page.context["mentions"].unsure] == [f"insight-{alone.pk}"]
    forgetting.forget_participant(interview, by=by_bob)
    assert Insight.objects.get(pk=alone.pk).quote == "Hanne said so"


def test_names_in_other_spellings_go(nordlys, by_bob):
    participant = "A\N{COMBINING RING ABOVE}se Lind"
    asa = interviewing.create_interview(nordlys, participant=participant, by=by_bob)
    texts = {
        "Åse Lind": "…",
        "åse linds kat": "… kat",
        "A\N{COMBINING RING ABOVE}se\nLind var her": "… var her",
        "Lind, Åse": "…",
        "ase@lind.example Åse_Lind": "ase@lind.example …",
        "Åse Lindgren": "Åse Lindgren",
    }
    kept = {text: create_insight(nordlys, text=text, by=by_bob) for text in texts}
    forgetting.forget_participant(asa, by=by_bob)
    assert {text: Insight.objects.get(pk=one.pk).text for text, one in kept.items()} == texts


def test_places_among_siblings_and_names_of_colleagues_are_no_words(
    journey, stages, nordlys, bob, by_bob
):
    """A position is letters too, and the one who wrote it is not the participant."""
    position = stages[1].position
    talk = interviewing.create_interview(
        nordlys, participant=position, person=bob.name, by=by_bob
    )  # fmt: skip
    walk = start_walk(journey, by=by_bob)
    before = list(Change.objects.values_list("pk", "actor_name"))
    forgetting.forget_participant(talk, by=by_bob)
    walk.refresh_from_db()
    assert walk.walker == bob.name
    stages[1].refresh_from_db()
    assert stages[1].position == position
    after = Change.objects.filter(pk__in=dict(before))
    assert list(after.values_list("pk", "actor_name")) == before
    recorded = Change.objects.filter(board=journey.pk, item_type="stage", item_id=stages[1].pk)
    assert recorded.earliest("pk").after["position"] == position


def test_what_somebody_may_not_see_is_counted_and_not_shown(
    client_of, bob, alice, nordlys, bo, by_bob
):
    by_alice = actor_in(alice, nordlys)
    secret = small_journey(nordlys)
    with secret.editing(by=by_alice):
        secret.title, secret.created_by = "Bo builds a secret", alice
        secret.save()
    hide_board(secret, hidden=True, by=by_alice)
    page = page_of(client_of(bob), opened(bo, by_bob))
    assert "secret" not in page.content.decode()
    assert len(page.context["mentions"].unseen) == 1
    client_of(bob).post(
        reverse("insights:interview_forget", args=[bo.pk]), {"word": ["Bo"], "place": ["unseen"]}
    )
    secret.refresh_from_db()
    assert secret.title == "… builds a secret"


def test_what_others_import_is_counted_and_not_shown(
    client_of, bob, alice, nordlys, bo, by_bob, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    for by in (by_bob, actor_in(alice, nordlys)):
        read("insights", nordlys, f"text\nBo sagde nej til {by.name}\n", by=by)
    mentions = page_of(client_of(bob), opened(bo, by_bob)).context["mentions"]
    assert "Bob" in str(mentions.unsure[0].excerpts)
    assert (len(mentions.unsure), len(mentions.unseen)) == (1, 1)


def test_a_name_that_another_interview_needs_stays_until_somebody_says_so(
    client_of, bob, nordlys, interview, by_bob
):
    again = interviewing.create_interview(
        nordlys, participant="Buyer Seven", person="hanne berg", transcript="More", by=by_bob
    )
    assert forgetting.words_to_go(interview) == ["hanne@berg.example"]
    page = page_of(client_of(bob), opened(interview, by_bob)).content.decode()
    assert f'name="other" value="{again.pk}" checked' in page
    assert 'value="Buyer Seven" >' in page
    client_of(bob).post(
        reverse("insights:interview_forget", args=[interview.pk]),
        {"word": ["Hanne Berg", "Buyer Seven"], "other": [again.pk]},
    )
    assert not Interview.objects.exists()


def test_one_that_cannot_be_forgotten_does_not_keep_the_others(
    nordlys, interview, by_bob, monkeypatch
):
    past = timezone.localdate() - timedelta(days=3)
    for number in range(3):
        interviewing.create_interview(
            nordlys, participant=f"Buyer {number}", keep_until=past, by=by_bob
        )
    forget = forgetting.forget_participant

    def stumble(interview, **options):
        if interview.participant == "Buyer 0":
            raise OSError("disk full")
        forget(interview, **options)

    monkeypatch.setattr(forgetting, "forget_participant", stumble)
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    assert forgetting.forget_those_due() is True
    left = Interview.objects.filter(keep_until=past).order_by("pk")
    assert list(left.values_list("participant", flat=True)) == ["Buyer 0", "Buyer 2"]


def test_kept_answers_and_files_from_before_the_interview_go_too(
    journey, nordlys, bob, client_of, by_bob, tmp_path, settings,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    client_of(bob).post(
        reverse("insights:listening"),
        {"wish": "Like Hanne Berg", "idempotency_key": "kept"},
        headers={"HX-Request": "true"},
    )
    name = default_storage.save("exports/a.pdf", ContentFile(b"Hanne Berg"))
    Export.objects.create(board=journey, requested_by=bob, kind="map", language="en", file=name)
    assert "collaboration_idempotentanswer.body" in columns_with("Hanne Berg")
    late = interviewing.create_interview(nordlys, participant="Hanne Berg", by=by_bob)
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget_participant(late, by=by_bob)
    assert columns_with("Hanne Berg") == set()
    assert files_with("Hanne Berg", tmp_path) == []


def test_a_saved_view_that_looks_for_them_looks_for_nobody(journey, nordlys, by_bob):
    asa = interviewing.create_interview(nordlys, participant="Åse Lind", by=by_bob)
    view = save_view(journey, name="Hers", query="find=%C3%85se+Lind&zoom=2", by=by_bob)
    forgetting.forget_participant(asa, by=by_bob)
    view.refresh_from_db()
    assert view.query == "zoom=2&find=%E2%80%A6"


def test_what_is_looked_through_does_not_grow_with_the_boards(nordlys, bob, by_bob, client_of, bo):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page_of(client_of(bob), bo)
        return len(captured)

    opened(bo, by_bob)
    few = queries()
    for _number in range(5):
        small_journey(nordlys)
    assert queries() <= few + 1


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
    assert without == set()

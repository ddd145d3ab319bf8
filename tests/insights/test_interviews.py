from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collaboration.editing import Refused
from insights import interviewing
from insights.highlighting import with_quotes_marked
from insights.models import Evidence, Insight, Interview, InterviewGuide, Ladder, LadderStep
from insights.services import NameTaken
from journeys.services import create_persona
from teams.access import actor_in
from touchpoints.services import create_touchpoint

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name, *ids):
    return reverse(f"insights:{name}", args=ids)


@pytest.fixture
def interview(nordlys, interviews, by_bob):
    return interviewing.create_interview(
        nordlys, participant="Buyer 7", source=interviews, transcript="A long talk.", by=by_bob
    )


@pytest.fixture
def foreign_interview(other, by_charlie):
    return interviewing.create_interview(other, participant="Their buyer", by=by_charlie)


@pytest.fixture
def ladder(interview, by_bob):
    ladder = interviewing.add_answer(
        interview, question="What happened?", answer="I closed it.", by=by_bob
    )
    for answer in ("No price.", "My boss asks first thing.", "I was burnt once."):
        interviewing.ask_why(ladder, answer=answer, by=by_bob)
    return ladder


@pytest.fixture
def reader(client_of, bob, interview):
    """Bob's browser with the interview open."""
    client = client_of(bob, **HTMX)
    client.post(url("interview_read", interview.pk))
    return client


def told(ladder):
    return [(step.depth, step.question, step.answer) for step in ladder.steps.all()]


# --- The talk ------------------------------------------------------------------------------
def test_an_interview_with_a_ladder_of_four_steps_becomes_an_insight_on_a_map(
    reader, interview, stages, by_bob
):
    first = {"question": "What happened?", "answer": "I closed it.", "why": "1"}
    answer = reader.post(url("answer", interview.pk), first).content.decode()
    ladder = Ladder.objects.get()
    assert f'hx-post="{url("why", ladder.pk)}"' in answer, "the form for the next why is open"
    for words in ("No price.", "My boss asks.", "I was burnt once."):
        reader.post(url("why", ladder.pk), {"question": "Why?", "answer": words})
    assert told(ladder) == [
        (0, "What happened?", "I closed it."),
        (1, "Why?", "No price."),
        (2, "Why?", "My boss asks."),
        (3, "Why?", "I was burnt once."),
    ]
    form = reader.get(url("learn", ladder.pk)).content.decode()
    assert "3 whys deep" in form
    assert "I was burnt once.</textarea>" in form
    sent = {"kind": "motivation", "quote": "I closed it.", "text": "Burnt once.", "language": "en",
            "source": interview.source_id, "stages": [stages[1].pk, stages[0].pk], "tags": "price"}  # fmt: skip
    response = reader.post(url("learn", ladder.pk), sent)
    insight = Insight.objects.get()
    assert response["Location"] == url("insight", insight.pk)
    assert {one.stage_id for one in Evidence.objects.all()} == {stages[0].pk, stages[1].pk}
    assert (insight.source, insight.interview) == (interview.source, interview)
    assert (insight.ladder, insight.ladder.depth) == (ladder, 3)
    page = reader.get(url("insight", insight.pk)).content.decode()
    assert "I was burnt once." in page
    assert "3 whys deep" in page


def test_a_ladder_shallower_than_three_is_pointed_out(reader, interview, by_bob):
    ladder = interviewing.add_answer(interview, answer="I closed it.", by=by_bob)
    interviewing.ask_why(ladder, answer="No price.", by=by_bob)
    page = reader.post(url("interview_read", interview.pk)).content.decode()
    assert "1 why deep · ask on" in page
    assert "1 answer with fewer than 3 whys" in page


def test_what_two_write_at_once_stands_one_below_the_other(interview, ladder, by_bob):
    seen_by_both = Ladder.objects.get(pk=ladder.pk)
    interviewing.ask_why(ladder, answer="One", by=by_bob)
    interviewing.ask_why(seen_by_both, answer="Two", by=by_bob)
    assert [answer for _depth, _question, answer in told(ladder)][-2:] == ["One", "Two"]


def test_a_ladder_has_an_end(ladder, by_bob):
    for number in range(8):
        interviewing.ask_why(ladder, answer=str(number), by=by_bob)
    with pytest.raises(interviewing.LadderEnds):
        interviewing.ask_why(ladder, answer="no more", by=by_bob)


def test_case_1_one_answer_changed_by_two_gives_both_texts_back(
    reader, client_of, alice, interview, ladder
):
    step = ladder.steps.get(depth=1)
    seen = {"initial-question": "Why?", "initial-answer": step.answer, "question": "Why?"}
    other = client_of(alice, **HTMX)
    other.post(url("interview_read", interview.pk))
    assert reader.post(url("step_edit", step.pk), {**seen, "answer": "Mine"}).status_code == 200
    response = other.post(url("step_edit", step.pk), {**seen, "answer": "Theirs"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "<blockquote>Mine</blockquote>" in page
    assert "<blockquote>Theirs</blockquote>" in page
    assert LadderStep.objects.get(pk=step.pk).answer == "Mine"


def test_an_empty_answer_gives_the_form_back(reader, interview):
    response = reader.post(url("answer", interview.pk), {"question": "And?", "answer": " "})
    assert response.status_code == 422
    assert 'value="And?"' in response.content.decode()
    assert not Ladder.objects.exists()


def test_case_5_the_same_answer_sent_twice_is_written_once(reader, interview):
    sent = {"answer": "Only once", "idempotency_key": "once"}
    assert reader.post(url("answer", interview.pk), sent).content == (
        reader.post(url("answer", interview.pk), sent).content
    )
    assert Ladder.objects.count() == 1


def test_removing_a_step_takes_what_stands_below(reader, ladder):
    reader.post(url("step_remove", ladder.steps.get(depth=2).pk))
    assert [depth for depth, *_ in told(ladder)] == [0, 1]
    reader.post(url("step_remove", ladder.steps.get(depth=0).pk))
    assert not Ladder.objects.exists()


def test_what_is_known_is_merged_field_by_field(reader, client_of, alice, interview, stages):
    other = client_of(alice)
    other.post(url("interview_read", interview.pk))
    seen = {
        "participant": "Buyer 7", "initial-participant": "Buyer 7", "date": str(interview.date),
        "initial-date": str(interview.date), "language": "en", "initial-language": "en",
        "transcript": "A long talk.", "initial-transcript": "A long talk.",
    }  # fmt: skip
    reader.post(url("interview_edit", interview.pk), {**seen, "stages": [stages[2].pk]})
    other.post(url("interview_edit", interview.pk), {**seen, "participant": "Buyer 8"})
    interview.refresh_from_db()
    assert (interview.participant, interview.stages) == ("Buyer 8", [stages[2].pk])
    clash = other.post(url("interview_edit", interview.pk), {**seen, "participant": "Buyer 9"})
    assert clash.status_code == 409


def test_the_page_costs_the_same_queries_whatever_was_said(reader, interview, ladder, by_bob):
    address = url("interview_read", interview.pk)
    with CaptureQueriesContext(connection) as with_one:
        reader.post(address)
    for number in range(12):
        more = interviewing.add_answer(interview, answer=f"Answer {number}", by=by_bob)
        interviewing.ask_why(more, answer="Because", by=by_bob)
    with CaptureQueriesContext(connection) as with_many:
        reader.post(address)
    assert len(with_many) == len(with_one)


# --- Who may -------------------------------------------------------------------------------
def test_reading_is_written_to_the_access_log(client_of, alice, bob, interview, ladder):
    client = client_of(bob)
    page = client.get(interview.get_absolute_url()).content.decode()
    assert "I closed it." not in page, "before it is opened nothing of it is told"
    assert not interview.readings.exists()
    assert client.get(url("step_edit", ladder.steps.first().pk)).status_code == 403
    assert "I closed it." in client.post(url("interview_read", interview.pk)).content.decode()
    assert [(one.reader, one.reader_name) for one in interview.readings.all()] == [(bob, "Bob")]
    owners = client_of(alice).post(url("interview_read", interview.pk)).content.decode()
    assert "Who opened this interview" in owners
    assert "Bob" in owners


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_lower_roles_neither_see_nor_write(request, client_of, nordlys, interview, ladder, who):
    person = request.getfixturevalue(who)
    client, actor = client_of(person), actor_in(person, nordlys)
    step = ladder.steps.first()
    gets = [url("interviews"), url("interview", interview.pk), url("learn", ladder.pk)]
    posts = [
        url("interview_read", interview.pk), url("answer", interview.pk), url("why", ladder.pk),
        url("step_edit", step.pk), url("interview_forget", interview.pk),
    ]  # fmt: skip
    assert [client.get(address).status_code for address in gets] == [403] * 3
    assert [client.post(address).status_code for address in posts] == [403] * 5
    writes = [
        lambda: interviewing.create_interview(nordlys, participant="No", by=actor),
        lambda: interviewing.add_answer(interview, answer="No", by=actor),
        lambda: interviewing.ask_why(ladder, answer="No", by=actor),
        lambda: interviewing.note_reading(interview, by=actor),
        lambda: interviewing.learn_from(ladder, quote="No", by=actor),
    ]
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()


def test_case_56_strangers_find_nothing(
    client_of, charlie, bob, interview, ladder, foreign_interview
):
    client = client_of(charlie)
    step = ladder.steps.first()
    for address in (
        url("interview", interview.pk), url("learn", ladder.pk), url("step_edit", step.pk),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.post(url("interview_read", interview.pk)).status_code == 404
    assert "Their buyer" not in client_of(bob).get(url("interviews")).content.decode()


# --- Guides --------------------------------------------------------------------------------
def test_a_guide_is_asked_in_the_interview(reader, nordlys, interview, by_bob):
    reader.post(url("guide_new"), {"name": "Buyers", "questions": "What happened?\n\n And then? "})
    guide = InterviewGuide.objects.get()
    assert guide.questions == ["What happened?", "And then?"]
    interview.guide = guide
    interviewing.change_interview(interview, fields=["guide"], by=by_bob)
    page = reader.post(url("interview_read", interview.pk)).content.decode()
    assert "data-ask>And then?</button>" in page
    twin = InterviewGuide(workspace=nordlys, name="buyers", questions=["?"])
    with pytest.raises(NameTaken):
        interviewing.save_guide(twin, by=by_bob)
    reader.post(url("guide_delete", guide.pk))
    interview.refresh_from_db()
    assert interview.guide is None


# --- The database refuses ------------------------------------------------------------------
def test_the_database_refuses_what_makes_no_sense(nordlys, ladder):
    bad = [
        lambda: Interview.objects.create(workspace=nordlys, participant=""),
        lambda: ladder.steps.create(depth=0, answer="again"),
        lambda: ladder.steps.create(depth=9, answer=""),
        lambda: ladder.steps.create(depth=99, answer="too deep"),
    ]
    for write in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


# --- Of the transcript -----------------------------------------------------------------------
def test_a_marked_part_becomes_an_insight_on_stages_and_touchpoints(
    reader, interview, stages, by_bob, nordlys
):
    karin = create_persona(nordlys, name="Karin", by=by_bob)
    shop = create_touchpoint(stage=stages[0], title="The shop", by=by_bob)
    interview.stages, interview.persona = [stages[0].pk], karin
    interviewing.change_interview(interview, by=by_bob)
    address = url("learn_quote", interview.pk)
    assert reader.get(address).status_code == 200
    assert reader.post(address, {"quote": "x" * 1001, "kind": "pain"}).status_code == 422
    sent = {
        "quote": "A long talk.", "initial-quote": "",
        "kind": "pain", "language": "en", "personas": [karin.pk],
        "stages": [stages[1].pk], "touchpoints": [shop.pk],
    }  # fmt: skip
    response = reader.post(address, sent)
    made = Insight.objects.get()
    assert response.status_code == 302
    assert (made.kind, made.quote, made.interview, made.ladder) == (
        "pain", "A long talk.", interview, None,
    )  # fmt: skip
    assert list(made.personas.all()) == [karin]
    placed = Evidence.objects.order_by("stage__position").values_list("stage", "touchpoint")
    assert set(placed) == {(stages[1].pk, None), (stages[0].pk, shop.pk)}
    talk = reader.post(url("interview_read", interview.pk)).content.decode()
    assert "<mark>A long talk.</mark>" in talk


def test_words_of_a_transcript_are_taken_by_who_opened_it(
    client_of, bob, victor, interview, foreign_interview
):
    sent = {"quote": "Taken", "kind": "pain", "language": "en"}
    for user, pk, status in (
        (bob, interview.pk, 403), (victor, interview.pk, 403), (bob, foreign_interview.pk, 404),
    ):  # fmt: skip
        client = client_of(user)
        assert client.post(url("learn_quote", pk), sent).status_code == status
        assert client.get(url("learn_quote", pk)).status_code == status
    assert not Insight.objects.exists()


def test_marks_in_a_transcript_are_text_and_no_markup():
    marked = with_quotes_marked("He said <b>so &\nmore</b>. Bye", ["<b>so & more</b>", "Bye"])
    assert marked == ("He said <mark>&lt;b&gt;so &amp;\nmore&lt;/b&gt;</mark>. <mark>Bye</mark>")
    assert with_quotes_marked("a < b", []) == "a &lt; b"


# --- The list ------------------------------------------------------------------------------
@pytest.fixture
def many(nordlys, interviews, by_bob):
    """45 interviews, one of each kind that is still to be looked after."""
    today = timezone.localdate()
    guide = interviewing.save_guide(
        InterviewGuide(workspace=nordlys, name="Buying", questions=["Why?"]), by=by_bob
    )
    karin = create_persona(nordlys, name="Karin", by=by_bob)
    common = {"consent_on": today, "keep_until": today + timedelta(days=400)}
    for number in range(41):
        one = interviewing.create_interview(
            nordlys, participant=f"Kunde {number}", by=by_bob, **common
        )
        ladder = interviewing.add_answer(one, answer="Yes", by=by_bob)
        interviewing.learn_from(ladder, quote="Yes", by=by_bob)
    odd = {
        "consent": {"consent_on": None},
        "due": {"keep_until": today + timedelta(days=7)},
        "undated": {"keep_until": None},
        "guided": {"guide": guide, "persona": karin, "source": interviews, "person": "Hanne Berg"},
    }
    return {
        name: interviewing.create_interview(
            nordlys, participant=f"Odd {name}", by=by_bob, **(common | fields)
        )
        for name, fields in odd.items()
    }


def listed(client, **search):
    return list(client.get(url("interviews"), search).context["page"].object_list)


def test_interviews_come_in_pages_and_are_narrowed(client_of, bob, many):
    client = client_of(bob)
    assert [len(listed(client)), len(listed(client, page=2))] == [40, 5]
    odd = list(many.values())
    for status in ("consent", "due", "undated"):
        assert listed(client, status=status) == [many[status]]
    assert set(listed(client, status="silent")) == set(odd)
    assert set(listed(client, status="unused")) == set(odd)
    guided = many["guided"]
    for name in ("persona", "guide", "source"):
        assert listed(client, **{name: getattr(guided, name).pk}) == [guided]
    assert listed(client, q="odd due") == [many["due"]]
    assert len(listed(client, status="no such", persona="x", q="")) == 40


def test_the_list_neither_finds_nor_shows_who_it_is(client_of, bob, many):
    page = client_of(bob).get(url("interviews"), {"q": "Hanne"})
    assert list(page.context["page"].object_list) == []
    assert "Nothing found" in page.content.decode()
    assert "Hanne" not in client_of(bob).get(url("interviews"), {"q": "guided"}).content.decode()


def test_those_about_to_be_forgotten_are_pointed_out(client_of, bob, many):
    assert "1 participant is forgotten within 30 days." in (
        client_of(bob).get(url("interviews")).content.decode()
    )


def test_an_interview_and_a_workspace_hold_so_much(nordlys, interview, by_bob, monkeypatch):
    monkeypatch.setattr(interviewing, "MOST_LADDERS", 1)
    monkeypatch.setattr(interviewing, "MOST_GUIDES", 1)
    interviewing.add_answer(interview, answer="One", by=by_bob)
    with pytest.raises(interviewing.LadderEnds, match="at most 1 answers"):
        interviewing.add_answer(interview, answer="Two", by=by_bob)
    for name, refused in (("One", False), ("Two", True)):
        guide = InterviewGuide(workspace=nordlys, name=name, questions=["Why?"])
        with pytest.raises(Refused) if refused else nullcontext():
            interviewing.save_guide(guide, by=by_bob)

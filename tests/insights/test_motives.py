import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights import interviewing
from insights.motives import MOST_AT_ONCE, Motives
from journeys.services import create_persona

pytestmark = pytest.mark.django_db

ADDRESS = "/insights/motives/"


@pytest.fixture
def learnt(nordlys, by_bob):
    """`learnt(answers, persona, stages)`: an insight of a ladder of these answers."""
    interview = interviewing.create_interview(nordlys, participant="Buyer 7", by=by_bob)

    def learn(answers, personas=(), stages=()):
        ladder = interviewing.add_answer(interview, answer=answers[0], by=by_bob)
        for answer in answers[1:]:
            interviewing.ask_why(ladder, answer=answer, by=by_bob)
        places = [(stage, by_bob) for stage in stages]
        return interviewing.learn_from(
            ladder, quote=answers[0], personas=personas, stages=places, by=by_bob
        )

    return learn


def test_the_last_answers_are_rolled_up_by_stage_and_persona(nordlys, bob, by_bob, stages, learnt):
    karin = create_persona(nordlys, name="Karin", by=by_bob)
    deep = learnt(["a", "b", "c", "Burnt once"], [karin], [stages[0], stages[2]])
    shallow = learnt(["a", "In a hurry"], [karin], [stages[0]])
    nobody = learnt(["a", "b", "c", "No map"])
    motives = Motives(nordlys, bob)
    found = [
        (
            one.stage,
            {
                group.persona: [
                    (motive.insight, motive.root, motive.depth) for motive in group.motives
                ]
                for group in one.groups
            },
        )
        for one in motives.of(motives.stages())
    ]
    assert found == [
        (stages[0], {karin: [(deep, "Burnt once", 3), (shallow, "In a hurry", 1)]}),
        (stages[2], {karin: [(deep, "Burnt once", 3)]}),
        (None, {None: [(nobody, "No map", 3)]}),
    ]


def test_the_page_points_out_what_is_shallow(client_of, victor, learnt, stages):
    learnt(["a", "In a hurry"], stages=[stages[0]])
    page = client_of(victor).get(ADDRESS).content.decode()
    assert "In a hurry" in page
    assert "1 why deep · ask on" in page


def test_the_page_costs_the_same_queries_whatever_there_is(client_of, victor, learnt, stages):
    client = client_of(victor)
    learnt(["a", "b"], stages=[stages[0]])
    with CaptureQueriesContext(connection) as with_one:
        client.get(ADDRESS)
    for number in range(10):
        learnt(["a", f"Reason {number}"], stages=[stages[number % 3]])
    with CaptureQueriesContext(connection) as with_many:
        client.get(ADDRESS)
    assert len(with_many) == len(with_one)


def test_the_deepest_are_shown_and_the_others_counted(
    client_of, victor, nordlys, by_bob, stages, learnt
):
    karin = create_persona(nordlys, name="Karin", by=by_bob)
    for number in range(MOST_AT_ONCE + 3):
        learnt(["a", f"Reason {number}"], [karin], [stages[0]])
    learnt(["a", "b", "c", "The deepest"], [karin], [stages[0]])
    client = client_of(victor)
    (at,) = client.get(ADDRESS).context["stages"]
    (group,) = at.groups
    assert (group.number, len(group.motives), group.left_out) == (MOST_AT_ONCE + 4, MOST_AT_ONCE, 4)
    assert group.motives[0].root == "The deepest"
    page = client.get(ADDRESS, {"stage": stages[0].pk, "persona": karin.pk})
    assert len(page.context["stages"][0].groups[0].motives) == MOST_AT_ONCE + 4
    assert "Nothing found" in client.get(ADDRESS, {"persona": 2**60}).content.decode()


def test_stages_come_in_pages(client_of, victor, nordlys, stages, learnt, monkeypatch):
    monkeypatch.setattr("insights.views.motives.STAGES_A_PAGE", 2)
    for stage in stages[:3]:
        learnt(["a", f"At {stage.title}"], stages=[stage])
    client = client_of(victor)
    assert [at.stage for at in client.get(ADDRESS).context["stages"]] == list(stages[:2])
    page = client.get(ADDRESS, {"page": 2})
    assert [at.stage for at in page.context["stages"]] == [stages[2]]

"""A workshop of Nordlys with something of everything on it."""

from datetime import UTC, date, datetime

from journeys.models import Journey, Stage
from journeys.services import attach_persona, create_persona, record_emotion
from teams.access import Actor
from workshops import clustering, deciding, inspiration, inviting, services
from workshops.agenda import change_agenda_item, use_agenda
from workshops.agenda_models import Act
from workshops.agendas import NINETY_MINUTES
from workshops.leading import look_at, start_next
from workshops.models import Contribution, Participant, Workshop
from workshops.selectors import scope_of
from workshops.voting import cast_vote

PEOPLE = (
    ("Mette Holm", "Sales"),
    ("Jonas Berg", "Sales"),
    ("Sofie Lund", "Customer service"),
    ("Ali Demir", "Product"),
    ("Karin Åström", "Marketing"),
)
CASES = (
    ("Somebody answers until nine", "Bank Vest", "Two people share the evening chat.", ["chat"]),
    ("One price on every page", "Kontorlager", "They wrote one price list.", ["prices"]),
    ("A call on day two", "Møbelhuset", "They ring every buyer.", ["delivery"]),
)
FEELINGS = (0, -1, 1, 1, -2, 0, 2)


def address_of(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@nordlys.example"


def feel(journey: Journey, *, by: Actor) -> None:
    """Two personas with feelings in every stage."""
    personas = [
        create_persona(journey.workspace, name="Birgit", segment="Small firm", colour=1, by=by),
        create_persona(journey.workspace, name="Hans", segment="Large firm", colour=6, by=by),
    ]
    for persona in personas:
        attach_persona(journey, persona, by=by)
    for index, stage in enumerate(Stage.objects.filter(board=journey.pk).order_by("position")):
        score = FEELINGS[index % len(FEELINGS)]
        record_emotion(stage, persona=personas[0], score=score, by=by)
        record_emotion(stage, persona=personas[1], score=max(-2, min(2, 1 - score)), by=by)


def invite_some(workshop: Workshop, *, by: Actor) -> None:
    """All get addresses, and three of them an invitation."""
    people = list(Participant.objects.filter(board=workshop.pk).order_by("pk"))
    for person in people:
        fields = {"email": address_of(person.name)}
        services.change_participant(person, fields=fields, by=by)
    inviting.invite(workshop, participants=people[:3], by=by)


def full_workshop(journey: Journey, *, by: Actor) -> Workshop:
    """Participants, contributions in two stages and the whole journey, ratings, decisions."""
    workshop = services.create_workshop(
        journey,
        title="Why do trials end in silence?",
        starts_at=datetime(2036, 11, 24, 8, 30, tzinfo=UTC),
        location="Aarhus, room Skagen",
        facilitator="Helle Friis",
        introduction="We follow the customer from the first search to the second year.",
        by=by,
    )
    people = [
        services.add_participant(workshop, name=name, department=department, by=by)
        for name, department in PEOPLE
    ]
    _contribute(workshop, people, by)
    _group(workshop, by)
    _vote(workshop, people, by)
    _decide(workshop, people, by)
    _inspire(workshop, by)
    use_agenda(workshop, NINETY_MINUTES, by=by)
    running = start_next(workshop, after=None, by=by)
    change_agenda_item(running, fields={f"may_{act.value}": True for act in Act}, by=by)
    look_at(workshop, workshop_problem(workshop), by=by)
    workshop.refresh_from_db()
    return workshop


def _contribute(workshop: Workshop, people: list, by: Actor) -> None:
    stages = scope_of(workshop)
    add = services.add_contribution
    add(
        workshop,
        kind="problem",
        text="Nobody answers the chat after four o'clock.",
        stage=stages[3],
        participant=people[2],
        by=by,
    )
    add(
        workshop,
        kind="idea",
        text="Call every trial on day three.",
        stage=stages[3],
        participant=people[0],
        by=by,
    )
    add(
        workshop,
        kind="strength",
        text="The demonstration is liked by all.",
        stage=stages[3],
        participant=people[4],
        by=by,
    )
    add(
        workshop,
        kind="question",
        text="Who signs the contract on their side?",
        stage=stages[4],
        participant=people[1],
        by=by,
    )
    add(
        workshop,
        kind="problem",
        text="We say three different prices.",
        participant=people[3],
        by=by,
    )


def _group(workshop: Workshop, by: Actor) -> None:
    """Two problems under one name."""
    problems = list(Contribution.objects.filter(board=workshop.pk, kind="problem").order_by("pk"))
    cluster = clustering.begin_cluster(problems[0], name="We do not answer", by=by)
    clustering.put_in_cluster(problems[1], cluster=cluster, by=by)


def _vote(workshop: Workshop, people: list, by: Actor) -> None:
    problem = workshop_problem(workshop)
    for person, count in zip(people, (3, 1, 2), strict=False):
        cast_vote(problem, count=count, participant=person, by=by)


def _decide(workshop: Workshop, people: list, by: Actor) -> None:
    problem = workshop_problem(workshop)
    evening = deciding.add_proposal(
        workshop,
        title="Open the chat until eight",
        text="Two people take turns.",
        solves=problem,
        by=by,
    )
    price = deciding.add_proposal(workshop, title="One price list", by=by)
    deciding.add_proposal(workshop, title="A wizard that configures itself", by=by)
    for person, marks in zip(people, ((5, 4), (4, 4), (5, 5), (2, 4), (4, 3)), strict=True):
        deciding.rate_proposal(
            evening, feasibility=marks[0], effect=marks[1], participant=person, by=by
        )
        deciding.rate_proposal(
            price, feasibility=marks[1], effect=marks[0], participant=person, by=by
        )
    deciding.add_action(
        workshop,
        title="Trial the evening chat for a month",
        owner="Sofie Lund",
        due=date(2027, 1, 15),
        proposal=evening,
        metric="Answers within ten minutes",
        status="doing",
        by=by,
    )
    deciding.add_action(workshop, title="Collect all price lists", by=by)


def _inspire(workshop: Workshop, by: Actor) -> None:
    """Three cases in the library; one of them is shown, one waits."""
    cases = [
        inspiration.create_case(
            workshop.workspace,
            title=title,
            company=company,
            done=done,
            effect="A third fewer complaints.",
            tags=tags,
            by=by,
        )
        for title, company, done, tags in CASES
    ]
    problem = workshop_problem(workshop)
    inspiration.show_case(workshop, cases[0], problem=problem, by=by)
    inspiration.bring_case(workshop, cases[1], by=by)


def workshop_problem(workshop: Workshop) -> Contribution:
    return Contribution.objects.filter(board=workshop.pk, kind="problem").order_by("pk").first()

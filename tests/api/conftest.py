"""Programs that speak for the cast, and a journey to speak about."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from teams.access import actor_in
from tests.cast import member
from tests.drawn import picture_file


@pytest.fixture
def api_of():
    """`api_of(alice)`: a program with a token of Alice; `api_of(None)`: one without."""
    from teams.services import create_token

    def sign_in(user=None) -> APIClient:
        client = APIClient()
        if user is not None:
            _token, secret = create_token(name="Script", by=user)
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return sign_in


@pytest.fixture
def by_bob(bob, nordlys):
    return actor_in(bob, nordlys)


@pytest.fixture
def journey(by_bob, nordlys):
    """With three stages and the standard lanes."""
    from journeys.services import create_journey
    from journeys.starters import STARTERS

    starter = STARTERS["before-during-after"]
    return create_journey(nordlys, title="A first order", starter=starter, by=by_bob)


@pytest.fixture
def stage(journey):
    from journeys.models import Stage

    return Stage.objects.filter(board=journey).first()


@pytest.fixture
def lane(journey):
    from journeys.models import Lane

    return Lane.objects.get(board=journey, kind="does")


@pytest.fixture
def note(stage, lane, by_bob):
    from journeys.services import create_note

    return create_note(stage=stage, lane=lane, text="Asks a colleague", by=by_bob)


@pytest.fixture
def persona(nordlys, by_bob):
    from journeys.services import create_persona

    return create_persona(nordlys, name="Karin", by=by_bob)


@pytest.fixture
def workshop(journey, by_bob):
    from workshops.services import create_workshop

    return create_workshop(journey, title="Morning with sales", by=by_bob)


@pytest.fixture
def ours(nordlys, by_bob):
    """One of everything in our workspace, by the name of its resource."""
    return one_of_everything(nordlys, by_bob, "Our plan")


@pytest.fixture
def foreign(charlie, other):
    """One of everything in Charlie's workspace."""
    return one_of_everything(other, actor_in(charlie, other), "Their secret plan")


def one_of_everything(workspace, by, words):
    from collaboration import drafts, exporting, sharing
    from collaboration.assignments import assign
    from collaboration.models import Change
    from collaboration.services import create_comment
    from collaboration.snapshots import save_snapshot
    from insights import interviewing, planning, readiness
    from insights import services as learning
    from insights.models import InterviewGuide
    from journeys import measuring, pictures, services
    from journeys.models import Lane, Stage
    from journeys.own_starters import save_as_template
    from journeys.paths import create_path
    from journeys.saved_views import save_view
    from journeys.starters import STARTERS
    from tests.imports import read
    from touchpoints import services as meeting
    from touchpoints.messages import create_link
    from touchpoints.walks import answer_step, start_walk
    from workshops import deciding
    from workshops import services as working
    from workshops.agenda import add_agenda_item
    from workshops.clustering import create_cluster
    from workshops.leading import start_activity

    starter = STARTERS["before-during-after"]
    journey = services.create_journey(workspace, title=words, starter=starter, by=by)
    stage = Stage.objects.filter(board=journey).first()
    lane = Lane.objects.get(board=journey, kind="does")
    persona = services.create_persona(workspace, name=words, by=by)
    services.attach_persona(journey, persona, by=by)
    source = learning.create_source(workspace, name=words, kind="survey", by=by)
    insight = learning.create_insight(workspace, source=source, kind="need", text=words, by=by)
    evidence = learning.attach_insight(insight, stage=stage, by=by)
    workshop = working.create_workshop(journey, title=words, starts_at=to_come(), by=by)
    participant = working.add_participant(workshop, name=words, email="one@x.example", by=by)
    activity = add_agenda_item(workshop, **dict.fromkeys(OPEN, True), prompt=words, by=by)
    voted = round_and_vote(workshop, words, by)
    start_activity(activity, by=by)
    proposal = deciding.add_proposal(workshop, title=words, by=by)
    rating = deciding.rate_proposal(proposal, feasibility=3, effect=4, by=by)
    dora = member(f"dora@{journey.pk}.example", workspace, "viewer").memberships.get()
    link, _token = sharing.make_link(journey, role="viewer", label=words, by=by)
    export = exporting.request_export(workshop, kind="summary", language="en", by=by)
    second = Stage.objects.filter(board=journey).order_by("position")[1]
    touchpoint = meeting.create_touchpoint(stage=stage, title=words, by=by)
    note = services.create_note(stage=stage, lane=lane, text=words, by=by)
    ready = readiness.create_readiness(stage=stage, title=words, answers=note, by=by)
    also = meeting.create_touchpoint(stage=second, title=words, message=words, by=by)
    walk = start_walk(journey, competitor=True, company=words, by=by)
    trashed = services.create_journey(workspace, title=words, starter=STARTERS["empty"], by=by)
    services.delete_journey(trashed, by=by)
    return {
        "workspaces": workspace,
        "trash": trashed,
        "snapshots": save_snapshot(journey, label=words, by=by),
        "memberships": workspace.memberships.get(user=by.user),
        "personas": persona,
        "journeys": journey,
        "journey-templates": save_as_template(journey, name=words, by=by),
        "stages": stage,
        "lanes": lane,
        "notes": note,
        "emotions": services.record_emotion(stage, persona=persona, score=1, by=by),
        "metrics": measuring.create_metric(stage=stage, name=words, kind="nps", by=by),
        "pictures": pictures.create_picture(
            stage=stage,
            lane=services.create_lane(journey, kind="image", by=by),
            file=picture_file(),
            alt=words,
            by=by,
        ),
        "channels": meeting.create_channel(workspace, name=words, by=by),
        "touchpoints": touchpoint,
        "touchpoint-emotions": meeting.record_feeling(touchpoint, persona=persona, score=1, by=by),
        **goals_and_what_serves_them(journey, stage, workshop, words, by),
        "message-links": create_link(journey, title=words, touchpoints=[touchpoint, also], by=by),
        "walks": walk,
        "walk-steps": answer_step(walk, stage=stage, missing=words, by=by),
        "paths": create_path(from_stage=stage, to_stage=second, reason=words, by=by),
        "sources": source,
        "interviews": interviewing.create_interview(workspace, participant=words, by=by),
        "interview-guides": interviewing.save_guide(
            InterviewGuide(workspace=workspace, name=words, questions=[words]), by=by
        ),
        "insights": insight,
        "evidence": evidence,
        "chosen-sources": planning.choose_source(stage, kind="visit", by=by),
        "readiness": ready,
        "answers": ready.answers.get(),
        "workshops": workshop,
        "agenda-items": activity,
        "participants": participant,
        "clusters": create_cluster(workshop, name=words, by=by),
        **voted,
        "proposals": proposal,
        "ratings": rating,
        **inspiring(workspace, workshop, words, by),
        "workshop-invitations": invited(workshop, words, by),
        "saved-views": save_view(journey, name=words, query="", shared=True, by=by),
        "comments": create_comment(journey, target=stage, body=words, by=by),
        "assignments": assign(journey, target=stage, member=by.user, by=by),
        "notifications": told(journey, stage, words, by),
        "changes": Change.objects.filter(board=journey, item_type="path").get(),
        "exports": export,
        "imports": read(
            "touchpoints", journey, f"Stage;Touchpoint\n{stage.title};{words}\n", by=by
        ),
        "share-links": link,
        "board-accesses": drafts.give_access(journey, dora, role="commenter", by=by),
    }


OPEN = ("may_add", "may_comment", "may_propose", "may_vote", "may_rate", "may_group")
"""What participants may do meanwhile."""


def goals_and_what_serves_them(journey, stage, workshop, words, by):
    from touchpoints.activities import create_activity
    from touchpoints.goals import create_goal, serve_goal
    from workshops import deciding, serving

    activity = create_activity(journey, title=words, stage=stage, by=by)
    action = deciding.add_action(workshop, title=words, by=by)
    goal = create_goal(journey, side="customer", text=words, by=by)
    return {
        "activities": activity,
        "actions": action,
        "goals": goal,
        "activity-goals": serve_goal(activity, goal, by=by),
        "action-goals": serving.serve_goal(action, goal, by=by),
    }


def inspiring(workspace, workshop, words, by):
    from workshops import inspiration

    case = inspiration.create_case(workspace, title=words, done=words, by=by)
    return {
        "inspiration-cases": case,
        "shown-cases": inspiration.bring_case(workshop, case, by=by),
    }


def round_and_vote(workshop, words, by):
    from workshops.agenda import add_agenda_item
    from workshops.leading import start_activity
    from workshops.round_models import Round
    from workshops.services import add_contribution
    from workshops.voting import cast_vote

    said = add_contribution(workshop, text=words, by=by)
    vote = cast_vote(said, count=2, by=by)
    start_activity(add_agenda_item(workshop, kind="vote", by=by), by=by)
    return {
        "contributions": said,
        "votes": vote,
        "rounds": Round.objects.get(board=workshop.pk),
    }


def to_come():
    return timezone.now() + timedelta(days=30)


def invited(workshop, words, by):
    from workshops.inviting import invite
    from workshops.services import add_participant

    person = add_participant(workshop, name=words, email="two@x.example", by=by)
    return invite(workshop, participants=[person], by=by)[0]


def told(journey, stage, words, by):
    """Somebody without an account mentions the person."""
    from collaboration.attention import Notification
    from collaboration.mentions import mention
    from collaboration.services import create_comment
    from teams.access import Actor

    body = f"{mention(by.user)} {words}"
    create_comment(journey, target=stage, body=body, by=Actor.system("Olga"))
    return Notification.objects.get(user=by.user, board=journey)

"""Holds a workshop of the demo: members act for themselves, the editor writes for the others."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from journeys.models import Journey
from teams.access import Actor
from teams.models import Role
from touchpoints.models import Touchpoint
from workshops.agenda import use_agenda
from workshops.agenda_models import AgendaItem, AgendaKind
from workshops.agendas import AGENDAS, PHASES
from workshops.allowing import running_item
from workshops.clustering import begin_cluster, put_in_cluster
from workshops.deciding import add_action, add_proposal, rate_proposal
from workshops.demo.build_map import stages_of
from workshops.demo.people import Cast
from workshops.demo.shapes import (
    ActionStory,
    ContributionStory,
    ParticipantStory,
    WorkshopStory,
)
from workshops.door_models import DoorState
from workshops.follow_up import plan_follow_up, unsolved
from workshops.joining import set_door
from workshops.leading import end_activity, start_activity, start_another_round
from workshops.models import Contribution, Participant, Phase, Proposal, ScopeStage, Workshop
from workshops.round_models import Round
from workshops.rounds import freeze_ratings, reveal_round
from workshops.selectors import scope_of
from workshops.services import (
    add_contribution,
    add_participant,
    change_contribution,
    choose_scope,
    create_workshop,
    join_workshop,
)
from workshops.silent import add_silent_note, reveal_notes
from workshops.voting import cast_vote

FRIDAY = 4


def hold_workshop(
    story: WorkshopStory, journey: Journey, cast: Cast, *, follows: Workshop | None = None
) -> Workshop:
    """Goes through the phases one by one, as far as the story has come."""
    if follows:
        return follow_up(story, follows, cast)
    workshop = create_workshop(
        journey,
        title=story.title,
        starts_at=_starts_at(story),
        location=story.location,
        facilitator=story.facilitator,
        introduction=story.introduction,
        departments_needed=story.needs,
        stage_ids=_stage_ids(story, journey),
        by=cast.actors["owner"],
    )
    Session(story, workshop, journey, cast).run()
    if workshop.starts_at and workshop.starts_at > timezone.now():
        set_door(workshop, state=DoorState.ASK, by=cast.actors["owner"])
    return workshop


def follow_up(story: WorkshopStory, earlier: Workshop, cast: Cast) -> Workshop:
    """Made from the earlier one, with what is unsolved there in the story's stages."""
    journey = earlier.subject
    stage_ids = _stage_ids(story, journey)
    carried = unsolved(earlier).filter(stage__journey_stage_id__in=stage_ids or ())
    workshop = plan_follow_up(
        earlier,
        carried=list(carried.values_list("pk", flat=True)),
        title=story.title,
        starts_at=_starts_at(story),
        location=story.location,
        introduction=story.introduction,
        by=cast.actors["owner"],
    )
    choose_scope(workshop, stage_ids=stage_ids, by=cast.actors["owner"])
    Session(story, workshop, journey, cast).prepare()
    return workshop


def _starts_at(story: WorkshopStory) -> datetime:
    """On a weekday: what falls on a Saturday or Sunday is held on the Monday after."""
    day = timezone.localdate() + timedelta(days=story.in_days)
    if day.weekday() > FRIDAY:
        day += timedelta(days=7 - day.weekday())
    return timezone.make_aware(datetime.combine(day, time(story.hour)))


def _stage_ids(story: WorkshopStory, journey: Journey) -> list[int] | None:
    if story.stages is None:
        return None
    stages = stages_of(journey)
    return [stages[number].pk for number in story.stages]


class Session:
    """A workshop in progress, with those who take part."""

    def __init__(
        self, story: WorkshopStory, workshop: Workshop, journey: Journey, cast: Cast
    ) -> None:
        self.story, self.workshop, self.cast = story, workshop, cast
        self.owner, self.editor = cast.actors["owner"], cast.actors["editor"]
        self.scope = _scope_by_number(workshop, journey)
        self.members: dict[str, Actor] = {}
        self.participants: dict[str, Participant] = {}
        self.contributions: list[Contribution] = []
        self.proposals: list[Proposal] = []

    def run(self) -> None:
        """Phase by phase; what a workshop in preparation has was sent in beforehand."""
        acts = {
            Phase.COLLECT: self._contribute,
            Phase.DISCUSS: self._discuss,
            Phase.PROPOSE: self._propose,
            Phase.RATE: self._rate,
            Phase.DECIDE: self._decide,
        }
        self._welcome()
        reached = list(Phase).index(Phase(self.story.phase))
        if reached == 0:
            self._contribute()
        use_agenda(self.workshop, AGENDAS[self.story.agenda], by=self.owner)
        for phase in list(Phase)[1 : reached + 1]:
            self._lead_to(phase)
            if phase in acts:
                acts[phase]()
        if running := running_item(self.workshop):
            end_activity(running, by=self.owner)

    def prepare(self) -> None:
        """Who has an account is there; the others were brought along."""
        for person in Participant.objects.filter(board=self.workshop.pk):
            self.participants[person.name] = person
        self._contribute()

    def _lead_to(self, phase: Phase) -> None:
        """Through the activities of the agenda that belong to this phase."""
        for item in AgendaItem.objects.filter(board=self.workshop.pk):
            if PHASES[AgendaKind(item.kind)] == phase:
                start_activity(item, by=self.owner)
                if item.kind == AgendaKind.VOTE:
                    self._vote()

    def _welcome(self) -> None:
        """Who has an account and may contribute joins; all others are put on the list."""
        for person in self.story.participants:
            actor = self.cast.actors.get(person.account)
            if actor and actor.may(Role.COMMENTER):
                self.members[person.name] = actor
                joined = join_workshop(self.workshop, department=person.department, by=actor)
            else:
                joined = self._put_on_the_list(person, actor)
            self.participants[person.name] = joined

    def _put_on_the_list(self, person: ParticipantStory, actor: Actor | None) -> Participant:
        return add_participant(
            self.workshop,
            name=person.name,
            department=person.department,
            email=person.email,
            user=actor.user if actor else None,
            by=self.editor,
        )

    def _speaker(self, name: str) -> tuple[Participant | None, Actor]:
        """Whose word it is where the editor writes it down, and who writes."""
        if name in self.members:
            return None, self.members[name]
        return self.participants[name], self.editor

    def _contribute(self) -> None:
        """Members write in silence where that is asked; the reveal shows all of it."""
        running = running_item(self.workshop)
        for story in self.story.contributions:
            participant, writer = self._speaker(story.who)
            fields: dict[str, Any] = {
                "kind": story.kind,
                "text": story.text,
                "stage": None if story.stage is None else self.scope[story.stage],
                "touchpoint": self._touchpoint(story),
                "by": writer,
            }
            if participant is None and running and running.silent:
                add_silent_note(self.workshop, **fields)
            else:
                add_contribution(self.workshop, participant=participant, **fields)
        reveal_notes(self.workshop, by=self.owner)
        said = {one.text: one for one in Contribution.objects.filter(board=self.workshop.pk)}
        self.contributions = [said[story.text] for story in self.story.contributions]

    def _touchpoint(self, story: ContributionStory) -> int | None:
        if not story.touchpoint:
            return None
        found = Touchpoint.objects.get(board=self.workshop.subject_id, title=story.touchpoint)
        return found.pk

    def _discuss(self) -> None:
        for group in self.story.clusters:
            first, *others = (self.contributions[number] for number in group.about)
            cluster = begin_cluster(first, name=group.name, by=self.editor)
            for other in others:
                put_in_cluster(other, cluster=cluster, by=self.owner)
        for contribution, story in zip(self.contributions, self.story.contributions, strict=True):
            if story.discussion:
                fields = {"discussion": story.discussion}
                contribution.refresh_from_db()
                change_contribution(contribution, fields=fields, by=self.owner)

    def _propose(self) -> None:
        for turn, story in enumerate(self.story.proposals):
            proposal = add_proposal(
                self.workshop,
                title=story.title,
                text=story.text,
                stage=None if story.stage is None else self.scope[story.stage],
                solves=None if story.solves is None else self.contributions[story.solves],
                by=self.editor if turn % 2 else self.owner,
            )
            self.proposals.append(proposal)

    def _vote(self) -> None:
        for name, dots in self.story.votes.items():
            participant, writer = self._speaker(name)
            for number, count in dots.items():
                said = self.contributions[number]
                cast_vote(said, count=count, participant=participant, by=writer)
        reveal_round(self._round(), by=self.owner)

    def _rate(self) -> None:
        """Everybody alone, and once more after those have talked who saw it differently."""
        for proposal, story in zip(self.proposals, self.story.proposals, strict=True):
            self._give(proposal, {**story.ratings, **story.at_first})
        reveal_round(self._round(), by=self.owner)
        start_another_round(self._round(), by=self.owner)
        for proposal, story in zip(self.proposals, self.story.proposals, strict=True):
            self._give(proposal, {name: story.ratings[name] for name in story.at_first})
        reveal_round(self._round(), by=self.owner)
        freeze_ratings(self.workshop, by=self.owner)

    def _give(self, proposal: Proposal, ratings: Mapping[str, tuple[int, int]]) -> None:
        for name, (feasibility, effect) in ratings.items():
            participant, writer = self._speaker(name)
            rate_proposal(
                proposal,
                feasibility=feasibility,
                effect=effect,
                participant=participant,
                by=writer,
            )

    def _round(self) -> Round:
        latest: Round = Round.objects.filter(board=self.workshop.pk).latest("pk")
        return latest

    def _decide(self) -> None:
        for proposal, story in zip(self.proposals, self.story.proposals, strict=True):
            for action in story.actions:
                self._agree(proposal, action)

    def _agree(self, proposal: Proposal, story: ActionStory) -> None:
        add_action(
            self.workshop,
            title=story.title,
            owner=story.owner,
            due=timezone.localdate() + timedelta(days=story.due_in_days),
            status=story.status,
            metric=story.metric,
            result=story.result,
            proposal=proposal,
            by=self.owner,
        )


def _scope_by_number(workshop: Workshop, journey: Journey) -> dict[int, ScopeStage]:
    numbers = {stage.pk: number for number, stage in enumerate(stages_of(journey))}
    return {numbers[stage.journey_stage_id]: stage for stage in scope_of(workshop)}

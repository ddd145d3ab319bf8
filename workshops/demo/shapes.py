"""The shapes of the stories that the demo tells; keys name people, personas and sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from journeys.models import Period
from touchpoints.choices import Contact, Party, Use, Verdict
from workshops.demo.drawn import Face, Scene

Texts = tuple[str, ...]


@dataclass(frozen=True)
class PersonaStory:
    name: str
    segment: str
    quote: str
    summary: str
    goals: str
    pains: str
    gains: str
    behaviours: str
    face: Face | None = None


@dataclass(frozen=True)
class TouchpointStory:
    """`importance` and `satisfaction` from 1 to 5; with `why_unused`, customers do not use it."""

    title: str
    channel: str
    importance: int
    satisfaction: int | None
    actor: str = ""
    message: str = ""
    thinks: str = ""
    feels: str = ""
    says: str = ""
    owner: str = ""
    helpers: str = ""
    why_unused: str = ""
    moment_of_truth: bool = False
    our_importance: int | None = None
    party: str = Party.US
    contact: str = Contact.WITH
    device: str = ""
    verdict: str = Verdict.UNKNOWN
    strengths: str = ""
    weaknesses: str = ""
    downstream: str = ""
    use: str = Use.MAINLY
    department: str = ""
    missing: bool = False
    persona: str = ""


@dataclass(frozen=True)
class ActivityStory:
    """`stage` by its number, from 0; hours and money are of a month."""

    title: str
    stage: int | None
    channel: str
    hours: float
    cost: float | None
    purpose: str = ""
    owner: str = ""
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ReadyStory:
    """What stands ready in a stage, by its number from 0; `answers` are the beginnings of the
    doubts and needs there, `due_in` counts days from today."""

    stage: int
    title: str
    kind: str
    status: str
    channel: str = ""
    owner: str = ""
    link: str = ""
    due_in: int | None = None
    answers: Texts = ()


@dataclass(frozen=True)
class LinkStory:
    """What touchpoints, by title, must say in the same way; `then` is a message that was changed
    after the verdict."""

    title: str
    touchpoints: Texts
    verdict: str = ""
    remark: str = ""
    then: tuple[str, str] | None = None


@dataclass(frozen=True)
class GoalStory:
    """A ranked goal of one side; of a stage, by its number from 0, or of the whole journey."""

    side: str
    text: str
    stage: int | None = None


@dataclass(frozen=True)
class InsightStory:
    """`stages` by their number in the journey, from 0."""

    source: str
    kind: str
    quote: str
    text: str
    strength: int
    stages: tuple[int, ...]
    tags: Texts = ()


@dataclass(frozen=True)
class StageStory:
    """`notes` by the kind of lane; `feelings` by persona: score from -2 to 2 and reason."""

    title: str
    period: Period
    situation: str
    customer_goal: str
    business_goal: str
    notes: Mapping[str, Texts]
    feelings: Mapping[str, tuple[int, str]]
    touchpoints: tuple[TouchpointStory, ...] = ()


@dataclass(frozen=True)
class MetricStory:
    """`values` are measured a month apart, the last of them in this month."""

    name: str
    kind: str
    values: tuple[float, ...]
    target: float
    unit: str = ""
    less: bool = False


@dataclass(frozen=True)
class MoreStory:
    """What else stands in a stage: how far goals agree, whose voice a note is, by how it begins,
    and what it looks like there."""

    agreement: int | None = None
    notes: Mapping[str, Texts] = field(default_factory=dict)
    metrics: tuple[MetricStory, ...] = ()
    voices: Mapping[str, str] = field(default_factory=dict)
    scene: Scene | None = None


@dataclass(frozen=True)
class ThreadStory:
    """What people say about a stage: (who, words) in turn, and who closed the thread."""

    stage: int
    said: tuple[tuple[str, str], ...]
    resolved_by: str = ""


@dataclass(frozen=True)
class PathStory:
    """A move between stages by their numbers, from 0; `share` of customers from 0 to 1."""

    start: int
    end: int
    share: float
    reason: str
    response: str


@dataclass(frozen=True)
class JourneyStory:
    """`free_lanes` maps keys of `StageStory.notes` to titles of free text lanes; `felt` gives
    the feelings by persona at touchpoints, by their title; `more_lanes` are kinds beyond the
    usual ones, each with the kind that it stands above, or nothing."""

    title: str
    customer_goal: str
    business_goal: str
    scope: str
    stages: tuple[StageStory, ...]
    personas: Mapping[str, PersonaStory]
    perspective: str = "current"
    review_in_days: int | None = None
    free_lanes: Mapping[str, str] | None = None
    insights: tuple[InsightStory, ...] = ()
    threads: tuple[ThreadStory, ...] = ()
    paths: tuple[PathStory, ...] = ()
    felt: Mapping[str, Mapping[str, tuple[int, str]]] | None = None
    agreement: int | None = None
    more_lanes: Mapping[str, str] = field(default_factory=dict)
    more: tuple[MoreStory, ...] = ()
    activities: tuple[ActivityStory, ...] = ()


@dataclass(frozen=True)
class ContributionStory:
    """`who` is a participant; `stage` a number from 0, None for the whole journey; `touchpoint` one
    of that stage by its title; `discussion` what the group found out about it."""

    who: str
    kind: str
    text: str
    stage: int | None = None
    touchpoint: str = ""
    discussion: str = ""


@dataclass(frozen=True)
class ClusterStory:
    """`about` are numbers of contributions."""

    name: str
    about: tuple[int, ...]


@dataclass(frozen=True)
class ActionStory:
    """`due_in_days` is counted from the day on which the demo is made."""

    title: str
    owner: str
    due_in_days: int
    status: str
    metric: str
    result: str = ""


@dataclass(frozen=True)
class OutcomeStory:
    """What became of an action: `starts_in_days` is counted from today, `metric` names one of the
    map; what is `dropped` is so at last, and asks its question again."""

    action: str
    helpers: str
    starts_in_days: int
    target: str
    metric: str = ""
    link: str = ""
    scene: Scene | None = None
    dropped: bool = False


@dataclass(frozen=True)
class ProposalStory:
    """`solves` is the number of a contribution; `ratings` feasibility and effect by participant,
    `at_first` what they gave in a first round, before they talked about it."""

    title: str
    text: str
    solves: int | None
    ratings: Mapping[str, tuple[int, int]]
    actions: tuple[ActionStory, ...] = ()
    stage: int | None = None
    at_first: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class ParticipantStory:
    """`account` is the key of a member who takes part with an account."""

    name: str
    department: str
    email: str
    account: str = ""


@dataclass(frozen=True)
class WorkshopStory:
    """`stages` limits the scope by numbers from 0; None is the whole journey. `votes` are dots by
    participant and number of a contribution."""

    title: str
    in_days: int
    hour: int
    location: str
    facilitator: str
    introduction: str
    phase: str
    agenda: str
    participants: tuple[ParticipantStory, ...]
    contributions: tuple[ContributionStory, ...] = ()
    clusters: tuple[ClusterStory, ...] = ()
    proposals: tuple[ProposalStory, ...] = ()
    stages: tuple[int, ...] | None = None
    needs: str = ""
    votes: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class MetStory:
    """`stage` by its number, from 0; `touchpoint` of ours by its title, `place` in the walker's
    words; `photo` names a drawing; a `problem` is brought to the next workshop."""

    stage: int
    touchpoint: str
    place: str = ""
    worked: str = ""
    helped: str = ""
    missing: str = ""
    better: str = ""
    score: int | None = None
    photo: str = ""
    photo_says: str = ""
    problem: bool = False


@dataclass(frozen=True)
class WalkStory:
    """A walk at a competitor names the company."""

    walker: str
    days_ago: int
    met: tuple[MetStory, ...]
    company: str = ""

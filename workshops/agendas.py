"""Ready-made agendas, worded in the language of whoever chooses one, and what each kind allows."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workshops.agenda_models import Act, AgendaKind
from workshops.models import Phase

ALLOWED: dict[AgendaKind, frozenset[Act]] = {
    AgendaKind.WALK: frozenset({Act.ADD}),
    AgendaKind.COLLECT: frozenset({Act.ADD}),
    AgendaKind.GROUP: frozenset({Act.GROUP}),
    AgendaKind.DISCUSS: frozenset({Act.ADD, Act.COMMENT}),
    AgendaKind.PROPOSE: frozenset({Act.PROPOSE, Act.COMMENT}),
    AgendaKind.VOTE: frozenset({Act.VOTE}),
    AgendaKind.RATE: frozenset({Act.RATE}),
}
"""What participants may do in an activity of each kind, until the facilitator says otherwise."""

PHASES: dict[AgendaKind, Phase] = {
    AgendaKind.WELCOME: Phase.COLLECT,
    AgendaKind.WALK: Phase.COLLECT,
    AgendaKind.COLLECT: Phase.COLLECT,
    AgendaKind.GROUP: Phase.DISCUSS,
    AgendaKind.DISCUSS: Phase.DISCUSS,
    AgendaKind.PROPOSE: Phase.PROPOSE,
    AgendaKind.VOTE: Phase.DISCUSS,
    AgendaKind.RATE: Phase.RATE,
    AgendaKind.DECIDE: Phase.DECIDE,
    AgendaKind.CLOSE: Phase.CLOSE,
}
"""Where the workshop stands while an activity of each kind runs."""


def permissions_of(kind: AgendaKind) -> dict[str, bool]:
    """The fields `may_…` of an activity of this kind."""
    allowed = ALLOWED.get(kind, frozenset())
    return {f"may_{act.value}": act in allowed for act in Act}


@dataclass(frozen=True)
class Step:
    """One activity of a ready-made agenda."""

    kind: AgendaKind
    minutes: int
    prompt: str | Promise = ""
    silent: bool = False

    def fields(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "minutes": self.minutes,
            "prompt": str(self.prompt),
            "silent": self.silent,
            **permissions_of(self.kind),
        }


@dataclass(frozen=True)
class Agenda:
    """A ready-made agenda: its key is stored nowhere, its words are copied."""

    key: str
    name: str | Promise
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


WHO_IS_HERE = _("Who is here, and what do you want to have understood when you leave?")
WALK_ALONG = _("Walk in the customer's shoes, stage by stage. Where does it hurt?")
WHAT_HURTS = _("Write down what goes wrong for the customer, one problem on each note.")
WHICH_BELONG = _("Which of these are about the same thing? Give each group a name.")
WHY_SO = _("Why is it like this? Ask “why?” until you meet the real reason.")
WHAT_MATTERS = _("Which of these matter most to the customer? Spread your dots.")
WHAT_WOULD_HELP = _("What would solve it for the customer? Small steps count.")
HOW_GOOD = _("How feasible is it, and how much does it change for the customer?")
WHO_DOES_WHAT = _("Who does what by when, and how do we see that it worked?")
TAKE_ALONG = _("What do you take with you, and when do we meet again?")
WHAT_HAPPENED = _("What has happened since last time? What was kept, what was dropped, and why?")

NINETY_MINUTES = Agenda(
    "ninety-minutes",
    _("90 minutes"),
    (
        Step(AgendaKind.WELCOME, 5, WHO_IS_HERE),
        Step(AgendaKind.COLLECT, 20, WHAT_HURTS),
        Step(AgendaKind.DISCUSS, 20, WHY_SO),
        Step(AgendaKind.PROPOSE, 20, WHAT_WOULD_HELP),
        Step(AgendaKind.RATE, 10, HOW_GOOD),
        Step(AgendaKind.DECIDE, 10, WHO_DOES_WHAT),
        Step(AgendaKind.CLOSE, 5, TAKE_ALONG),
    ),
)
HALF_DAY = Agenda(
    "half-day",
    _("Half a day"),
    (
        Step(AgendaKind.WELCOME, 15, WHO_IS_HERE),
        Step(AgendaKind.WALK, 40, WALK_ALONG),
        Step(AgendaKind.COLLECT, 30, WHAT_HURTS, silent=True),
        Step(AgendaKind.GROUP, 20, WHICH_BELONG),
        Step(AgendaKind.VOTE, 10, WHAT_MATTERS),
        Step(AgendaKind.DISCUSS, 25, WHY_SO),
        Step(AgendaKind.PROPOSE, 40, WHAT_WOULD_HELP),
        Step(AgendaKind.RATE, 20, HOW_GOOD),
        Step(AgendaKind.DECIDE, 30, WHO_DOES_WHAT),
        Step(AgendaKind.CLOSE, 10, TAKE_ALONG),
    ),
)
FOLLOW_UP = Agenda(
    "follow-up",
    _("Follow-up, one hour"),
    (
        Step(AgendaKind.WELCOME, 5, WHO_IS_HERE),
        Step(AgendaKind.DISCUSS, 20, WHAT_HAPPENED),
        Step(AgendaKind.PROPOSE, 15, WHAT_WOULD_HELP),
        Step(AgendaKind.RATE, 5, HOW_GOOD),
        Step(AgendaKind.DECIDE, 10, WHO_DOES_WHAT),
        Step(AgendaKind.CLOSE, 5, TAKE_ALONG),
    ),
)
AGENDAS = {agenda.key: agenda for agenda in (NINETY_MINUTES, HALF_DAY, FOLLOW_UP)}

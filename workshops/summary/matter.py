"""What a workshop reached: read once, for whatever form of the summary is made of it."""

from functools import cached_property

from workshops import selectors
from workshops.models import Action, ContributionKind, Participant, Workshop
from workshops.summary.cases import Example, examples_of
from workshops.summary.journey import JourneyPart, journey_part
from workshops.summary.problems import (
    Group,
    Said,
    StageWords,
    groups_of,
    most_wanted,
    questions,
    stage_words,
    unsolved,
)
from workshops.summary.sequel import next_of, previous_of
from workshops.summary.solutions import Solution, chart_image, solutions_of
from workshops.voting import dots_on


class Matter:
    """Everything that a summary can say; what is not asked for is not read.

    All of it is open to every reader of the workshop, so a file may be handed to any of them.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    @cached_property
    def departments(self) -> list[tuple[str, list[Participant]]]:
        return selectors.departments_of(self.workshop)

    @property
    def people(self) -> int:
        return sum(len(people) for _name, people in self.departments)

    @property
    def named_departments(self) -> int:
        return sum(1 for name, _people in self.departments if name)

    @cached_property
    def journey(self) -> JourneyPart:
        return journey_part(self.workshop)

    @cached_property
    def columns(self) -> list[selectors.Column]:
        return selectors.columns_of(self.workshop)

    @cached_property
    def votes(self) -> dict[int, int]:
        """How many votes each contribution has."""
        return dots_on(self.workshop)

    @cached_property
    def words(self) -> list[StageWords]:
        return stage_words(self.columns, self.votes, self.rated)

    @cached_property
    def problems(self) -> list[Said]:
        return most_wanted(self.words)

    @cached_property
    def groups(self) -> list[Group]:
        return groups_of(self.words)

    @property
    def contributions(self) -> list[Said]:
        return [one for part in self.words for one in (*part.problems, *part.others)]

    @property
    def strengths(self) -> list[Said]:
        kind = ContributionKind.STRENGTH
        return [one for one in self.contributions if one.item.kind == kind]

    @cached_property
    def unsolved(self) -> list[Said]:
        return unsolved(self.words)

    @cached_property
    def questions(self) -> list[Said]:
        return questions(self.words)

    @cached_property
    def rated(self) -> list[selectors.RatedProposal]:
        return selectors.rated_proposals(self.workshop)

    @cached_property
    def solutions(self) -> list[Solution]:
        decided = {action.proposal_id for action in self.actions if action.proposal_id}
        return solutions_of(selectors.ranking(self.rated), decided)

    @property
    def disputed(self) -> list[Solution]:
        return [one for one in self.solutions if one.is_disputed]

    @cached_property
    def chart_image(self) -> str:
        return chart_image(self.rated)

    @cached_property
    def actions(self) -> list[Action]:
        return list(selectors.actions_of(self.workshop))

    @cached_property
    def examples(self) -> list[Example]:
        return examples_of(self.workshop)

    @cached_property
    def next_one(self) -> Workshop | None:
        return next_of(self.workshop)

    @cached_property
    def previous(self) -> Workshop | None:
        return previous_of(self.workshop)

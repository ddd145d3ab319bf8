"""A journey of the workspace `other`, which nobody of the demo workspace may see."""

from journeys.models import Period
from workshops.demo.shapes import JourneyStory, StageStory

CHOOSE = StageStory(
    title="Choosing a boat",
    period=Period.BEFORE,
    situation="A family of four looks for a week on the water.",
    customer_goal="A boat that all four agree on.",
    business_goal="Fill the weeks of June.",
    notes={
        "does": ("Compares decks and bunks on a Sunday evening.",),
        "thinks": ("Is it safe with children?",),
        "pains": ("The calendar shows free weeks that are taken.",),
    },
    feelings={},
)
SAIL = StageStory(
    title="On the water",
    period=Period.AFTER,
    situation="First day at the helm, wind from the west.",
    customer_goal="To come back dry, and proud.",
    business_goal="To be booked again before the keys are back.",
    notes={
        "does": ("Calls the base about the heating.",),
        "thinks": ("We should have practised mooring.",),
        "gains": ("Breakfast at anchor.",),
    },
    feelings={},
)

CHARTER = JourneyStory(
    title="A week on a charter boat",
    customer_goal="A holiday on the water without a fright.",
    business_goal="Boats booked for 20 weeks a year.",
    scope="Families who charter for the first time.",
    personas={},
    stages=(CHOOSE, SAIL),
)

"""Two talks with buyers of software, each with its ladders of whys."""

from dataclasses import dataclass

GUIDE = (
    "How people buy software",
    (
        "What happened on the day you knew that something had to change?",
        "Whom did you ask first?",
        "What made you close a vendor’s page?",
        "When were you least sure of yourself?",
        "What would you tell a friend who has to do the same?",
    ),
)

Steps = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LadderStory:
    """`learnt` is (kind, text, stages by number) where an insight was made of it."""

    steps: Steps
    learnt: tuple[str, str, tuple[int, ...]] | None = None


@dataclass(frozen=True)
class TalkStory:
    """`days_ago` is counted from the day on which the demo is made."""

    participant: str
    persona: str
    days_ago: int
    stages: tuple[int, ...]
    ladders: tuple[LadderStory, ...]
    transcript: str = ""


TALKS = (
    TalkStory(
        "Buyer 3", "mette", 41, (1, 2, 3),
        (
            LadderStory(
                (
                    ("What made you close a vendor’s page?", "No price anywhere. I closed it."),
                    ("Why?", "I cannot put a vendor on the list without a number."),
                    ("Why?", "The first thing my director asks is what it costs."),
                    ("Why?", "Last time I came without one, and the whole project was put off."),
                ),
                (
                    "motivation",
                    "A missing price is a risk to the buyer’s standing, not a lack of information.",
                    (2,),
                ),
            ),
            LadderStory(
                (
                    ("Whom did you ask first?", "A woman I know from another wholesaler."),
                    ("Why?", "She has nothing to sell me."),
                ),
            ),
        ),
        "Interviewer: What made you close a vendor’s page?\n"
        "Buyer 3: No price anywhere. I closed it.\n"
        "Interviewer: How did you go on?\n"
        "Buyer 3: I asked around. Then I made a list of three, all with a number behind the name.",
    ),
    TalkStory(
        "Buyer 5", "jonas", 20, (3, 4, 5),
        (
            LadderStory(
                (
                    ("When were you least sure of yourself?", "The week before I signed."),
                    ("Why?", "Nobody had told me who would stand beside us in the first month."),
                    ("Why?", "I have been left alone after a signature before."),
                    ("Why?", "And it was me who had to explain it to forty colleagues."),
                ),
                (
                    "barrier",
                    "Before signing, people need a face and a name for the first month.",
                    (4,),
                ),
            ),
            LadderStory(
                (("What would you tell a friend?", "Ask for the people, not for the product."),)
            ),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class ClaimStory:
    """What an insight, by how it begins, says of a note or a touchpoint of a stage, by how that
    begins."""

    stage: int
    insight: str
    claim: str
    stance: str = "supports"


CLAIMS = (
    ClaimStory(0, "I go for the coffee breaks", "Goes to one trade conference"),
    ClaimStory(0, "I go for the coffee breaks", "Article on the true cost", "contradicts"),
    ClaimStory(1, "Half of first visits", "Searches “wrong deliveries"),
    ClaimStory(2, "No price, no list.", "No price on the page"),
    ClaimStory(3, "Everybody has references.", "A reference from the same trade"),
    ClaimStory(3, "I sent you forty questions", "The security questionnaire waits"),
)

CHOSEN = {
    0: ("interview", "survey"),
    1: ("interview", "analytics"),
    2: ("interview", "analytics"),
    3: ("interview", "listening", "visit"),
    4: ("interview", "review"),
    5: ("listening", "survey"),
    6: ("listening", "survey"),
}
"""The kinds of sources by which each stage, by number from 0, is to be learnt about."""

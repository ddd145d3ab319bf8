"""Solbrillen: what was learnt and measured, and what the team says of it."""

from workshops.demo.shapes import InsightStory, MetricStory, MoreStory, ThreadStory
from workshops.demo.talks import ClaimStory

SOURCES = {
    "street": ("Talks at the shop door, 25 visitors", "interview"),
    "checkout": ("Check-out analytics, spring season", "analytics"),
    "mystery": ("Four visits as a customer", "visit"),
    "service": ("Listening in at the web shop's phone", "listening"),
}

INSIGHTS = (
    InsightStory(
        "street", "motivation", "They have to look like me. The glass is the glass.",
        "Style opens the purchase; nobody under 35 mentioned the lens first.", 3, (0, 1), ("style",),
    ),
    InsightStory(
        "mystery", "challenge", "",
        "Advertisement, web shop and shelf name three starting prices: 199, 149 and 79 euros.", 3,
        (0, 1), ("price", "consistency"),
    ),
    InsightStory(
        "street", "doubt", "What do I see that I don't see now? Nobody could show me.",
        "The better lens sells once people have looked through it.", 2, (1,), ("lenses",),
    ),
    InsightStory(
        "checkout", "performance", "",
        "62 per cent of baskets on phones end at the card form; on computers it is 31.", 3, (2,),
        ("check-out",),
    ),
    InsightStory(
        "service", "pain", "I typed my address three times. I'll go to the shop, thanks.",
        "A third of calls are people who tried to pay.", 3, (2,), ("check-out",),
    ),
    InsightStory(
        "street", "gain", "I drove home against the sun and forgot that it was there.",
        "Drivers feel the lens on the first evening and tell others.", 2, (3, 4), ("lenses",),
    ),
    InsightStory(
        "service", "need", "You have my order. Why do I have to know the model number?",
        "Both shops should know what was bought in either.", 2, (4,), ("one customer",),
    ),
    InsightStory(
        "street", "challenge", "Nobody films a parcel. I had them on before I was in the flat.",
        "The first look in a mirror is the moment, not the unpacking.", 2, (3,), ("parcel",),
    ),
    InsightStory(
        "street", "goal", "I want to buy once and not think about it for five years.",
        "Drivers buy to be done, not to choose.", 2, (1,), ("lenses",),
    ),
    # Not on a map yet
    InsightStory(
        "service", "challenge", "Which cloth? I used my T-shirt.",
        "Every tenth call in summer is about scratches from cleaning.", 2, (), ("care",),
    ),
    InsightStory(
        "mystery", "brand", "",
        "In the shop we smell of a holiday, on the site of a warehouse.", 1, (), ("style",),
    ),
    InsightStory(
        "street", "barrier", "I left when it asked me to make an account. For glasses!",
        "Guests pay; those who must register leave.", 3, (), ("check-out",),
    ),
)  # fmt: skip

CLAIMS = (
    ClaimStory(0, "They have to look like me", "To see the frame on real faces"),
    ClaimStory(0, "They have to look like me", "A friend's pair"),
    ClaimStory(0, "Advertisement, web shop and shelf", "Advertisement in the feed"),
    ClaimStory(1, "Advertisement, web shop and shelf", "The shelf says “from 79”"),
    ClaimStory(1, "What do I see", "Talk with the optician"),
    ClaimStory(1, "What do I see", "What is the difference for 120 euros"),
    ClaimStory(2, "62 per cent of baskets", "Basket and check-out"),
    ClaimStory(2, "I typed my address", "The card form forgets everything"),
    ClaimStory(2, "I typed my address", "Leaves the full basket"),
    ClaimStory(3, "I drove home against the sun", "No headache after three hours"),
    ClaimStory(3, "Nobody films a parcel", "Unpacks on camera", "contradicts"),
    ClaimStory(4, "You have my order", "Shop and web shop do not know"),
    ClaimStory(4, "You have my order", "They know my size", "contradicts"),
)

THREADS = (
    ThreadStory(
        1,
        (
            ("commenter", "I stood at the shelf with the advertisement in my hand. They do not even use the same name for the frame."),
            ("owner", "Can the shop and marketing agree on one list of names this week?"),
            ("editor", "Meeting is set for Thursday."),
        ),
        resolved_by="editor",
    ),
    ThreadStory(
        2,
        (
            ("editor", "The lens question comes after the total is shown. No wonder that it feels like a trick."),
            ("commenter", "On the phone people say exactly that word: trick."),
        ),
    ),
)  # fmt: skip

MORE = (
    MoreStory(3, metrics=(MetricStory("Ask for a pair by name", "number", (31, 44, 52), 60),)),
    MoreStory(2, metrics=(MetricStory("Try on, then buy", "ratio", (0.19, 0.22, 0.21), 0.25),)),
    MoreStory(
        2,
        metrics=(
            MetricStory("Baskets left before paying", "ratio", (0.71, 0.68, 0.62), 0.55, less=True),
        ),
    ),
    MoreStory(4, metrics=(MetricStory("Sent back", "ratio", (0.14, 0.11, 0.09), 0.1, less=True),)),
    MoreStory(4, metrics=(MetricStory("Content after half a year", "csat", (78, 82, 88), 85),)),
)

CHOSEN = {
    0: ("interview", "visit"),
    1: ("interview", "visit", "review"),
    2: ("analytics", "listening"),
    3: ("interview", "review"),
    4: ("listening", "survey"),
}
"""The kinds of sources by which each stage, by number from 0, is to be learnt about."""

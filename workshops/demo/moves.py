"""How customers of the demo really move, and what they feel on the way: paths and touchpoints."""

from workshops.demo.shapes import PathStory

SOFTWARE_PATHS = (
    PathStory(
        1, 3, 0.25,
        "Somebody they trust names one vendor, so they never make a long list.",
        "Give reference customers a page that they can pass on.",
    ),
    PathStory(
        4, 2, 0.2,
        "Legal finds the liability clause, and the list is opened again.",
        "Show the contract in the first meeting, with the clause explained.",
    ),
    PathStory(
        6, 3, 0.1,
        "A second warehouse is planned, and the board wants three offers once more.",
        "Ask about growth every quarter and bring the next step along.",
    ),
)  # fmt: skip

SOFTWARE_FELT = {
    "Search for the symptom": {
        "mette": (-2, "Ten pages of vendors, none of which names her problem."),
    },
    "Six-minute film from a warehouse": {
        "mette": (1, "A warehouse like hers, and people who say what went wrong."),
        "jonas": (0, "Fine, but where is the data kept?"),
    },
    "Call with a reference customer": {
        "mette": (2, "A firm like hers, twenty minutes, no sales person on the line."),
    },
    "Security questionnaire": {
        "jonas": (-2, "Three weeks without an answer."),
    },
}

SUNGLASSES_PATHS = (
    PathStory(
        0, 2, 0.35,
        "A friend's pair is found, and the same one is bought at once.",
        "Let a shared picture lead straight to the frame.",
    ),
    PathStory(
        2, 1, 0.3,
        "The price with lenses is a surprise, so they look for a cheaper frame.",
        "Show the total, lenses included, from the first picture on.",
    ),
    PathStory(
        3, 1, 0.1,
        "They slip on the bicycle and are sent back.",
        "Offer the adjustment before the return.",
    ),
)  # fmt: skip

SUNGLASSES_FELT = {
    "A friend's pair": {"clara": (2, "They looked like her at once.")},
    "Talk with the optician": {"henrik": (2, "The first who says what polarised means.")},
    "Basket and check-out": {
        "clara": (-2, "An account, and the lenses on top of the price."),
        "henrik": (-1, "The advertisement said 79."),
    },
}

"""Buying business software: what wholesalers want beside what Nordlys wants."""

from workshops.demo.shapes import GoalStory

GOALS = (
    GoalStory("customer", "Every order complete and on the promised day"),
    GoalStory("customer", "A roll-out that does not stop the warehouse", 5),
    GoalStory("customer", "To know the price and the risks before anybody calls", 2),
    GoalStory("customer", "A result to show to the board within six months", 6),
    GoalStory("business", "Win 40 new wholesale customers this year"),
    GoalStory("business", "Keep 95 per cent past year two", 6),
    GoalStory("business", "Be known by name before the need arises", 0),
)

SERVED = {
    "Short stories from warehouses": ("Be known by name before the need arises",),
    "Boosted posts about efficiency": ("Be known by name before the need arises",),
    "Films from a warehouse": (
        "Be known by name before the need arises",
        "To know the price and the risks before anybody calls",
    ),
    "Product pages kept up to date": ("To know the price and the risks before anybody calls",),
    "Demonstrations": ("Win 40 new wholesale customers this year",),
    "Studies of roll-outs": (
        "To know the price and the risks before anybody calls",
        "Win 40 new wholesale customers this year",
    ),
    "Contract talks and kick-off": (
        "Win 40 new wholesale customers this year",
        "A roll-out that does not stop the warehouse",
    ),
    "Offers with success criteria": (
        "A result to show to the board within six months",
        "Win 40 new wholesale customers this year",
    ),
    "Training days": (
        "A roll-out that does not stop the warehouse",
        "Keep 95 per cent past year two",
    ),
    "Thirty mails for thirty days": ("A roll-out that does not stop the warehouse",),
    "Consultants on call": (
        "A roll-out that does not stop the warehouse",
        "Keep 95 per cent past year two",
    ),
    "Service desk": (
        "Every order complete and on the promised day",
        "Keep 95 per cent past year two",
    ),
    "Answers by e-mail": ("Every order complete and on the promised day",),
    "Articles of the knowledge base": ("Every order complete and on the promised day",),
    "Agree on three ranges and their wording": (
        "To know the price and the risks before anybody calls",
        "Win 40 new wholesale customers this year",
    ),
    "Publish the security page in English and Danish": (
        "To know the price and the risks before anybody calls",
    ),
    "Trial the evening chat for three months": (
        "Every order complete and on the promised day",
        "Keep 95 per cent past year two",
    ),
}
"""By the title of an activity, or of an action that a workshop decided; others serve nothing."""

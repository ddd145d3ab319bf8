"""New sunglasses: what customers want beside what Solbrillen wants, and what serves which."""

from workshops.demo.shapes import GoalStory

GOALS = (
    GoalStory("customer", "Glasses that suit my style"),
    GoalStory("customer", "On my nose before the weekend"),
    GoalStory("customer", "To drive into the low sun without a headache", 3),
    GoalStory("customer", "To know what I pay for before I stand at the till", 2),
    GoalStory("business", "Sell the better lens, with its higher margin, in every third purchase"),
    GoalStory("business", "Half of all customers come back within two years", 4),
    GoalStory("business", "Fewer baskets left before paying", 2),
)

SERVED = {
    "Advertisements in the feed": (
        "Sell the better lens, with its higher margin, in every third purchase",
    ),
    "Window display, new every month": ("Glasses that suit my style",),
    "A look to share with three friends": ("Glasses that suit my style",),
    "Photographs of every frame": (
        "Glasses that suit my style",
        "Fewer baskets left before paying",
    ),
    "Advice at the shelf on Saturdays": (
        "Glasses that suit my style",
        "To know what I pay for before I stand at the till",
        "Sell the better lens, with its higher margin, in every third purchase",
    ),
    "Virtual try-on in the app": ("Glasses that suit my style",),
    "Upkeep of the check-out": (
        "On my nose before the weekend",
        "Fewer baskets left before paying",
    ),
    "Newsletter with the coupon": ("Fewer baskets left before paying",),
    "Packing and sending": ("On my nose before the weekend",),
    "Adjustment by appointment": (
        "Glasses that suit my style",
        "Half of all customers come back within two years",
    ),
    "Mail after a year": ("Half of all customers come back within two years",),
    "The optician's own list of regulars": ("Half of all customers come back within two years",),
}
"""By the title of an activity, or of an action that a workshop decided; others serve nothing."""

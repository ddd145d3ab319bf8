"""Solbrillen: what the shop and the web shop do today, and what it takes."""

from workshops.demo.shapes import ActivityStory

ACTIVITIES = (
    # Seeing a pair
    ActivityStory(
        "Advertisements in the feed", 0, "Social media", 18, 6000,
        purpose="Show frames to those who do not look for any.", owner="Marketing",
    ),
    ActivityStory(
        "Window display, new every month", 0, "Shop", 10, 400,
        purpose="Make people cross the street.", owner="Shop",
    ),
    ActivityStory(
        "Leaflets in the letter boxes", 0, "Letter or print", 12, 3500,
        purpose="Be seen in the quarter.", owner="Marketing",
        decision="drop", reason="Of 25 visitors at the door not one had seen a leaflet.",
    ),
    ActivityStory(
        "A look to share with three friends", 0, "Word of mouth", 4, None,
        purpose="Give friends something to vote on.", owner="E-commerce",
        decision="start", reason="Friends decide, and nothing of ours is in their hands.",
    ),
    # Looking around
    ActivityStory(
        "Photographs of every frame", 1, "Website", 40, 1800,
        purpose="Show each pair on six faces.", owner="E-commerce",
    ),
    ActivityStory(
        "Advice at the shelf on Saturdays", 1, "Shop", 32, None,
        purpose="Someone to ask while trying on.", owner="Shop",
    ),
    ActivityStory(
        "Virtual try-on in the app", 1, "App", 25, 2200,
        purpose="Try on from the sofa.", owner="E-commerce",
        decision="drop", reason="It asks for an account first; three in a hundred go on.",
    ),
    # Paying
    ActivityStory(
        "Upkeep of the check-out", 2, "Website", 15, 900,
        purpose="Keep payments running.", owner="E-commerce",
        decision="increase", reason="62 per cent of baskets on phones end at the card form.",
    ),
    ActivityStory(
        "Till and cashing up", 2, "Shop", 30, None,
        purpose="Take money without a queue.", owner="Shop",
    ),
    ActivityStory(
        "Newsletter with the coupon", 2, "E-mail", 14, 300,
        purpose="Bring those back who left their basket.", owner="Marketing",
    ),
    # First days of wearing
    ActivityStory(
        "Packing and sending", 3, "Letter or print", 45, 2800,
        purpose="With the customer in two days.", owner="E-commerce",
    ),
    ActivityStory(
        "Adjustment by appointment", 3, "Shop", 20, None,
        purpose="A frame that stays up.", owner="Shop",
        decision="increase", reason="It is what people tell their colleagues about.",
    ),
    # Coming back
    ActivityStory(
        "Mail after a year", 4, "E-mail", 4, 120,
        purpose="Be there when the scratch is.", owner="Marketing",
    ),
    ActivityStory(
        "The optician's own list of regulars", 4, "Shop", 16, None,
        purpose="Know who comes in.", owner="Shop",
    ),
    # Tied to no stage
    ActivityStory(
        "Sunglasses for the beach volley cup", None, "", 6, 1500, owner="Management",
    ),
)  # fmt: skip

"""The future state of the B2B example: what buying should be like a year from now."""

from journeys.models import Period
from workshops.demo.shapes import ActivityStory, JourneyStory, StageStory, TouchpointStory

FIND_US = StageStory(
    title="First interest",
    period=Period.BEFORE,
    situation="The project group types a symptom and finds an answer, a price range and an honest limit.",
    customer_goal="Decide in ten minutes whether we belong on the list.",
    business_goal="On every second long list in our trade.",
    notes={
        "does": ("Reads a price range for a firm of its size.", "Compares us on our own page, weak sides included."),
        "thinks": ("They know wholesale, and they say when not to call.",),
        "feels": ("Taken seriously.",),
        "says": ("“Finally somebody with a number.”",),
        "needs": ("Documentation open to everybody.",),
        "pains": ("Four languages, and still one page missing in Dutch.",),
        "gains": ("A first answer without a phone call.",),
        "barriers": ("Small firms may be shy of the price; we offer a smaller start.",),
        "opportunities": ("Let the calculator carry over into the business case.",),
    },
    feelings={
        "mette": (1, "Ten minutes, one number, one peer to call."),
        "jonas": (2, "The API documentation is open, and it is right."),
    },
    touchpoints=(
        TouchpointStory(
            "Price page for three sizes of firm", "Website", 5, 4, owner="Marketing",
            helpers="Finance", moment_of_truth=True, our_importance=5, contact="before",
            device="computer", department="Marketing", strengths="A number within ten minutes.",
            weaknesses="Only for firms of up to 300 people.",
        ),
        TouchpointStory(
            "Open documentation", "Website", 4, 5, owner="Product", our_importance=4,
            contact="before", device="computer", department="Product",
            strengths="Nothing hidden behind a form.",
        ),
    ),
)  # fmt: skip

TRUST_US = StageStory(
    title="Active evaluation",
    period=Period.BEFORE,
    situation="A pilot with ten of the customer's own orders, and a page that answers security the same day.",
    customer_goal="Proof with our own orders within a week.",
    business_goal="Two of three pilots become customers.",
    notes={
        "does": ("Uploads its ten worst orders.", "Calls a reference that it has chosen itself."),
        "thinks": ("It handled the order that always goes wrong.",),
        "feels": ("Safe enough to say yes aloud.",),
        "says": ("“Show that one again.”",),
        "needs": ("An engineer who answers at once.",),
        "pains": ("The pilot must not become a project of its own.",),
        "gains": ("Forty security questions answered on a page, dated.",),
        "barriers": ("Sample data must be anonymous: a tool for that is missing.",),
        "opportunities": ("Turn the pilot's result into the first page of the offer.",),
    },
    feelings={
        "mette": (2, "Her worst order went through in forty seconds."),
        "jonas": (1, "Every question has an answer and a date."),
    },
    touchpoints=(
        TouchpointStory(
            "Pilot with ten own orders", "Video meeting", 5, 4, owner="Sales",
            helpers="Product, Consulting", moment_of_truth=True, our_importance=5,
            device="computer", department="Sales", downstream="Consulting, who sets it up",
            strengths="The customer's own worst order.", weaknesses="Sample data must be anonymous.",
        ),
        TouchpointStory(
            "Public security page", "Website", 4, 5, owner="Product", our_importance=4,
            device="computer", department="Product", helpers="Legal",
            strengths="Every answer has a date.",
        ),
    ),
)  # fmt: skip

LIVE_WITH_US = StageStory(
    title="First hundred days",
    period=Period.AFTER,
    situation="One consultant from the last sales talk to the first result. Week two is announced as what it is.",
    customer_goal="A result for the board before day one hundred.",
    business_goal="Every customer has measured a result by day one hundred.",
    notes={
        "does": ("Trains every shift on the floor, with films for its role.", "Measures wrong deliveries from day one."),
        "thinks": ("They told us about week two, and they were right.",),
        "feels": ("Tired in week two, proud in week six.",),
        "says": ("“We have a name to call until eight.”",),
        "needs": ("Help for as long as the second shift lasts.",),
        "pains": ("The first films are in English only.",),
        "gains": ("A chart for the board that draws itself.",),
        "barriers": ("Consultants are booked out in peak season.",),
        "opportunities": ("Invite each customer to show its chart to the next one.",),
    },
    feelings={
        "mette": (2, "Day 84: the chart goes to the board."),
        "jonas": (1, "Release notes say what breaks, a week before."),
    },
    touchpoints=(
        TouchpointStory(
            "Consultant on the floor, all shifts", "Meeting in person", 5, 4, owner="Consulting",
            moment_of_truth=True, our_importance=5, device="machine", department="Consulting",
            downstream="Service, who take over after a hundred days",
            strengths="The night shift is trained, too.", weaknesses="Booked out in peak season.",
        ),
        TouchpointStory(
            "Chat until eight", "Live chat", 4, 4, owner="Customer service", our_importance=3,
            device="computer", department="Service", strengths="Covers the second shift.",
        ),
        TouchpointStory(
            "Hundred-day review", "Video meeting", 4, 4, owner="Customer success",
            our_importance=5, contact="after", device="computer", department="Customer success",
            strengths="A chart that goes to the board.",
        ),
    ),
)  # fmt: skip

ACTIVITIES = (
    ActivityStory(
        "Price page and documentation kept true", 0, "Website", 24, 800,
        purpose="A number and an answer within ten minutes.", owner="Marketing",
    ),
    ActivityStory(
        "Pilots with ten of the customer's orders", 1, "Video meeting", 60, None,
        purpose="Proof within a week.", owner="Sales",
        decision="start", reason="Two of three pilots are to become customers.",
    ),
    ActivityStory(
        "Security page, dated every quarter", 1, "Website", 8, None,
        purpose="Forty answers before they are asked.", owner="Product",
        decision="start", reason="Three weeks of waiting cost us every second short list.",
    ),
    ActivityStory(
        "Consultant on the floor, every shift", 2, "Meeting in person", 95, 7000,
        purpose="One name from the last sales talk to the first result.", owner="Consulting",
    ),
    ActivityStory(
        "Chat until eight", 2, "Live chat", 50, 1800,
        purpose="Help as long as the second shift lasts.", owner="Service",
        decision="start", reason="A third of the requests come after four.",
    ),
    ActivityStory(
        "Hundred-day reviews", 2, "Video meeting", 20, None,
        purpose="A measured result for the board.", owner="Customer success",
    ),
)  # fmt: skip

FUTURE_STAGES = (2, 3, 5)
"""The stages of today, by number from 0, that these were made from."""

FUTURE = JourneyStory(
    title="Buying business software, as it should be",
    perspective="future",
    customer_goal="From the first question to a measured result without a surprise.",
    business_goal="Half the time from first interest to signature.",
    scope="The three stages in which the map of today shows the deepest falls.",
    review_in_days=180,
    personas={},
    stages=(FIND_US, TRUST_US, LIVE_WITH_US),
    activities=ACTIVITIES,
)

"""The consumer example: Solbrillen sells sunglasses on-line and in a street shop."""

from journeys.models import Period
from workshops.demo.drawn import SKIN, Face
from workshops.demo.moves import SUNGLASSES_FELT, SUNGLASSES_PATHS
from workshops.demo.shapes import (
    InsightStory,
    JourneyStory,
    MetricStory,
    MoreStory,
    PersonaStory,
    StageStory,
    ThreadStory,
    TouchpointStory,
)

CLARA = PersonaStory(
    name="Clara Bech",
    face=Face("#fbe9e0", SKIN[2], "#1c1512", "#8b3a6c", hair_length=0.6),
    segment="27, buys with her eyes, mostly on the phone",
    quote="If I don't look like myself in them, they can filter whatever they like.",
    summary="Works in a gallery, cycles everywhere, loses one pair of sunglasses a summer.",
    goals="A frame that suits her face and her coat.\nTo have it before the weekend.",
    pains="Ten near-identical frames and no way to tell which fits.\nA check-out that wants an account.",
    gains="Seeing the frame on a face like hers.\nA friend who says “those!”.",
    behaviours="Sends screenshots to three friends.\nLeaves at the first error message.",
)

HENRIK = PersonaStory(
    name="Henrik Dahl",
    face=Face("#f5eede", SKIN[0], "#b8b4ae", "#48535b", glasses=True),
    segment="54, drives 40,000 km a year, buys in the shop",
    quote="I pay for good lenses. Just tell me in plain words what I get.",
    summary="A sales representative whose eyes are tired by low sun; has bought cheap pairs three times.",
    goals="To drive into a low sun without headache.\nTo buy once and be done.",
    pains="Polarised, mirrored, category three: nobody explains it.\nThe shop asks more than the advertisement said.",
    gains="Looking through both lenses at the shop's window.\nA frame that is not a sports frame.",
    behaviours="Reads on-line, buys in the shop.\nAsks the same question twice to see if the answer is the same.",
)

INSPIRED = StageStory(
    title="Seeing a pair",
    period=Period.BEFORE,
    situation="First bright day of March. A friend, a feed or a shop window shows a pair that is just right.",
    customer_goal="To find a look that feels like me.",
    business_goal="To be seen for lenses, not only for frames.",
    notes={
        "does": ("Saves a picture from the feed.", "Slows down at the shop window, does not go in."),
        "thinks": ("Would those suit me?",),
        "feels": ("Light, playful.",),
        "says": ("“Where are yours from?”",),
        "needs": ("To see the frame on real faces.",),
        "pains": ("The advertisement shows one model and one colour.",),
        "gains": ("A name for the shape that suits her.",),
        "barriers": ("“Premium lens technology” means nothing on a bright street.",),
        "opportunities": ("Show one frame on twelve faces.", "Photograph the low sun through both lenses."),
    },
    feelings={
        "clara": (2, "Saw them on a friend, and in the feed the same evening."),
        "henrik": (-1, "Headache on the motorway; the third cheap pair has failed."),
    },
    touchpoints=(
        TouchpointStory(
            "Advertisement in the feed", "Social media", 4, 4,
            message="Sharp eyes: lenses from 199 euros.", thinks="Lovely frame. Lenses?",
            owner="Marketing",
        ),
        TouchpointStory(
            "A friend's pair", "Word of mouth", 5, 5, actor="A friend", says="“Try them on!”",
        ),
        TouchpointStory(
            "Shop window", "Shop", 3, 3, message="Summer frames from 79 euros.", owner="Shop",
        ),
    ),
)  # fmt: skip

CHOOSING = StageStory(
    title="Looking around",
    period=Period.BEFORE,
    situation="Browsing on the sofa, then trying on in the shop on Saturday, or the other way round.",
    customer_goal="To choose one frame without regret.",
    business_goal="To have the better lens understood before the price is seen.",
    notes={
        "does": ("Swipes through sixty frames and keeps four.", "Tries on nine pairs at the shelf, alone."),
        "thinks": ("Which of these is me?", "What is the difference for 120 euros more?"),
        "feels": ("Spoilt for choice; browsing is a pleasure.",),
        "says": ("“Black or tortoise? Quick!”",),
        "needs": ("A mirror, daylight, and an honest opinion.", "One sentence on each kind of lens."),
        "pains": ("The lens is explained with six abbreviations.", "The shelf sorts by brand, the web shop by shape."),
        "gains": ("The moment of looking through the better lens.",),
        "barriers": ("The shelf says “from 79”, the advertisement says “from 199”: who is lying?",),
        "opportunities": ("A tray with two lenses to look through, beside every mirror.", "Same order and same words on shelf and screen."),
    },
    feelings={
        "clara": (2, "Four favourites, three friends voting."),
        "henrik": (0, "Good advice on-line; at the shelf nobody to ask."),
    },
    touchpoints=(
        TouchpointStory(
            "Frame finder in the web shop", "Website", 5, 5,
            feels="Like browsing a magazine.", owner="E-commerce",
        ),
        TouchpointStory(
            "The shelf with mirrors", "Shop", 5, 3, message="Frames by brand, from 79 euros.",
            says="“This is not what the ad said.”", owner="Shop", helpers="Marketing",
            moment_of_truth=True,
        ),
        TouchpointStory(
            "Talk with the optician", "Shop", 5, 4, actor="Optician", owner="Shop",
            thinks="He explains it in one sentence. Why isn't that on the site?",
            moment_of_truth=True,
        ),
        TouchpointStory(
            "Virtual try-on", "App", 2, 2, owner="E-commerce",
            why_unused="It asks for the camera and for an account before it shows anything.",
        ),
    ),
)  # fmt: skip

PAYING = StageStory(
    title="Paying",
    period=Period.DURING,
    situation="The pair is chosen. Now lens, size, coupon, address and card stand in between.",
    customer_goal="To be done before the tram comes.",
    business_goal="To sell the better lens in every third order.",
    notes={
        "does": ("Fills in eleven fields on a phone.", "Leaves the full basket and tries the shop next day."),
        "thinks": ("Why do you need my date of birth?", "Did that pay now, or twice?"),
        "feels": ("Impatient, then suspicious.",),
        "says": ("“It just says error.”",),
        "needs": ("Payment with one tap, as a guest.", "The lens upgrade before the basket, not after."),
        "pains": ("The lens choice appears at the last step and raises the price.", "The coupon from the newsletter is refused without a word."),
        "gains": ("Free exchange within 60 days, said beside the button.",),
        "barriers": ("An account is required.", "The card form forgets everything after one mistake."),
        "opportunities": ("One page, three fields, mobile payment.", "Keep the basket: pay on-line, collect in the shop."),
    },
    feelings={
        "clara": (-2, "The form forgot her address at the third attempt."),
        "henrik": (-1, "80 euros more at the till than the shelf had said."),
    },
    touchpoints=(
        TouchpointStory(
            "Basket and check-out", "Website", 5, 1, feels="Why is this so hard?",
            says="“I was trying to give you money!”", owner="E-commerce", helpers="Finance",
            moment_of_truth=True,
        ),
        TouchpointStory(
            "Till in the shop", "Shop", 4, 3, actor="Shop assistant",
            message="With which lens?", owner="Shop",
        ),
        TouchpointStory(
            "Newsletter with a coupon", "E-mail", 2, 2, message="15 per cent on everything*",
            thinks="*Except what I want.", owner="Marketing",
        ),
    ),
)  # fmt: skip

WEARING = StageStory(
    title="First days of wearing",
    period=Period.AFTER,
    situation="The parcel is there. The first ride, the first compliment, the first smudge.",
    customer_goal="To feel right in them, all day.",
    business_goal="To let the lens prove itself, and be heard about it.",
    notes={
        "does": ("Unpacks on camera.", "Drives west at six in the evening, on purpose."),
        "thinks": ("So that is what polarised means.",),
        "feels": ("Seen, in both senses.",),
        "says": ("“I can see into the water!”",),
        "needs": ("A frame that stays up: adjustment within reach.",),
        "pains": ("No word on how to clean the coating.", "Adjustment only in the shop, by appointment."),
        "gains": ("No headache after three hours of low sun.",),
        "barriers": ("Returns need a printer.",),
        "opportunities": ("A card in the case: three sentences about this lens.", "Free adjustment without an appointment."),
    },
    feelings={
        "clara": (1, "Two compliments on day one; they slide down a little."),
        "henrik": (2, "First evening drive without a headache."),
    },
    touchpoints=(
        TouchpointStory(
            "The parcel", "Letter or print", 4, 4, message="Look up.", owner="E-commerce",
        ),
        TouchpointStory(
            "Adjustment at the counter", "Shop", 4, 4, actor="Optician", owner="Shop",
            moment_of_truth=True,
        ),
        TouchpointStory(
            "Care instructions", "Website", 3, 1, owner="E-commerce",
            why_unused="They are a PDF in the footer; people clean with the T-shirt.",
        ),
    ),
)  # fmt: skip

AGAIN = StageStory(
    title="Coming back",
    period=Period.AFTER,
    situation="A scratch, a new season, or a friend who asks. Loyalty is decided in a minute.",
    customer_goal="To have the next pair as easily as the first should have been.",
    business_goal="Every second customer comes back within two years, one in three for the better lens.",
    notes={
        "does": ("Sends a friend a link.", "Asks for a new lens in the old frame."),
        "thinks": ("They know my size, don't they?",),
        "feels": ("At home in the shop, a stranger on the site.",),
        "says": ("“Ask for Mikkel, he knows.”",),
        "needs": ("Last order remembered, lens and size included.",),
        "pains": ("The discount is for new customers only.",),
        "gains": ("A pair that lasts four summers.",),
        "barriers": ("Shop and web shop do not know of each other's orders.",),
        "opportunities": ("Lens renewal after two years, announced by a card.", "One receipt for both shops."),
    },
    feelings={
        "clara": (0, "Likes the glasses, dreads the check-out."),
        "henrik": (1, "Sends colleagues to the optician by name."),
    },
    touchpoints=(
        TouchpointStory(
            "Mail after a year", "E-mail", 3, 3, message="Time for a new pair?", owner="Marketing",
        ),
        TouchpointStory(
            "Recommendation", "Word of mouth", 5, 4, actor="Colleagues and friends",
        ),
        TouchpointStory(
            "Second visit to the shop", "Shop", 4, 5, actor="The same optician", owner="Shop",
            feels="Recognised.",
        ),
    ),
)  # fmt: skip

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
)  # fmt: skip

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

SUNGLASSES = JourneyStory(
    title="Solbrillen: new sunglasses",
    customer_goal="Glasses that suit my style, on my nose before the weekend.",
    business_goal="Sell the better lens, with its higher margin, in every third purchase.",
    scope="Private customers of the web shop and the street shop in Aarhus, spring and summer.",
    review_in_days=75,
    personas={"clara": CLARA, "henrik": HENRIK},
    stages=(INSPIRED, CHOOSING, PAYING, WEARING, AGAIN),
    insights=INSIGHTS,
    threads=THREADS,
    paths=SUNGLASSES_PATHS,
    felt=SUNGLASSES_FELT,
    agreement=3,
    more_lanes={"business_goal": "does", "metric": "insights"},
    more=MORE,
)

"""The consumer example: Solbrillen sells sunglasses on-line and in a street shop."""

from journeys.models import Period
from workshops.demo.drawn import SKIN, Face
from workshops.demo.moves import SUNGLASSES_FELT, SUNGLASSES_PATHS
from workshops.demo.shapes import JourneyStory, PersonaStory, StageStory, TouchpointStory
from workshops.demo.sunglasses_activities import ACTIVITIES
from workshops.demo.sunglasses_learnt import INSIGHTS, MORE, THREADS

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
            our_importance=5, contact="before", device="phone", verdict="fails", department="Marketing",
            strengths="The frame looks like a holiday.", weaknesses="Names a price that no shelf has.",
            downstream="Shop and service, who explain the price",
        ),
        TouchpointStory(
            "A friend's pair", "Word of mouth", 5, 5, actor="A friend", says="“Try them on!”",
            our_importance=3, party="friends", contact="before", device="none", verdict="works",
            strengths="Nobody is trusted more.", weaknesses="We hear of it only by chance.",
        ),
        TouchpointStory(
            "Shop window", "Shop", 3, 3, message="Summer frames from 79 euros.", owner="Shop",
            our_importance=3, contact="before", device="none", use="sometimes", department="Shop",
            weaknesses="Frames, prices, and not a word on lenses.", persona="henrik",
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
            our_importance=4, device="phone", verdict="works", department="E-commerce",
            strengths="Sixty frames in a minute, by shape.", weaknesses="Lenses are nowhere.",
            helpers="Photo studio", downstream="Service",
        ),
        TouchpointStory(
            "The shelf with mirrors", "Shop", 5, 3, message="Frames by brand, from 79 euros.",
            says="“This is not what the ad said.”", owner="Shop", helpers="Marketing",
            moment_of_truth=True,
            our_importance=5, device="none", verdict="fails", department="Shop",
            strengths="Daylight and nine pairs at once.", weaknesses="Sorted by brand; nobody to ask on weekdays.",
        ),
        TouchpointStory(
            "Talk with the optician", "Shop", 5, 4, actor="Optician", owner="Shop",
            thinks="He explains it in one sentence. Why isn't that on the site?",
            moment_of_truth=True,
            our_importance=5, device="none", verdict="works", department="Shop",
            strengths="One sentence, and the lens is understood.", weaknesses="One optician for two floors.",
            downstream="Workshop, which grinds what was agreed",
        ),
        TouchpointStory(
            "Both lenses to look through", "Shop", 5, None, owner="Shop", department="Shop",
            our_importance=5, device="none", missing=True, persona="henrik",
            thinks="Show me, then I know.",
        ),
        TouchpointStory(
            "Virtual try-on", "App", 2, 2, owner="E-commerce",
            why_unused="It asks for the camera and for an account before it shows anything.",
            our_importance=3, device="phone", verdict="fails", department="E-commerce",
            weaknesses="Camera and account before anything is shown.",
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
            our_importance=5, device="phone", verdict="fails", department="E-commerce",
            strengths="The parcel comes in two days, and it says so.", weaknesses="Eleven fields, an account, lenses at the last step.",
            downstream="Service, who type in what the form lost",
        ),
        TouchpointStory(
            "Till in the shop", "Shop", 4, 3, actor="Shop assistant",
            message="With which lens?", owner="Shop",
            our_importance=4, device="machine", verdict="works", department="Shop",
            strengths="A person who asks with which lens.", weaknesses="80 euros more than the shelf had said.", persona="henrik",
        ),
        TouchpointStory(
            "Paying with one tap, as a guest", "Website", 5, None, owner="E-commerce",
            department="E-commerce", helpers="Finance", our_importance=5, device="phone",
            missing=True, persona="clara", says="“Every other shop can.”",
        ),
        TouchpointStory(
            "Newsletter with a coupon", "E-mail", 2, 2, message="15 per cent on everything*",
            thinks="*Except what I want.", owner="Marketing",
            our_importance=2, device="phone", use="sometimes", department="Marketing",
            strengths="Comes on the day of the pay slip.", weaknesses="The coupon is refused for half of the frames.",
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
            our_importance=3, party="partner", device="none", verdict="works", department="E-commerce",
            strengths="Two days, whatever the weather.", weaknesses="Returning needs a printer.",
            helpers="The parcel service", downstream="Returns",
        ),
        TouchpointStory(
            "Adjustment at the counter", "Shop", 4, 4, actor="Optician", owner="Shop",
            moment_of_truth=True,
            our_importance=4, contact="after", device="none", verdict="works", department="Shop",
            strengths="Two minutes, and they stay up.", weaknesses="By appointment only.",
        ),
        TouchpointStory(
            "Care instructions", "Website", 3, 1, owner="E-commerce",
            why_unused="They are a PDF in the footer; people clean with the T-shirt.",
            our_importance=2, contact="after", device="phone", verdict="fails", department="E-commerce",
            weaknesses="A PDF in the footer.",
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
            our_importance=3, contact="after", device="phone", use="sometimes", department="Marketing",
            weaknesses="Does not know which lens was bought.",
        ),
        TouchpointStory(
            "Recommendation", "Word of mouth", 5, 4, actor="Colleagues and friends",
            our_importance=4, party="friends", contact="after", device="none", verdict="works",
            strengths="Opticians are named by name.", weaknesses="There is nothing to pass on but words.",
        ),
        TouchpointStory(
            "Second visit to the shop", "Shop", 4, 5, actor="The same optician", owner="Shop",
            feels="Recognised.",
            our_importance=4, device="none", verdict="works", department="Shop",
            strengths="The same face, the same size on file.", weaknesses="An order of the web shop is unknown here.",
        ),
    ),
)  # fmt: skip

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
    more_lanes={"business_goal": "does", "activities": "needs", "metric": "insights"},
    more=MORE,
    activities=ACTIVITIES,
)

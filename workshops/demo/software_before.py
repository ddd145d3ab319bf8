"""Buying business software: the four stages before the purchase."""

from journeys.models import Period
from workshops.demo.shapes import StageStory, TouchpointStory

NOT_ACTIVE = StageStory(
    title="Not active",
    period=Period.BEFORE,
    situation="Business is fine, or fine enough. Orders are retyped, and nobody calls that a problem.",
    customer_goal="Keep up with the trade without losing an hour to it.",
    business_goal="Be the name that comes to mind when the need arrives.",
    notes={
        "does": (
            "Goes to one trade conference a year, mostly for the corridor talk.",
            "Scrolls LinkedIn on the train; saves articles and seldom opens them again.",
        ),
        "thinks": ("We have a system. It is ugly, but it ships.", "Everyone in our trade works like this."),
        "feels": ("Calm, a little proud of how the team copes.", "Tired of vendors who write “just checking in”."),
        "says": ("“We looked at that in 2019. Not for us.”",),
        "needs": ("Ideas from firms of the same size, told in five minutes.", "A reason to question what has always worked."),
        "pains": ("Cold mails about features for a problem they do not have.",),
        "gains": ("A benchmark: how many orders do others retype?",),
        "barriers": ("No budget line, no project, nobody in charge of the question.",),
        "opportunities": (
            "Publish a yearly benchmark of order handling in wholesale.",
            "Stop the monthly mailing to those who never asked for it.",
        ),
        "people": ("Mette, alone; peers from the trade association.",),
    },
    feelings={
        "mette": (0, "Nothing hurts enough to look up from the day's orders."),
        "jonas": (1, "The servers are green and nobody asks for anything new."),
    },
    touchpoints=(
        TouchpointStory(
            "Talk at the wholesale conference", "Event or fair", 4, 4,
            actor="A peer on stage, and our head of customers",
            message="One firm like yours stopped retyping. Here is the number.",
            thinks="If they can do it with 90 people, why can't we?",
            owner="Marketing", helpers="A customer who shares the stage",
            our_importance=3, contact="before", device="none", verdict="works",
            strengths="A peer tells it, not we.",
            weaknesses="Once a year, and only for those who travel.",
        ),
        TouchpointStory(
            "Article on the true cost of a retyped order", "Trade press", 3, 4,
            actor="Editor of the trade magazine",
            message="A wrong digit costs 47 euros on average.", owner="Marketing",
            our_importance=3, party="public", contact="before", device="computer", verdict="works",
            strengths="A number that people cut out and keep.",
            weaknesses="Nothing leads from the article to us.",
        ),
        TouchpointStory(
            "Posts in the feed", "Social media", 2, 3,
            message="Short stories from warehouses, no product.", owner="Marketing",
            our_importance=2, contact="before", device="phone",
            weaknesses="Nobody can say whether they are read.",
        ),
        TouchpointStory(
            "Brochure by post", "Letter or print", 1, 1, owner="Sales",
            why_unused="It goes to reception and from there into the bin; nobody remembers it.",
            our_importance=1, contact="before", device="none", verdict="fails",
        ),
    ),
)  # fmt: skip

TRIGGER = StageStory(
    title="Trigger",
    period=Period.BEFORE,
    situation="A big customer leaves after three wrong deliveries. Complaints are suddenly on the board's agenda.",
    customer_goal="Understand what went wrong, and whether it is us or the system.",
    business_goal="Be found at the moment the question is typed.",
    notes={
        "does": (
            "Counts complaints by cause in a spreadsheet over a weekend.",
            "Searches “wrong deliveries wholesale how to reduce” late at night.",
        ),
        "thinks": ("It is the process, isn't it, not the people?", "If we lose one more account, I have to explain it."),
        "feels": ("Alarmed, and slightly ashamed before the board.",),
        "says": ("“How could we not see this coming?”", "“Jonas, can our ERP do anything about this?”"),
        "needs": ("Words for the problem, and a way to measure it.", "To hear that others were here and got out."),
        "pains": ("Search results are advertisements that all promise efficiency.", "Numbers are spread over four systems."),
        "gains": ("A checklist that turns unease into five questions.",),
        "barriers": ("First reflex: hire a temp instead of changing anything.",),
        "opportunities": (
            "A free calculator: what do wrong deliveries cost you in a year?",
            "Answer the late-night questions in plain articles, one for each symptom.",
        ),
        "people": ("Mette; Jonas is asked for numbers.", "The board, as the one who asks."),
    },
    feelings={
        "mette": (-2, "A customer of eleven years left, and she learnt of it by mail."),
        "jonas": (-1, "Asked to pull reports from four systems before Monday."),
    },
    touchpoints=(
        TouchpointStory(
            "Search for the symptom", "Search engine", 5, 2,
            thinks="Nobody describes my problem, only their solution.",
            message="Wrong deliveries: find the cause in five steps.", owner="Marketing",
            moment_of_truth=True,
            our_importance=5, party="others", contact="before", device="phone", verdict="fails",
            weaknesses="We are not among the first thirty results.",
        ),
        TouchpointStory(
            "Six-minute film from a warehouse", "Video", 4, 4,
            actor="A shift manager, filmed on the job",
            message="What we changed on a Tuesday.", owner="Marketing", helpers="Consulting",
            our_importance=3, contact="before", device="phone", verdict="works",
            strengths="Told on the job, with the noise left in.",
        ),
        TouchpointStory(
            "Niche blog on order handling", "Website", 3, 3,
            actor="An independent logistics writer", owner="Marketing",
            our_importance=2, party="public", contact="before", device="computer",
            strengths="Independent, and read to the end.",
        ),
        TouchpointStory(
            "Boosted posts about efficiency", "Social media", 1, 2, owner="Marketing",
            why_unused="In a crisis nobody scrolls; they search. The posts reach the wrong week.",
            our_importance=2, contact="before", device="phone", verdict="fails",
        ),
    ),
)  # fmt: skip

FIRST_INTEREST = StageStory(
    title="First interest",
    period=Period.BEFORE,
    situation="A project group of four is formed. It collects names for a long list and learns the vocabulary.",
    customer_goal="Know which kinds of solution exist and which firms to talk to.",
    business_goal="Be on the long list of every second project group in our trade.",
    notes={
        "does": (
            "Collects eleven vendors in a shared spreadsheet.",
            "Opens each vendor's site for two minutes and looks for a price.",
        ),
        "thinks": ("Who of these knows wholesale at all?", "Why is there a form before every answer?"),
        "feels": ("Curious, and relieved that something is moving.",),
        "says": ("“Just send me the price list, I won't hold you to it.”",),
        "needs": ("A price range without a phone call.", "A page that says who it is not for."),
        "pains": ("Every site says “all-in-one platform”.", "A download costs a phone number, and then the phone rings."),
        "gains": ("A comparison that also names the vendor's weak sides.",),
        "barriers": ("No price on the page: struck off the list.", "No Swedish or Dutch version of the documentation."),
        "opportunities": (
            "Publish price ranges for three sizes of firm.",
            "A page “when Nordlys Flow is the wrong choice”.",
        ),
        "people": ("Mette, Jonas, head of sales, a shift manager.",),
    },
    feelings={
        "mette": (1, "There are firms like hers out there that solved it."),
        "jonas": (0, "Interested, but no vendor shows the documentation."),
    },
    touchpoints=(
        TouchpointStory(
            "Front page and product pages", "Website", 5, 3,
            thinks="Nice pictures. What does it do with an order that comes by mail?",
            says="“Where is the price?”",
            message="Orders from mail, phone and shop in one list.", owner="Marketing",
            moment_of_truth=True,
            our_importance=5, device="computer", verdict="fails",
            strengths="Quick to load, and in plain words.",
            weaknesses="No price, and not a word on orders that come by mail.",
        ),
        TouchpointStory(
            "Profile on a comparison site", "Comparison and review sites", 4, 2,
            message="4.4 stars, the last review is two years old.",
            owner="Marketing", helpers="Customer success",
            our_importance=4, party="public", contact="before", device="computer",
            verdict="fails", weaknesses="Nobody has asked a customer for a review in two years.",
        ),
        TouchpointStory(
            "Question in the trade group", "Word of mouth", 5, 4,
            actor="Three peers from the association", says="“Who has tried one of these?”",
            our_importance=4, party="friends", contact="before", device="phone", verdict="works",
            strengths="Honest words from people with the same orders.",
        ),
        TouchpointStory(
            "Chat window on the site", "Live chat", 2, 2, owner="Sales",
            why_unused="It opens with “book a demo”; people close it before they ask anything.",
            our_importance=2, device="computer", verdict="fails",
        ),
    ),
)  # fmt: skip

ACTIVE_EVALUATION = StageStory(
    title="Active evaluation",
    period=Period.BEFORE,
    situation="Three vendors are left. It is about trust now: does it work for a firm like ours, and who says so?",
    customer_goal="Be sure enough to put one's own name on the choice.",
    business_goal="Turn every second short list into a pilot.",
    notes={
        "does": (
            "Downloads studies and reads the two pages with numbers.",
            "Calls two customer references, one of them not from the vendor's list.",
            "Sits through three demonstrations in a week.",
        ),
        "thinks": ("All demos look good. Whose data is that?", "What happens on the day it goes wrong?"),
        "feels": ("Torn between two good offers.", "Anxious about the choice being remembered as mine."),
        "says": ("“Can you show it with one of our own orders?”",),
        "needs": ("A reference from the same trade, of the same size.", "Answers on security within a week."),
        "pains": ("The demonstration uses a firm of 5,000 people.", "The security questionnaire waits for three weeks."),
        "gains": ("A pilot with own orders in the first week.",),
        "barriers": ("IT says no when single sign-on costs extra.", "No reference in the same country."),
        "opportunities": (
            "Demonstrate with the customer's own ten worst orders.",
            "Answer security questions from a public page, dated.",
        ),
        "people": ("Project group, an external adviser, two reference customers.", "Ours: sales, a solution engineer, the data protection officer."),
    },
    feelings={
        "mette": (0, "Two good offers, and no way to know which firm keeps its word."),
        "jonas": (-2, "Three weeks without an answer to forty security questions."),
    },
    touchpoints=(
        TouchpointStory(
            "Study to download: 12 roll-outs measured", "Website", 3, 4,
            message="What it cost, what it saved, what went wrong.", owner="Marketing",
            our_importance=4, device="computer", verdict="works",
            strengths="It also tells what went wrong.",
        ),
        TouchpointStory(
            "Call with a reference customer", "Phone", 5, 5,
            actor="Operations manager at a wholesaler in Aalborg",
            thinks="She has no reason to lie to me.",
            feels="Safe for the first time in this project.", owner="Customer success",
            helpers="Sales", moment_of_truth=True,
            our_importance=5, party="others", device="phone", verdict="works",
            strengths="The one voice that nobody doubts.",
            weaknesses="Three customers take all these calls.",
        ),
        TouchpointStory(
            "Demonstration", "Video meeting", 5, 3,
            actor="Sales and a solution engineer",
            says="“That isn't what our orders look like.”",
            message="From mail to packing list in forty seconds.", owner="Sales",
            helpers="Product", moment_of_truth=True,
            our_importance=5, device="computer", verdict="fails",
            strengths="The engineer answers at once.",
            weaknesses="Made-up orders of a firm of 5,000 people.",
        ),
        TouchpointStory(
            "Security questionnaire", "E-mail", 4, 1,
            feels="Ignored.", owner="Product", helpers="Legal",
            message="We will come back to you.",
            our_importance=4, device="computer", verdict="fails", downstream="Sales",
            weaknesses="Three weeks, and no name to ask.",
        ),
        TouchpointStory(
            "Analyst report on order software", "Website", 2, 3, actor="An analyst firm",
            owner="Marketing",
            our_importance=2, party="public", contact="before", device="computer",
        ),
    ),
)  # fmt: skip

BEFORE = (NOT_ACTIVE, TRIGGER, FIRST_INTEREST, ACTIVE_EVALUATION)

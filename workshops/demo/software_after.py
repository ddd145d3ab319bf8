"""Buying business software: the purchase and the time after it."""

from journeys.models import Period
from workshops.demo.shapes import StageStory, TouchpointStory

PURCHASE_DECISION = StageStory(
    title="Purchase decision",
    period=Period.DURING,
    situation="One vendor is chosen. Contract, roll-out team, success criteria and time plan are agreed.",
    customer_goal="A contract without surprises and a plan that everybody has seen.",
    business_goal="From verbal yes to signature in under 30 days.",
    notes={
        "does": (
            "Negotiates term, price and the way out.",
            "Names a roll-out team and agrees on four KPIs.",
        ),
        "thinks": ("What did we forget to ask?", "Will they still answer once we have signed?"),
        "feels": ("Determined, with a knot in the stomach.",),
        "says": ("“Put the names of the consultants into the contract.”",),
        "needs": ("Success criteria that both sides sign.", "A time plan that knows about peak season."),
        "pains": ("Legal on both sides edits a PDF by mail, nine rounds.", "Sales hands over, and every question starts from zero."),
        "gains": ("A one-page summary for the board.",),
        "barriers": ("The exit clause is missing, and the board sends it back.",),
        "opportunities": (
            "A contract of four pages in plain words, with an exit clause.",
            "Bring the consultant to the last sales meeting.",
        ),
        "people": ("Mette signs, Jonas plans, the CFO asks, legal edits.", "Ours: sales and, too late, the consultant."),
    },
    feelings={
        "mette": (1, "The KPIs are on paper, and both sides have signed them."),
        "jonas": (1, "He has a name and a number: the engineer who will be there."),
    },
    touchpoints=(
        TouchpointStory(
            "Contract talks", "Meeting in person", 5, 3,
            actor="Account manager", thinks="What are they not telling me?",
            message="A fair price, and a way out.", owner="Sales", helpers="Legal, Finance",
            our_importance=5, device="none", verdict="works", downstream="Consulting",
            strengths="The way out is talked about openly.",
            weaknesses="Nine rounds by mail between two legal departments.",
        ),
        TouchpointStory(
            "Offer with success criteria and KPIs", "E-mail", 4, 4,
            message="Four numbers that we both answer for.", owner="Sales",
            our_importance=4, device="computer", verdict="works", downstream="Consulting",
            strengths="Four numbers on one page.",
        ),
        TouchpointStory(
            "Kick-off with roll-out team and time plan", "Meeting in person", 5, 4,
            actor="Consultant and project lead", feels="In good hands.",
            says="“So it's you we call. Good.”", owner="Consulting", helpers="Sales",
            moment_of_truth=True,
            our_importance=5, device="none", verdict="works",
            strengths="A name and a number to call.",
        ),
        TouchpointStory(
            "Online order form", "Website", 1, None, owner="Product",
            why_unused="Nobody signs a three-year contract in a form; they want a person to answer.",
            our_importance=2, device="computer", verdict="fails",
        ),
    ),
)  # fmt: skip

CUSTOMER_EXPERIENCE = StageStory(
    title="Customer experience",
    period=Period.AFTER,
    situation="Start-up. Everybody is trained, old and new system run side by side, and patience is short.",
    customer_goal="The first week without retyping.",
    business_goal="First result within 60 days; every user active in week four.",
    notes={
        "does": (
            "Trains 60 people in groups of eight, between two shifts.",
            "Keeps the old spreadsheet “just in case”.",
        ),
        "thinks": ("Is this slower, or is it just new?", "I hope the warehouse forgives me."),
        "feels": ("Overwhelmed in week two, proud in week six.",),
        "says": ("“Where is the button that was in the demo?”", "“The consultant got it at once.”"),
        "needs": ("Training by role: picking, sales, invoicing.", "Somebody on site on the first Monday."),
        "pains": ("The manual describes the version before last.", "Night shift was never invited to the training."),
        "gains": ("First order straight from mail to packing list.",),
        "barriers": ("Two people refuse and keep printing their lists.",),
        "opportunities": (
            "Two-minute product videos, one for each role, in four languages.",
            "A consultant on site on day one, and on the first Monday after.",
        ),
        "people": ("Roll-out team, all shifts, the works council.", "Ours: consultant, training, customer service."),
    },
    feelings={
        "mette": (-1, "Week two: slower than before, and everybody looks at her."),
        "jonas": (0, "The interface holds; the manual does not match the screen."),
    },
    touchpoints=(
        TouchpointStory(
            "Onboarding guide for the first 30 days", "E-mail", 4, 3,
            message="One thing a day, ten minutes.", owner="Consulting",
            our_importance=4, device="computer",
            weaknesses="Goes to one person, who does not pass it on.",
        ),
        TouchpointStory(
            "Training for all", "Meeting in person", 5, 4, actor="Consultant",
            feels="Finally somebody who has stood in a warehouse.", owner="Consulting",
            helpers="Customer service", moment_of_truth=True,
            our_importance=5, device="none", verdict="works",
            strengths="By people who have stood in a warehouse.",
            weaknesses="Night shift is not invited.",
        ),
        TouchpointStory(
            "User manual", "Customer portal", 3, 1,
            thinks="This screen looks different from mine.", owner="Product",
            our_importance=3, device="computer", verdict="fails",
            weaknesses="Describes the version before last.",
        ),
        TouchpointStory(
            "Product videos", "Video", 4, 4, message="How to split an order, in 90 seconds.",
            owner="Product", helpers="Marketing",
            our_importance=3, device="phone", verdict="works", strengths="Ninety seconds, one task.",
        ),
        TouchpointStory(
            "Consultant on the phone", "Phone", 5, 5, actor="The consultant from the kick-off",
            says="“She remembers our order types.”", owner="Consulting",
            our_importance=5, device="phone", verdict="works",
            strengths="She remembers their order types.", weaknesses="It all hangs on one person.",
        ),
    ),
)  # fmt: skip

LOYALTY = StageStory(
    title="Loyalty",
    period=Period.AFTER,
    situation="Results show. The other sites want it too, and a colleague at another firm asks how it went.",
    customer_goal="Roll out to the whole company and stay in control of the cost.",
    business_goal="95 per cent renew; every third customer brings another one.",
    notes={
        "does": (
            "Shows the board the KPIs after six months.",
            "Rolls out to the sites in Malmö and Zwolle.",
            "Takes a reference call from a stranger.",
        ),
        "thinks": ("We should have done this two years ago.", "What does it cost for another 80 people?"),
        "feels": ("Proud, and a little protective of “our” system.",),
        "says": ("“Call me, I'll tell you the bad parts too.”",),
        "needs": ("Help by phone, mail, chat or on one's own, as the hour requires.", "A price for growth that is known beforehand."),
        "pains": ("Chat closes at four; the evening shift starts at three.", "The renewal arrives as an invoice, without a word."),
        "gains": ("Quick results that can be shown: 38 per cent fewer wrong deliveries.",),
        "barriers": ("Nobody at Nordlys calls between the go-live and the renewal.",),
        "opportunities": (
            "A yearly review with KPIs, before the renewal and not after.",
            "A circle of reference customers who visit each other.",
        ),
        "people": ("Mette, the board, managers of the other sites.", "Ours: customer success, customer service."),
    },
    feelings={
        "mette": (2, "She presented the numbers, and the board applauded."),
        "jonas": (1, "Quiet nights; he answers questions in the forum himself."),
    },
    touchpoints=(
        TouchpointStory(
            "Help by phone", "Phone", 5, 4, actor="Customer service",
            message="A person within two minutes.", owner="Customer service",
            moment_of_truth=True,
            our_importance=5, device="phone", verdict="works",
            strengths="A person who knows the firm.",
        ),
        TouchpointStory(
            "Help by chat", "Live chat", 4, 2, says="“Of course it is closed. It is ten past four.”",
            owner="Customer service",
            our_importance=4, device="computer", verdict="fails",
            weaknesses="Closes at four; the evening shift starts at three.",
        ),
        TouchpointStory(
            "Knowledge base and self-service", "Customer portal", 4, 3,
            message="Answers that the support team uses itself.", owner="Customer service",
            helpers="Product",
            our_importance=4, device="computer", verdict="works",
            weaknesses="Hard to search in Swedish and Dutch.",
        ),
        TouchpointStory(
            "Help by e-mail", "E-mail", 3, 4, owner="Customer service",
            our_importance=3, device="computer", verdict="works",
        ),
        TouchpointStory(
            "Reference call for a colleague", "Word of mouth", 4, 5,
            actor="A project group that is where Mette once was",
            feels="Honoured to be asked.", owner="Customer success",
            our_importance=5, party="friends", contact="after", device="phone", verdict="works",
            strengths="They tell the bad parts too, and are believed.",
        ),
    ),
)  # fmt: skip

AFTER = (PURCHASE_DECISION, CUSTOMER_EXPERIENCE, LOYALTY)

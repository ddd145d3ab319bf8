"""Two workshops on the B2B example: one that is over, one that is to come."""

from workshops.demo.shapes import (
    ActionStory,
    ClusterStory,
    ContributionStory,
    ParticipantStory,
    ProposalStory,
    WorkshopStory,
)

ANNA = ParticipantStory("Anna Holm", "Marketing", "owner@demo.example", "owner")
BO = ParticipantStory("Bo Friis", "Marketing", "editor@demo.example", "editor")
KARIN = ParticipantStory("Karin Lind", "Customer service", "commenter@demo.example", "commenter")
SANNE = ParticipantStory("Sanne de Vries", "Sales", "viewer@demo.example", "viewer")
TOBIAS = ParticipantStory("Tobias Munk", "Sales", "tobias@nordlys.example")
LEILA = ParticipantStory("Leila Haddad", "Product", "leila@nordlys.example")
ERIK = ParticipantStory("Erik Sandberg", "Consulting", "erik@nordlys.example")
PETRA = ParticipantStory("Petra Jansen", "Finance", "petra@nordlys.example")
OSKAR = ParticipantStory("Oskar Lund", "Customer service", "oskar@nordlys.example")

CONTRIBUTIONS = (
    ContributionStory("Petra Jansen", "problem", "Mailings to firms that never asked: 14,000 euros a year, no order that we can trace.", 0),
    ContributionStory("Anna Holm", "strength", "Our talk with a customer on stage is remembered a year later.", 0),
    ContributionStory("Leila Haddad", "idea", "A yearly benchmark: how many orders do wholesalers retype?", 0),
    ContributionStory("Bo Friis", "problem", "Nobody finds us by the symptom. We only rank for our own name.", 1, "Search for the symptom", "Marketing buys the name of the product; customers type “orders retyped by hand”. Nobody has looked at the search terms since spring."),
    ContributionStory("Oskar Lund", "idea", "Customer service knows the ten symptoms by heart. Let us write them down.", 1),
    ContributionStory("Sanne de Vries", "question", "Who answers when the board, and not operations, starts the search?", 1),
    ContributionStory("Tobias Munk", "problem", "No price on the site. Half of my first calls are only about that.", 2, "Front page and product pages", "Sales fears that rivals undercut us. Two of them name their price already, and both get the first call."),
    ContributionStory("Petra Jansen", "question", "Which price could we name without tying our hands?", 2),
    ContributionStory("Anna Holm", "idea", "Say openly when Nordlys Flow is the wrong choice.", 2),
    ContributionStory("Karin Lind", "problem", "Security questionnaires wait three weeks on a desk that nobody owns.", 3, "Security questionnaire", "The desk is in Product, the answers are in Consulting, the deadline is in Sales. 31 of 40 questions are always the same."),
    ContributionStory("Leila Haddad", "strength", "The solution engineers are praised in every single interview.", 3),
    ContributionStory("Tobias Munk", "problem", "Our demo shows a firm of 5,000 people. Mette has 140.", 3, "Demonstration"),
    ContributionStory("Erik Sandberg", "idea", "Ask for the ten worst orders before the demo and show those.", 3),
    ContributionStory("Erik Sandberg", "problem", "I meet the customer after the signature and start from zero.", 4),
    ContributionStory("Petra Jansen", "idea", "Four pages of contract in plain words. Legal has a draft in a drawer.", 4),
    ContributionStory("Karin Lind", "problem", "One call in four during start-up is about an outdated manual.", 5, "User manual", "The manual is written for all roles at once and updated once a year. Customers print it on the first day and keep that print."),
    ContributionStory("Oskar Lund", "problem", "The night shift learns from each other, mistakes included.", 5),
    ContributionStory("Erik Sandberg", "strength", "Training on the floor works. Nobody falls asleep beside a forklift.", 5),
    ContributionStory("Leila Haddad", "idea", "Films of two minutes for each role instead of one manual for all.", 5),
    ContributionStory("Karin Lind", "problem", "Chat closes at four. A third of the questions come after that.", 6, "Help by chat", "Warehouses pack until ten. Why four? Because the chat began as a trial of one person, who goes home then."),
    ContributionStory("Sanne de Vries", "problem", "The renewal is an invoice. Dutch customers find that rude, rightly.", 6),
    ContributionStory("Bo Friis", "idea", "A circle of reference customers who visit each other.", 6),
    ContributionStory("Petra Jansen", "problem", "Seven stages, five departments, and no number that all of us look at."),
)  # fmt: skip

CLUSTERS = (
    ClusterStory("They cannot find out alone", (3, 6, 7)),
    ClusterStory("We do not speak of their own case", (11, 12, 13)),
    ClusterStory("Help that comes too late", (15, 16, 18, 19)),
)
VOTES = {
    "Anna Holm": {6: 2, 3: 1, 19: 1, 20: 1},
    "Bo Friis": {3: 2, 6: 2, 22: 1},
    "Karin Lind": {19: 3, 15: 2},
    "Tobias Munk": {6: 3, 11: 2},
    "Leila Haddad": {9: 2, 16: 1, 11: 2},
    "Erik Sandberg": {13: 3, 6: 1, 9: 1},
    "Petra Jansen": {22: 3, 0: 2},
    "Oskar Lund": {19: 2, 16: 2, 15: 1},
}
"""Dots on the contributions above, by their number."""

PROPOSALS = (
    ProposalStory(
        "Publish price ranges for three sizes of firm",
        "A page with a range for 50, 150 and 300 employees, what is in it and what is not. Six weeks on the Dutch site first.",
        6,
        {"Anna Holm": (4, 5), "Bo Friis": (5, 5), "Karin Lind": (4, 4), "Tobias Munk": (3, 5), "Leila Haddad": (5, 4), "Erik Sandberg": (4, 4), "Petra Jansen": (3, 4)},
        (
            ActionStory("Agree on three ranges and their wording", "Petra Jansen", 12, "doing", "Ranges signed off by sales and finance"),
            ActionStory("Run the price page on the Dutch site for six weeks", "Sanne de Vries", 60, "planned", "Requests from the long list, per week"),
        ),
    ),
    ProposalStory(
        "Show the customer's ten worst orders in the demonstration",
        "Sales asks for ten real orders, product makes them anonymous, the engineer shows exactly those.",
        11,
        {"Anna Holm": (4, 5), "Bo Friis": (4, 5), "Karin Lind": (3, 4), "Tobias Munk": (4, 5), "Leila Haddad": (3, 5), "Erik Sandberg": (5, 5), "Oskar Lund": (4, 4)},
        (
            ActionStory("Demonstrate with own orders in the next five short lists", "Tobias Munk", 40, "testing", "Pilots per demonstration", "Three done so far: two pilots agreed."),
        ),
    ),
    ProposalStory(
        "Answer security questions on a public page",
        "31 of the usual 40 questions have a standing answer. Publish them with a date and an owner.",
        9,
        {"Anna Holm": (5, 4), "Bo Friis": (5, 4), "Karin Lind": (5, 4), "Leila Haddad": (4, 4), "Erik Sandberg": (4, 3), "Petra Jansen": (5, 3), "Oskar Lund": (5, 4)},
        (
            ActionStory("Publish the security page in English and Danish", "Leila Haddad", -5, "kept", "Days until the questionnaire is answered", "From 21 days to 4; two prospects sent no questionnaire at all."),
        ),
    ),
    ProposalStory(
        "Open the chat until eight in the evening",
        "Two part-time colleagues, Monday to Thursday, for three months.",
        19,
        {"Anna Holm": (4, 4), "Bo Friis": (4, 3), "Karin Lind": (5, 4), "Tobias Munk": (3, 3), "Oskar Lund": (4, 5), "Petra Jansen": (2, 3)},
        (
            ActionStory("Trial the evening chat for three months", "Karin Lind", 75, "doing", "Answered within ten minutes, after four o'clock"),
        ),
        at_first={"Anna Holm": (3, 3), "Tobias Munk": (2, 2), "Petra Jansen": (1, 2)},
    ),
    ProposalStory(
        "Films of two minutes for each role",
        "Filmed on the floor in Zwolle by the people who do the work; subtitles in four languages.",
        16,
        {"Anna Holm": (3, 4), "Bo Friis": (4, 4), "Karin Lind": (3, 5), "Leila Haddad": (3, 4), "Erik Sandberg": (4, 4), "Oskar Lund": (3, 4)},
        (
            ActionStory("First four films: picking, sales, invoicing, night shift", "Erik Sandberg", 90, "planned", "Calls about the manual in the first 60 days"),
        ),
    ),
    ProposalStory(
        "A yearly benchmark of order handling",
        "One survey, one chart, one talk. In place of the mailing to inactive buyers.",
        2,
        {"Anna Holm": (3, 4), "Bo Friis": (3, 3), "Tobias Munk": (2, 4), "Leila Haddad": (3, 3), "Petra Jansen": (2, 3)},
    ),
    ProposalStory(
        "Write a new contract in four pages",
        "Plain words, an exit clause, the consultant by name.",
        14,
        {"Anna Holm": (2, 4), "Tobias Munk": (1, 5), "Erik Sandberg": (3, 3), "Petra Jansen": (4, 4), "Bo Friis": (2, 3)},
    ),
    ProposalStory(
        "Nicer brochures for the post",
        "Heavier paper, shorter text.",
        None,
        {"Anna Holm": (5, 1), "Bo Friis": (5, 1), "Tobias Munk": (5, 2), "Petra Jansen": (4, 1), "Karin Lind": (4, 1)},
        (
            ActionStory("Try the heavier brochure with forty firms in Jutland", "Bo Friis", -4, "testing", "Calls that name the brochure", "Forty sent, one call, and that was to praise the paper."),
        ),
        stage=0,
    ),
)  # fmt: skip

FINISHED = WorkshopStory(
    title="Where do we lose them?",
    in_days=-21,
    hour=9,
    location="Nordlys Software, Aarhus, room Skagen",
    facilitator="Ingrid Aas, from outside the company",
    introduction=(
        "Half a day on the whole journey, seen by the customer. We name what is wrong, propose "
        "what could be better, rate it each for ourselves, and leave with names and dates. "
        "Please read Mette's and Jonas's pages beforehand."
    ),
    phase="close",
    agenda="half-day",
    participants=(ANNA, BO, KARIN, SANNE, TOBIAS, LEILA, ERIK, PETRA, OSKAR),
    contributions=CONTRIBUTIONS,
    clusters=CLUSTERS,
    votes=VOTES,
    proposals=PROPOSALS,
)

COMING = WorkshopStory(
    title="Follow-up: the first hundred days",
    in_days=14,
    hour=13,
    location="Nordlys Software, Aarhus, and by video from Zwolle",
    facilitator="Ingrid Aas, from outside the company",
    introduction=(
        "What came of the decisions, and then the part of the map with the deepest fall: from "
        "the signature to the first result. Bring one story that a customer told you."
    ),
    phase="prepare",
    agenda="follow-up",
    participants=(ANNA, BO, KARIN, LEILA, ERIK, OSKAR),
    contributions=(
        ContributionStory(
            "Erik Sandberg", "question", "Could the consultant be named in the offer already?", 4
        ),
    ),
    stages=(4, 5, 6),
    needs="Marketing, Customer service, Consulting, Finance",
)

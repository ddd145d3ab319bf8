"""The B2B example: how two firms come to buy, use and recommend Nordlys Flow."""

from workshops.demo.drawn import SKIN, Face
from workshops.demo.moves import SOFTWARE_FELT, SOFTWARE_PATHS
from workshops.demo.shapes import JourneyStory, PersonaStory
from workshops.demo.software_activities import ACTIVITIES
from workshops.demo.software_after import AFTER
from workshops.demo.software_before import BEFORE
from workshops.demo.software_learnt import INSIGHTS, THREADS
from workshops.demo.software_more import MORE

METTE = PersonaStory(
    name="Mette Krogh",
    face=Face("#dbe9f4", SKIN[0], "#8a5a2b", "#1d5b8f", hair_length=1.0),
    segment="COO at a wholesaler with 140 employees",
    quote="I don't buy software. I buy fewer angry phone calls.",
    summary=(
        "Mette runs operations at a wholesaler of building parts in Kolding. Orders arrive by "
        "mail, phone and web shop, and her team retypes a third of them. She signs the contract "
        "and answers to the board for what comes of it."
    ),
    goals=(
        "Deliver complete orders on the promised day.\n"
        "Free two people from retyping before next season.\n"
        "Show the board a result within six months."
    ),
    pains=(
        "Every vendor promises the same, and none names the price.\n"
        "The last roll-out ran eight months late, and people still remember.\n"
        "She hears of problems from customers first."
    ),
    gains=(
        "One number each morning: orders that left on time.\n"
        "A firm like hers that says it worked.\n"
        "A contract she can explain on one page."
    ),
    behaviours=(
        "Asks two peers before she reads anything.\n"
        "Reads on the phone between meetings, rarely longer than five minutes.\n"
        "Brings Jonas in as soon as a vendor is on the list."
    ),
)

JONAS = PersonaStory(
    name="Jonas Ek",
    face=Face("#e6f2e6", SKIN[1], "#3a2a20", "#2c643b", glasses=True, beard=True),
    segment="IT lead, team of three, keeps everything running",
    quote="Show me the API before you show me the slides.",
    summary=(
        "Jonas looks after the ERP, the warehouse scanners and 140 laptops with two colleagues. "
        "He does not choose the system, but he can stop it. What the vendor forgets to mention "
        "becomes his weekend."
    ),
    goals=(
        "No second place for customer data.\n"
        "Single sign-on and a restore that has been tried.\n"
        "A roll-out that does not stop the warehouse for an hour."
    ),
    pains=(
        "Documentation is hidden behind a form and a sales call.\n"
        "Security questionnaires go unanswered for weeks.\n"
        "He is invited when the decision has been made."
    ),
    gains=(
        "A sandbox with his own data on the first day.\n"
        "An engineer at the vendor whom he can call by name.\n"
        "Release notes that say what breaks."
    ),
    behaviours=(
        "Tests at night, writes a list of faults, and remembers who answered.\n"
        "Trusts forums and status pages over brochures.\n"
        "Warns Mette early, in one sentence."
    ),
)

SOFTWARE = JourneyStory(
    title="Buying business software",
    customer_goal="Deliver every order complete and on time, without hiring more people to retype.",
    business_goal="Win 40 new wholesale customers this year and keep 95 per cent past year two.",
    scope=(
        "Wholesalers and makers of parts with 50 to 300 employees in Denmark, Sweden and the "
        "Netherlands; from the quiet time before any need to the recommendation to a colleague."
    ),
    review_in_days=120,
    personas={"mette": METTE, "jonas": JONAS},
    free_lanes={"people": "Who is involved"},
    stages=BEFORE + AFTER,
    insights=INSIGHTS,
    threads=THREADS,
    paths=SOFTWARE_PATHS,
    felt=SOFTWARE_FELT,
    agreement=4,
    more_lanes={
        "image": "does",
        "business_goal": "does",
        "doubts": "barriers",
        "activities": "needs",
        "metric": "opportunities",
        "content_plan": "text",
        "backstage": "",
    },
    more=MORE,
    activities=ACTIVITIES,
)

"""What became of the decisions of the finished workshop of the demo."""

from workshops.demo.drawn import Scene
from workshops.demo.shapes import OutcomeStory

FASTER = Scene(
    "The screen in Leila's office: days until the questionnaire is answered, falling since May.",
    people=2,
    line=(0.9, 0.6, 0.3, 0.15),
)

OUTCOMES = (
    OutcomeStory("Agree on three ranges and their wording", "Sales, Marketing", -9, "One page that all five sign"),
    OutcomeStory("Run the price page on the Dutch site for six weeks", "Marketing, Finance", 15, "A third fewer first calls about the price", metric="Leave at the form"),
    OutcomeStory("Demonstrate with own orders in the next five short lists", "Product, Consulting", -18, "Three pilots out of five", metric="Short lists that become pilots"),
    OutcomeStory("Publish the security page in English and Danish", "Customer service, Sales", -20, "Answered within a week", link="https://nordlys.example/security", scene=FASTER),
    OutcomeStory("Trial the evening chat for three months", "Product", -14, "Nine in ten answered before midnight", metric="Answered within a day"),
    OutcomeStory("First four films: picking, sales, invoicing, night shift", "Customer service", 5, "One call in ten, not one in four"),
    OutcomeStory("Try the heavier brochure with forty firms in Jutland", "Sales", -19, "Two firms that call and name it", dropped=True),
)  # fmt: skip

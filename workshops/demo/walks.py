"""Walks of the demo: the own shop and two competitors, on the sunglasses and on the software."""

from workshops.demo.shapes import MetStory, WalkStory

OURS = WalkStory(
    walker="Karin Lind",
    days_ago=12,
    met=(
        MetStory(0, "Shop window", worked="yes", helped="partly", score=3, missing="A price that is the same as in the advertisement."),
        MetStory(1, "Frame finder in the web shop", worked="yes", helped="yes", score=5, better="Three frames suited me at once; I kept all three."),
        MetStory(1, "The shelf with mirrors", worked="yes", helped="partly", score=3, missing="Nobody shows what the better lens does. I would have had to ask.", photo="shelf", photo_says="The shelf: frames by brand, no lens to look through"),
        MetStory(2, "Basket and check-out", worked="no", helped="no", score=1, missing="The card form forgot my address twice. The lens question came after the total.", photo="till", photo_says="The card form on the phone, empty again", problem=True),
        MetStory(3, "The parcel", worked="yes", helped="yes", score=4, better="The hand-written card with the optician's name."),
        MetStory(3, "Care instructions", worked="no", helped="no", score=2, missing="The link on the card leads to a page that is gone."),
        MetStory(4, "Second visit to the shop", worked="yes", helped="yes", score=5, better="Mikkel knew my frame before I took it off."),
    ),
)  # fmt: skip

BRILLUX = WalkStory(
    walker="Bo Friis",
    company="Brillux",
    days_ago=5,
    met=(
        MetStory(0, "Shop window", "Poster at the station", worked="yes", helped="yes", score=4, better="One price, and the same one in the shop."),
        MetStory(1, "The shelf with mirrors", "Lens window in the shop", worked="yes", helped="yes", score=5, better="A window with the street behind it: hold up a lens, look, decide. It takes half a minute.", photo="lens", photo_says="A window with four lenses on strings, the street behind it", problem=True),
        MetStory(1, "Talk with the optician", "Adviser with a tablet", worked="partly", helped="partly", score=3, missing="An optician: the adviser knew prices, not lenses."),
        MetStory(2, "Basket and check-out", "Check-out in the app", worked="yes", helped="yes", score=5, better="Two steps. The lens was chosen before the price was shown."),
        MetStory(3, "The parcel", "Locker at the station", worked="yes", helped="partly", score=3, missing="Nothing in the box says how to adjust them."),
        MetStory(4, "Mail after a year", worked="no", helped="no", score=2, missing="They wrote after a week: buy another pair."),
    ),
)  # fmt: skip

ORDERLINE = WalkStory(
    walker="Sanne de Vries",
    company="Orderline",
    days_ago=9,
    met=(
        MetStory(2, "", "Price page", worked="yes", helped="yes", score=5, better="Three sizes of firm, three ranges, no form to fill in first."),
        MetStory(3, "", "Demonstration by video", worked="yes", helped="partly", score=3, missing="They showed their orders, not ours."),
        MetStory(4, "", "Contract by mail", worked="partly", helped="yes", score=4, better="Four pages; our lawyer had no question.", problem=True),
        MetStory(5, "", "First day", worked="no", helped="no", score=2, missing="Nobody rang. The manual is in English only."),
    ),
)  # fmt: skip

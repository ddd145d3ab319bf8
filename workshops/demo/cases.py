"""How others solved the like: the library of inspiration of the demo."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from workshops.demo.drawn import BOX, GREEN, HIGH, INK, PAPER, SKIN, WIDE, WRONG, Sheet
from workshops.demo.people import Cast
from workshops.inspiration import bring_case, create_case, show_case
from workshops.models import Contribution, Workshop

LIGHT, DARK = "#fbf3e4", "#1d5b8f"


@dataclass(frozen=True)
class CaseStory:
    title: str
    company: str
    done: str
    effect: str
    tags: tuple[str, ...]
    draw: Callable[[Sheet], None] | None = None
    shows: str = ""


# --- Pictures --------------------------------------------------------------------------------
def _price_page(sheet: Sheet) -> None:
    sheet.block((90, 40, 390, 260), "#ffffff", 10)
    for number, (height, colour) in enumerate(((70, DARK), (110, GREEN), (160, WRONG))):
        left = 125 + 85 * number
        sheet.block((left, 225 - height, left + 55, 225), colour, 6)
        sheet.block((left + 8, 234, left + 47, 241), INK, 3)
    sheet.block((110, 56, 230, 68), INK, 4)


def _evening_chat(sheet: Sheet) -> None:
    sheet.block((0, 0, WIDE, HIGH), "#22384a")
    sheet.round((370, 30, 430, 90), "#f3e3b3")
    sheet.block((60, 90, 270, 150), "#ffffff", 22)
    sheet.block((80, 112, 225, 126), INK, 5)
    sheet.block((190, 175, 420, 245), "#bfe3d0", 22)
    sheet.block((212, 195, 395, 207), INK, 5)
    sheet.block((212, 217, 330, 229), INK, 5)


def _first_day(sheet: Sheet) -> None:
    sheet.block((0, 245, WIDE, HIGH), BOX)
    for number, x in enumerate((150, 235, 330)):
        sheet.block((x - 30, 150, x + 30, 250), (DARK, "#8b3a6c", GREEN)[number], 22)
        sheet.round((x - 22, 95, x + 22, 145), SKIN[number])
    sheet.stroke([(180, 190), (205, 190)], SKIN[0], 14)
    sheet.block((60, 40, 420, 62), "#ffffff", 8)
    for number in range(5):
        colour = GREEN if number < 2 else LIGHT
        sheet.round((80 + 70 * number, 43, 96 + 70 * number, 59), colour)


def picture_of(story: CaseStory) -> BytesIO | None:
    if story.draw is None:
        return None
    sheet = Sheet(WIDE, HIGH, PAPER)
    story.draw(sheet)
    return sheet.file("case.png")


# --- The cases -------------------------------------------------------------------------------
CASES = (
    CaseStory(
        "Price ranges for three sizes of firm",
        "Tallyard, accounting software",
        "They named a range for firms of 20, 80 and 200 people on the site, with a list of what is not in it. Sales was against it for a year.",
        "Half of the first calls fell away, and those that were left came from buyers who could pay. The share of signed offers rose from 18 to 29 per cent.",
        ("price", "site", "first call"),
        _price_page,
        "A page with three bars, from low to high.",
    ),
    CaseStory(
        "Somebody answers until nine",
        "Lighthouse Bank",
        "Two colleagues who study take the chat from four to nine in the evening. They may do everything that the day team may, and leave a note in the morning.",
        "Four in ten questions were solved the same evening. The queue at eight in the morning is gone.",
        ("chat", "customer service", "opening hours"),
        _evening_chat,
        "Two speech bubbles at night.",
    ),
    CaseStory(
        "The consultant is in the first meeting",
        "Brightwater Pumps",
        "The fitter who will install the pump sits in the sales talk for its last ten minutes, and his name stands in the offer.",
        "Nobody starts from zero after the signature. Time from contract to first use fell from 11 weeks to 6.",
        ("handover", "contract", "start-up"),
        _first_day,
        "Three people shake hands under a row of five steps, two of them done.",
    ),
    CaseStory(
        "Films of ninety seconds in place of a manual",
        "Coldchain Nord, refrigerated warehouses",
        "A shift leader films each task with a telephone. A sticker with a code on the machine opens the film for exactly that machine.",
        "Calls about operation fell by 40 per cent in a quarter, most of all those of the night shift.",
        ("training", "manual", "night shift"),
    ),
    CaseStory(
        "The questionnaire is a public page",
        "Paperplane, document archive",
        "All answers to security questions stand on one public page, with a date and the name of who stands behind it.",
        "From 19 days to 3. Every third prospect sends no questionnaire any more.",
        ("security", "questionnaire", "waiting time"),
    ),
    CaseStory(
        "A letter before the invoice",
        "Green Mile, bicycle leasing",
        "Six weeks before the renewal the customer gets one page: what you used, what it saved, what we would change. The invoice comes four weeks later.",
        "Cancellations at renewal fell from 14 to 9 per cent.",
        ("renewal", "invoice", "loyalty"),
    ),
)  # fmt: skip

SHOWN, WITH_IT = 1, (0, 4)
PROBLEM = "Chat closes at four"


def inspire(finished: Workshop, coming: Workshop, cast: Cast) -> None:
    """The library; the workshop that is over was shown three cases, the next takes one along."""
    by = cast.actors["editor"]
    cases = [
        create_case(
            cast.workspace,
            title=story.title,
            company=story.company,
            done=story.done,
            effect=story.effect,
            tags=list(story.tags),
            picture_alt=story.shows,
            file=picture_of(story),
            by=by,
        )
        for story in CASES
    ]
    problem = Contribution.objects.get(board=finished.pk, text__startswith=PROBLEM)
    show_case(finished, cases[SHOWN], problem=problem, by=by)
    for number in WITH_IT:
        bring_case(finished, cases[number], by=by)
    bring_case(coming, cases[2], by=by)

"""The shapes of a slide: a title, boxes, texts; all can be edited."""

import re
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Inches, Pt

from journeys.export.palette import INK

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, INNER = Inches(0.5), Inches(12.333)
FOOT = Inches(7.2)
TITLE_ONLY = 5
CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Place:
    """A rectangle on a slide, in its own small units."""

    left: int
    top: int
    width: int
    height: int

    @property
    def emus(self) -> tuple[Emu, Emu, Emu, Emu]:
        return Emu(self.left), Emu(self.top), Emu(self.width), Emu(self.height)


UNDER_TITLE = Place(LEFT, Inches(0.86), INNER, Inches(0.5))


@dataclass(frozen=True)
class Ink:
    """How a text looks."""

    points: float
    colour: str = INK
    bold: bool = False


def rgb(colour: str) -> Any:
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]


def new_slide(deck: Any, title: str) -> Any:
    """A slide with a real title, so that it is found by those who cannot see it."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = Place(LEFT, Inches(0.25), INNER, Inches(0.6)).emus
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Emu(0)
    frame.text = clean(title)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold = Pt(26 if len(title) < 70 else 18), True
    paragraph.font.color.rgb = rgb(INK)
    return slide


def add_box(slide: Any, place: Place, colour: str, shape: Any = MSO_SHAPE.RECTANGLE) -> Any:
    box = slide.shapes.add_shape(shape, *place.emus)
    box.shadow.inherit = False
    box.line.fill.background()
    box.fill.solid()
    box.fill.fore_color.rgb = rgb(colour)
    return box


def add_text(slide: Any, place: Place, words: str, ink: Ink) -> Any:
    box = slide.shapes.add_textbox(*place.emus)
    write(box, words.splitlines(), ink, anchor=MSO_ANCHOR.TOP)
    box.text_frame.margin_left = Emu(0)
    return box


def write(shape: Any, lines: list[str], ink: Ink, *, anchor: Any = MSO_ANCHOR.MIDDLE) -> None:
    """Lines as paragraphs of an empty shape."""
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = Inches(0.08)
    frame.margin_top = frame.margin_bottom = Inches(0.04)
    for number, line in enumerate(lines):
        add_run(frame.paragraphs[0] if number == 0 else frame.add_paragraph(), line, ink)


def add_run(paragraph: Any, text: str, ink: Ink) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = clean(text)
    run.font.size, run.font.bold = Pt(ink.points), ink.bold
    run.font.color.rgb = rgb(ink.colour)


def name(shape: Any, words: str) -> None:
    """What a shape is called in the list of shapes and read aloud."""
    shape.name = clean(words)
    shape.element.xpath("./*/p:cNvPr")[0].set("descr", clean(words))


def add_tip(shape: Any) -> None:
    """Let a line end in an arrow head."""
    tip = OxmlElement("a:tailEnd")
    tip.set("type", "triangle")
    shape.get_or_add_ln().append(tip)


def clean(text: str) -> str:
    """Without what XML cannot hold."""
    return CHARACTERS.sub("", text)

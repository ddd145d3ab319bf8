"""Pictures of the demo, drawn when they are needed: faces of personas and scenes of stages."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

SIDE = 320
WIDE, HIGH = 480, 300
FINER = 2
"""Drawn so many times larger and made smaller, for smooth edges."""

PAPER, INK, WOOD, FLOOR = "#f6f1e7", "#2b3a42", "#b98a5e", "#e3d8c5"
BOX, WRONG, GREEN = "#d9a86c", "#c8553d", "#3f8f6b"
SKIN = ("#f1c9a5", "#e0ac82", "#b97a56")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Face:
    """What somebody looks like; `hair_length` from 0 (short) to 1 (to the shoulders)."""

    background: str
    skin: str
    hair: str
    clothes: str
    hair_length: float = 0.0
    glasses: bool = False
    beard: bool = False


@dataclass(frozen=True)
class Scene:
    """A stage in the warehouse: wrong boxes among twelve, people before the shelf, and how the
    line on the screen goes: from 0 to 1 in each step."""

    shows: str
    wrong: tuple[int, ...] = ()
    people: int = 1
    line: tuple[float, ...] = (0.5, 0.5, 0.5, 0.5)


class Sheet:
    """A picture being drawn, in units of which it is `wide` and `high`."""

    def __init__(self, wide: int, high: int, paper: str) -> None:
        self.size = (wide, high)
        self.image = Image.new("RGB", (wide * FINER, high * FINER), paper)
        self.pen = ImageDraw.Draw(self.image)

    def round(self, box: Box, colour: str) -> None:
        self.pen.ellipse(_larger(box), fill=colour)

    def block(self, box: Box, colour: str, radius: float = 0) -> None:
        self.pen.rounded_rectangle(_larger(box), radius * FINER, fill=colour)

    def stroke(self, points: list[tuple[float, float]], colour: str, width: float) -> None:
        larger = [(x * FINER, y * FINER) for x, y in points]
        self.pen.line(larger, fill=colour, width=round(width * FINER), joint="curve")

    def file(self, name: str) -> BytesIO:
        """The picture as somebody would upload it."""
        content = BytesIO()
        self.image.resize(self.size, Image.Resampling.LANCZOS).save(content, "PNG")
        content.seek(0)
        content.name = name
        return content


def _larger(box: Box) -> Box:
    left, top, right, bottom = (one * FINER for one in box)
    return left, top, right, bottom


# --- The mark of the workspace ---------------------------------------------------------------
def logo_file() -> BytesIO:
    """Northern lights above a line: on white, as a logo is laid on paper."""
    sheet = Sheet(200, 120, "#ffffff")
    for number, colour in enumerate(("#7fc8a9", "#3f9f8f", "#0f5e6e")):
        left = 24.0 + 46.0 * number
        points: list[tuple[float, float]] = [
            (left + 14, 92),
            (left, 66),
            (left + 22, 44),
            (left + 12, 14),
        ]
        sheet.stroke(points, colour, 15)
    sheet.block((16, 100, 172, 107), "#0f5e6e", 3)
    return sheet.file("nordlys.png")


# --- Faces -----------------------------------------------------------------------------------
def face_file(face: Face) -> BytesIO:
    sheet = Sheet(SIDE, SIDE, face.background)
    middle = SIDE / 2
    sheet.round((middle - 78, 52, middle + 78, 190), face.hair)
    if face.hair_length:
        sheet.block((middle - 78, 110, middle + 78, 150 + 90 * face.hair_length), face.hair, 30)
    sheet.block((middle - 24, 170, middle + 24, 250), face.skin, 20)
    sheet.round((middle - 118, 232, middle + 118, 440), face.clothes)
    sheet.round((middle - 30, 216, middle + 30, 258), face.skin)
    sheet.round((middle - 60, 78, middle + 60, 218), face.skin)
    sheet.pen.chord(_larger((middle - 62, 60, middle + 62, 168)), 185, 355, fill=face.hair)
    if face.beard:
        sheet.pen.chord(_larger((middle - 58, 110, middle + 58, 222)), 12, 168, fill=face.hair)
    _features(sheet, face, middle)
    return sheet.file("portrait.png")


def _features(sheet: Sheet, face: Face, middle: float) -> None:
    for side in (-26, 26):
        eye = middle + side
        sheet.round((eye - 5, 140, eye + 5, 150), INK)
        if face.glasses:
            sheet.pen.ellipse(_larger((eye - 19, 127, eye + 19, 163)), outline=INK, width=4)
    if face.glasses:
        sheet.stroke([(middle - 7, 145), (middle + 7, 145)], INK, 2)
    sheet.pen.arc(_larger((middle - 22, 160, middle + 22, 194)), 20, 160, fill="#8c3b2e", width=7)


# --- Scenes ----------------------------------------------------------------------------------
def scene_file(scene: Scene) -> BytesIO:
    sheet = Sheet(WIDE, HIGH, PAPER)
    sheet.block((0, 245, WIDE, HIGH), FLOOR)
    _shelf(sheet, scene)
    _screen(sheet, scene)
    for number in range(scene.people):
        _person(sheet, 335 + 56 * number, SKIN[number % len(SKIN)], number)
    return sheet.file("scene.png")


def _shelf(sheet: Sheet, scene: Scene) -> None:
    for row in range(3):
        foot = 100 + 66 * row
        for column in range(4):
            left = 38 + 56 * column
            colour = WRONG if row * 4 + column in scene.wrong else BOX
            sheet.block((left, foot - 40, left + 44, foot), colour, 3)
            sheet.block((left + 18, foot - 40, left + 26, foot - 24), PAPER)
        sheet.block((26, foot, 262, foot + 7), WOOD, 2)
    for left in (22, 258):
        sheet.block((left, 36, left + 8, 252), WOOD, 2)


def _screen(sheet: Sheet, scene: Scene) -> None:
    left, top, right, bottom = 300, 34, 450, 128
    sheet.block((left, top, right, bottom), INK, 8)
    sheet.block((left + 7, top + 7, right - 7, bottom - 7), "#ffffff", 4)
    step = (right - left - 40) / max(1, len(scene.line) - 1)
    points = [
        (left + 20 + step * number, bottom - 20 - (bottom - top - 40) * value)
        for number, value in enumerate(scene.line)
    ]
    rises = scene.line[-1] >= scene.line[0]
    sheet.stroke(points, GREEN if rises else WRONG, 5)
    for x, y in points:
        sheet.round((x - 5, y - 5, x + 5, y + 5), GREEN if rises else WRONG)


def _person(sheet: Sheet, x: float, skin: str, number: int) -> None:
    clothes = ("#1d5b8f", "#8b3a6c", "#2c643b")[number % 3]
    sheet.block((x - 22, 190, x + 22, 272), clothes, 18)
    sheet.round((x - 17, 150, x + 17, 188), skin)
    sheet.pen.chord(_larger((x - 18, 146, x + 18, 182)), 180, 360, fill=INK)

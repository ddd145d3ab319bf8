"""The pictures of a map as files hold them: small, and only as many as one file can carry."""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from collaboration.pictures import picture_bytes
from journeys.export.sheet import Row, Sheet
from journeys.plain import Plain

SIDES = ((24, 640), (80, 400), (300, 240))
"""So many pictures on a map are drawn with so many pixels on their longer side."""

FACE = 160
MOST_BYTES = 3_000_000
"""Of all pictures in a file; those beyond stand there in words."""

WHITE = "#ffffff"
UNREADABLE = (OSError, SyntaxError, ValueError)


def with_pictures(sheet: Sheet) -> Sheet:
    """The sheet with the pictures that its files show; one that cannot be read, or is one too
    many, is told in words."""
    wanted = _wanted(sheet)
    side = next((side for most, side in SIDES if len(wanted) <= most), SIDES[-1][1])
    sizes = dict.fromkeys(_portraits(sheet), FACE) | dict.fromkeys(wanted[: SIDES[-1][0]], side)
    prints: dict[str, bytes] = {}
    room = MOST_BYTES
    for stored, longest in sizes.items():
        content = small_print(stored, longest)
        if content and len(content) <= room:
            prints[stored] = content
            room -= len(content)
    return replace(sheet, rows=[_seen(row, prints) for row in sheet.rows], prints=prints)


def _wanted(sheet: Sheet) -> list[str]:
    items = (item for row in sheet.rows for cell in row.cells for item in cell)
    return list(dict.fromkeys(item.picture.stored for item in items if item.picture))


def _portraits(sheet: Sheet) -> list[str]:
    return [persona.portrait for persona in sheet.personas if persona.portrait]


def _seen(row: Row, prints: dict[str, bytes]) -> Row:
    return replace(row, cells=[[_item(item, prints) for item in cell] for cell in row.cells])


def _item(item: Plain, prints: dict[str, bytes]) -> Plain:
    if item.picture is None or item.picture.stored in prints:
        return item
    return replace(item, picture=None)


def small_print(stored: str, longest: int) -> bytes | None:
    """The picture as JPEG on white paper."""
    try:
        picture = Image.open(BytesIO(picture_bytes(stored)), formats=("PNG", "JPEG"))
        picture.draft("RGB", (longest, longest))
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        drawn = picture.convert("RGBA")
    except UNREADABLE:
        return None
    paper = Image.new("RGB", drawn.size, WHITE)
    paper.paste(drawn, mask=drawn.getchannel("A"))
    content = BytesIO()
    paper.save(content, "JPEG", quality=82, optimize=True)
    return content.getvalue()

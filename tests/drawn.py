"""Small pictures for tests, drawn when they are needed."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture_file(
    kind: str = "PNG",
    size: tuple[int, int] = (40, 30),
    name: str = "square.png",
    mode: str = "RGB",
    **options: Any,
) -> BytesIO:
    """A red picture as an open file with a name."""
    colour = (200, 30, 30, 128) if mode == "RGBA" else (200, 30, 30)
    buffer = BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **options)
    buffer.seek(0)
    buffer.name = name
    return buffer

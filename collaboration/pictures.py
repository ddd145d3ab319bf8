"""The one door for uploaded pictures: what comes in is looked at, drawn anew, and only then kept.

Nothing of the uploaded bytes is stored: pixels are decoded within limits, turned upright, made
smaller where they are large, and written to a new file without metadata, under a random name.
"""

import base64
import threading
import unicodedata
import uuid
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageFile, ImageOps

from collaboration.editing import Refused

FORMATS = ("PNG", "JPEG", "WEBP")
CONTENT_TYPES = {"png": "image/png", "jpg": "image/jpeg"}
MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
PORTRAIT_SIDE = 320
FOLDER = "pictures"
LONGEST_FILE_NAME = 120
TOO_LARGE = gettext_lazy("This picture is larger than 10 MB. Make it smaller first.")
UNREADABLE = gettext_lazy("This is no picture that we can read. Take a PNG, JPEG or WebP file.")
_strict = threading.Lock()
BROKEN = (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError)
"""What Pillow raises for files that are not what they say."""


class NotAPicture(Refused):
    """A file that is no picture we take; says in words why."""


class StoredPictureField(models.CharField):  # type: ignore[type-arg]
    """The name under which a picture is stored; a plain value, so that it is recorded."""

    def __init__(self, **options: object) -> None:
        defaults = {"max_length": 60, "blank": True, "editable": False}
        super().__init__(**{**defaults, **options})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Stored:
    """A picture that was kept: its random name, its size, and what its file was called."""

    name: str
    width: int
    height: int
    file_name: str


def keep_picture(upload: IO[bytes]) -> Stored:
    """Keep an uploaded picture at most 1600 pixels wide and high; raises NotAPicture."""
    picture = _upright(_decoded(upload))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _kept(picture, upload)


def keep_portrait(upload: IO[bytes]) -> Stored:
    """Keep the middle of a picture as a square of 320 pixels; raises NotAPicture."""
    side = (PORTRAIT_SIDE, PORTRAIT_SIDE)
    return _kept(ImageOps.fit(_upright(_decoded(upload)), side, Image.Resampling.LANCZOS), upload)


# --- Looking at it ---------------------------------------------------------------------------
def _decoded(upload: IO[bytes]) -> Image.Image:
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotAPicture(str(TOO_LARGE))
    try:
        _look_at(content)
        picture = _opened(content)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        _load_whole(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as reason:
        raise NotAPicture(_too_many_pixels()) from reason
    except BROKEN as reason:
        raise NotAPicture(str(UNREADABLE)) from reason
    return picture


def _load_whole(picture: Image.Image) -> None:
    """Decode it to the last pixel. The PDF library tells Pillow, for the whole process, to
    make do with files that are cut short."""
    with _strict:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            picture.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=FORMATS)


def _look_at(content: bytes) -> None:
    """By content, whatever the file is called, and by its measures before a pixel is decoded."""
    picture = _opened(content)
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture(_too_many_pixels())
    picture.verify()


def _too_many_pixels() -> str:
    most = MOST_PIXELS // 1_000_000
    words = _("This picture has more than %(most)s million pixels. Make it smaller first.")
    return words % {"most": most}


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its camera says, in colours that every browser shows, without metadata."""
    turned = ImageOps.exif_transpose(picture)
    has_gaps = turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info
    plain = turned.convert("RGBA" if has_gaps else "RGB")
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


# --- Keeping it ------------------------------------------------------------------------------
def _kept(picture: Image.Image, upload: IO[bytes]) -> Stored:
    """Photographs as JPEG; what has see-through parts as PNG."""
    file_name = plain_file_name(getattr(upload, "name", None) or "")
    ending = "png" if picture.mode == "RGBA" else "jpg"
    buffer = BytesIO()
    if ending == "png":
        picture.save(buffer, "PNG", optimize=True)
    else:
        picture.save(buffer, "JPEG", quality=86, optimize=True)
    random = uuid.uuid4().hex
    wanted = f"{FOLDER}/{random[:2]}/{random}.{ending}"
    stored = default_storage.save(wanted, ContentFile(buffer.getvalue()))
    return Stored(stored, picture.width, picture.height, file_name)


def plain_file_name(name: str) -> str:
    """The last part of a file's name, without what cannot be seen or turns the writing around."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    return " ".join(seen.split())[:LONGEST_FILE_NAME]


# --- Giving it out ---------------------------------------------------------------------------
def picture_response(stored: str) -> HttpResponse:
    """The file for somebody who may see it, so that no browser takes it for anything else."""
    if not stored or not default_storage.exists(stored):
        raise Http404
    ending = stored.rpartition(".")[2]
    headers = {
        "Content-Disposition": f'attachment; filename="picture.{ending}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=86400",
    }
    return HttpResponse(picture_bytes(stored), content_type=CONTENT_TYPES[ending], headers=headers)


def picture_bytes(stored: str) -> bytes:
    """The content of a stored picture, for files that we make of a board; FileNotFoundError."""
    with default_storage.open(stored) as file:
        content: bytes = file.read()
    return content


def require_readable(stored: str) -> None:
    """Decode a stored picture to its last pixel; raises one of BROKEN where it cannot be."""
    _load_whole(_opened(picture_bytes(stored)))


def as_data_address(stored: str) -> str:
    """A stored picture as a `data:` address, which our documents may hold."""
    kind = CONTENT_TYPES[stored.rpartition(".")[2]]
    return f"data:{kind};base64,{base64.b64encode(picture_bytes(stored)).decode()}"

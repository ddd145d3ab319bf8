"""Case 87: what is uploaded as a picture is looked at, drawn anew, and only then kept."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from collaboration import pictures
from collaboration.pictures import (
    NotAPicture,
    keep_picture,
    keep_portrait,
    picture_bytes,
    plain_file_name,
)
from tests.drawn import picture_file


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def named(content: bytes, name: str) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def opened(stored) -> Image.Image:
    return Image.open(BytesIO(picture_bytes(stored.name)))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head announces any number of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_under_a_random_name(kind):
    first, second = (keep_picture(picture_file(kind, name="me.png")) for _ in range(2))
    assert first.name != second.name
    assert "me" not in first.name.replace("pictures/", "")
    assert opened(first).size == (40, 30) == (first.width, first.height)
    assert opened(first).format == "JPEG"


def test_what_can_be_seen_through_stays_so():
    kept = opened(keep_picture(picture_file(mode="RGBA")))
    assert (kept.format, kept.mode) == ("PNG", "RGBA")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.png"),
        (b"<!doctype html><script>alert(1)</script>", "a.jpg"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "a.webp"),
        (b"<?php system($_GET[1]); ?>", "a.php.png"),
        (b"%PDF-1.7\n%%EOF", "a.pdf"),
        (b"MZ" + b"\0" * 200, "a.exe"),
        (b"GIF89a<script>alert(1)</script>", "a.gif"),
        (b"", "a.png"),
        (b"\x89PNG\r\n\x1a\n", "a.png"),
        (b"\xff\xd8\xff\xe0 not a photograph", "a.jpg"),
        (b"RIFF\xff\xff\xff\xffWEBPVP8 ", "a.webp"),
    ],
)
def test_case_87_what_is_no_picture_is_refused_in_words(content, name):
    with pytest.raises(NotAPicture, match="no picture that we can read"):
        keep_picture(named(content, name))
    assert not list(Path(default_storage.location).rglob("*.*"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_cut_short_is_refused(kind):
    whole = picture_file(kind, (200, 200)).getvalue()
    with pytest.raises(NotAPicture):
        keep_picture(named(whole[: len(whole) // 2], "half.png"))


@pytest.mark.parametrize("size", [(10_000, 10_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_case_87_too_many_pixels_are_refused_before_one_is_decoded(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("was decoded"))
    with pytest.raises(NotAPicture, match=r"million pixels|no picture"):
        keep_picture(named(png_that_says(*size), "huge.png"))


def test_a_real_picture_of_ten_thousand_by_ten_thousand_is_refused():
    buffer = BytesIO()
    Image.new("1", (10_000, 10_000)).save(buffer, "PNG")
    with pytest.raises(NotAPicture, match="million pixels"):
        keep_picture(BytesIO(buffer.getvalue()))


def test_case_87_too_many_bytes_are_refused_unread(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 1000)
    asked = []

    class Endless(BytesIO):
        def read(self, size=-1):
            asked.append(size)
            return b"\0" * size

    with pytest.raises(NotAPicture, match="larger than"):
        keep_picture(Endless())
    assert asked == [1001]


def test_a_polyglot_loses_all_but_its_pixels():
    script = b"<script>alert('Waymark')</script><?php system(1); ?>"
    whole = picture_file("JPEG", comment=script).getvalue() + script
    stored = keep_picture(named(whole, "a.jpg"))
    with default_storage.open(stored.name) as file:
        content = file.read()
    assert b"script" not in content
    assert b"php" not in content


def test_metadata_is_removed_and_the_camera_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Maker of cameras"
    exif.get_ifd(0x8825)[1] = "N"
    stored = keep_picture(picture_file("JPEG", (60, 20), exif=exif))
    kept = opened(stored)
    assert kept.size == (20, 60) == (stored.width, stored.height)
    assert dict(kept.getexif()) == {}
    with default_storage.open(stored.name) as file:
        assert b"Maker" not in file.read()


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_pictures_of_other_colours_are_kept_in_ours(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    buffer = BytesIO()
    Image.new(mode, (20, 10)).save(buffer, kind)
    assert opened(keep_picture(BytesIO(buffer.getvalue()))).mode == "RGB"


def test_a_large_picture_is_made_smaller_and_a_small_one_left():
    assert keep_picture(picture_file("JPEG", (4000, 2000))).width == 1600
    assert keep_picture(picture_file("JPEG", (300, 200))).width == 300


def test_a_portrait_is_the_middle_of_a_picture():
    stored = keep_portrait(picture_file("JPEG", (900, 300)))
    assert (stored.width, stored.height) == (320, 320)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\face.png", "face.png"),
        ("gpj.\u202egnp.exe", "gpj.gnp.exe"),
        ("a\x00b\nc.png", "abc.png"),
        ("x" * 500 + ".png", "x" * 120),
        ("", ""),
        ("/", ""),
    ],
)
def test_case_87_a_files_own_name_is_only_ever_shown(given, plain):
    assert plain_file_name(given) == plain
    assert keep_picture(picture_file(name=given)).name.startswith("pictures/")

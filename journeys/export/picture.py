"""A map as a PNG: its one page, drawn at a chosen width inside the limits of a child."""

import io

MOST_PIXELS = 40_000_000


def png_of(pdf: bytes, width: int) -> bytes:
    """The first page as a picture, so many pixels wide, or less where it would be too large."""
    from collaboration.pdf import in_child

    return in_child(lambda: _draw(pdf, width))


def _draw(pdf: bytes, width: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    scale = min(width / page.get_width(), (MOST_PIXELS / _area(page)) ** 0.5)
    picture = page.render(scale=scale).to_pil()
    page.close()
    document.close()
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=False)
    return content.getvalue()


def _area(page: object) -> float:
    return float(page.get_width() * page.get_height())  # type: ignore[attr-defined]

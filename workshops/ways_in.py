"""How guests find the door of a workshop: an address, and a picture for their phones."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from workshops.door_models import Door


def address_of(door: Door) -> str:
    return f"{settings.SITE_URL}{reverse('workshops:door', args=[door.code])}"


def qr_of(text: str) -> SafeString:
    """As an SVG without a fixed size."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True, light="#fff")
    return mark_safe(svg)  # noqa: S308 - made of squares alone

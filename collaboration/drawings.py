"""Drawings for documents: SVG templates as images, which can carry words where SVG cannot."""

from base64 import b64encode
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string


def image_of(template: str, context: dict[str, Any]) -> str:
    """A drawing of the page as an image for a document, with the document's own colours."""
    style = Path(str(finders.find("css/pdf-charts.css"))).read_text()
    svg = render_to_string(template, context).strip()
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    head, rest = svg.split(">", 1)
    return f"data:image/svg+xml;base64,{base64_of(f'{head}><style>{style}</style>{rest}')}"


def base64_of(text: str) -> str:
    return b64encode(text.encode()).decode()

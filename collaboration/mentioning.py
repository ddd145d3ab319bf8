"""How a mention stands in a text: `@[Name](user:7)`; to be read and to be shown."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

MARK = re.compile(r"@\[([^\[\]\n]{1,80})\]\(user:(\d{1,15})\)")


def as_html(body: str) -> SafeString:
    """A stored text with its mentions marked; everything in it is escaped."""
    parts, end = [], 0
    for found in MARK.finditer(body):
        parts.append(escape(body[end : found.start()]))
        parts.append(
            format_html('<span class="mention" data-user="{}">@{}</span>', found[2], found[1])
        )
        end = found.end()
    parts.append(escape(body[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def as_text(body: str) -> str:
    """A stored text as people read it, without the marks."""
    return MARK.sub(lambda found: f"@{found[1]}", body)

"""`{% idempotency_key %}` in a form that adds something: sent twice, it is done once."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from collaboration.idempotency import FIELD

register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    return format_html(
        '<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16)
    )

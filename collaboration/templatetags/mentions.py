"""`{{ comment.body|mentions }}`: a comment's text with its mentions marked."""

from django import template

from collaboration import mentions

register = template.Library()
register.filter("mentions", mentions.as_html, is_safe=True)
register.filter("without_marks", mentions.as_text)

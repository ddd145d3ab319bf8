"""`{{ comment.body|mentions }}`: a comment's text with its mentions marked."""

from django import template

from collaboration.mentioning import as_html, as_text

register = template.Library()
register.filter("mentions", as_html, is_safe=True)
register.filter("without_marks", as_text)

"""Reading pages and mails as a person would."""

import re

from django.http.response import HttpResponseBase

from teams.models import OutgoingMail


def link_in_last_mail(start: str) -> str:
    """The path of the link that starts so, in the newest mail."""
    mail = OutgoingMail.objects.latest("pk")
    found = re.search(rf"^http://localhost:8000({re.escape(start)}\S+)$", mail.body, re.MULTILINE)
    assert found, mail.body
    return found[1]


def words(response: HttpResponseBase) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def without_tokens(response: HttpResponseBase) -> str:
    """The page without what differs each time: the tokens against forged requests."""
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": ?)"[^"]+"', "", words(response))

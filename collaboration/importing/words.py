"""What a cell says: in any of our languages, or by the word that programs use."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

YES, NO = gettext_lazy("yes"), gettext_lazy("no")
SAY_YES = {"1", "x", "✓", "true", "yes", "y", "ja", "j"}
SAY_NO = {"0", "-", "false", "no", "n", "nej", "nee"}
DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z")


class NotUnderstood(ValueError):
    """A cell that does not say what its column asks for; says in words why."""


def plain(name: str) -> str:
    """By which names are the same: without capitals, and with single blanks."""
    return " ".join(name.split()).casefold()


def in_every_language(text: str | Promise) -> list[str]:
    """The text in each language, without capitals."""
    said = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.append(str(text).casefold())
    return list(dict.fromkeys(said))


@cache
def _known(choices: Any) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for value, label in choices.choices:
        words |= dict.fromkeys(in_every_language(label), value)
        words[str(value).casefold()] = value
    return words


def choice_in(choices: Any, text: str) -> Any:
    """The value of a Choices class that a text names; raises NotUnderstood."""
    value = _known(choices).get(" ".join(text.split()).casefold())
    if value is None:
        words = _("“%(text)s” is none of: %(known)s.")
        raise NotUnderstood(
            words % {"text": text[:60], "known": ", ".join(map(str, choices.labels))}
        )
    return value


def tick_in(text: str) -> bool:
    said = text.casefold()
    if said in SAY_YES or said in in_every_language(YES):
        return True
    if said in SAY_NO or said in in_every_language(NO):
        return False
    words = _("“%(text)s” says neither yes nor no.")
    raise NotUnderstood(words % {"text": text[:60]})


def whole_number_in(text: str) -> int:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = 0.5
    # Tables of other programs say "nan" where there is no number.
    if not abs(number) <= 1_000_000_000 or number != int(number):
        raise NotUnderstood(_("“%(text)s” is not a whole number.") % {"text": text[:60]})
    return int(number)


def day_in(text: str) -> date:
    """2026-03-01, or with the day first: 1.3.2026, 01-03-2026, 1/3/2026."""
    try:
        if found := DAY.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        words = _("“%(text)s” is not a day; write it like 2026-03-01.")
        raise NotUnderstood(words % {"text": text[:60]}) from None


def listed(names: Iterable[str], most: int = 10) -> str:
    """Names in quotation marks, not more than a few of them."""
    all_names = list(names)
    said = ", ".join(f"“{name[:60]}”" for name in all_names[:most])
    return f"{said}, …" if len(all_names) > most else said

"""The form in which two ends of a comparison are chosen."""

from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from collaboration.snapshots import snapshots_of
from journeys.ends import End, related_journeys
from journeys.models import Journey
from teams.models import User

DATE = {"type": "date"}
ON_A_DAY = "date"


class EndsForm(forms.Form):
    """Two choices, each with a day beside it for "on the day"."""

    def __init__(
        self, journey: Journey, tokens: dict[str, str], ends: dict[str, End], *, user: User
    ) -> None:
        super().__init__(initial=_initial(tokens))
        offered = _offered(journey, user)
        names = {"from": (_("From"), _("Day, for “from”")), "to": (_("To"), _("Day, for “to”"))}
        for name, (words, day) in names.items():
            known = [("now", _("now")), (ON_A_DAY, _("on the day…")), *offered]
            self.fields[name] = forms.ChoiceField(
                label=words, choices=_with(known, tokens[name], ends.get(name)), required=False
            )
            widget = forms.DateInput(DATE, format="%Y-%m-%d")
            self.fields[f"{name}_date"] = forms.DateField(label=day, required=False, widget=widget)


def _initial(tokens: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, token in tokens.items():
        day = _is_day(token)
        found |= {name: ON_A_DAY if day else token, f"{name}_date": token if day else None}
    return found


def _is_day(token: str) -> bool:
    try:
        return parse_date(token) is not None
    except ValueError:
        return False


def _offered(journey: Journey, user: User) -> list[Any]:
    saved = [(f"snapshot:{one.pk}", one.label) for one in snapshots_of(journey)]
    maps = [
        (f"journey:{one.pk}", f"{one.title} ({one.get_perspective_display()})")
        for one in related_journeys(journey, user)
    ]
    return [
        *([(_("Saved versions"), saved)] if saved else []),
        *([(_("Related maps"), maps)] if maps else []),
    ]


def _with(known: list[Any], token: str, end: End | None) -> list[Any]:
    """The choices, and what the address names although it is not among them."""
    flat = {key for key, words in known if not isinstance(words, list)}
    flat |= {key for _group, words in known if isinstance(words, list) for key, _words in words}
    if end is None or token in flat or _is_day(token):
        return known
    return [*known, (token, end.label)]

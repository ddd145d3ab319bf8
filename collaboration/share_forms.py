"""Forms of share links, of their door, and of roles on one board."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.guests import LONGEST_NAME
from collaboration.openings import BOARD_ROLES, LINK_ROLES, ShareLink
from teams.forms import NameField


class DoorForm(forms.Form):
    """What somebody who comes by a share link is asked."""

    name = NameField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=gettext_lazy("The others see it, marked as a guest’s."),
    )
    password = forms.CharField(
        label=gettext_lazy("Password of the link"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Whoever sent you the link knows it. If there was none, the link may have ended."
        ),
    )

    def __init__(self, *args: Any, asks_name: bool, asks_password: bool) -> None:
        super().__init__(*args)
        if not asks_name:
            del self.fields["name"]
        if not asks_password:
            del self.fields["password"]
        # A form without fields is bound by its button alone.
        self.is_bound = bool(args and args[0] is not None)


class LinkForm(forms.Form):
    """A share link, as it is made or changed."""

    label = NameField(
        label=gettext_lazy("Who is it for?"),
        required=False,
        help_text=gettext_lazy("Only you and the other editors see this."),
    )
    role = forms.ChoiceField(label=gettext_lazy("They may"), choices=LINK_ROLES)
    expires_on = forms.DateField(
        label=gettext_lazy("Works until the end of"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    no_password = forms.BooleanField(label=gettext_lazy("Ask for no password"), required=False)
    embed_sites = forms.CharField(
        label=gettext_lazy("May be shown inside these sites"),
        required=False,
        max_length=2500,
        widget=forms.Textarea({"rows": 2, "placeholder": "https://intranet.example.com"}),
        help_text=gettext_lazy("One address a line. Others cannot embed the map."),
    )

    def __init__(self, *args: Any, link: ShareLink | None = None, **options: Any) -> None:
        self.link = link
        number = link.pk if link else "new"
        options["auto_id"] = f"id_link_{number}_%s"
        super().__init__(*args, **options)
        if link is None or not link.password:
            del self.fields["no_password"]
        else:
            self.fields["password"].help_text = _("Empty: it stays as it is.")

    @classmethod
    def of(cls, link: ShareLink) -> "LinkForm":
        initial = {
            "label": link.label,
            "role": link.role,
            "expires_on": link.expires_at and timezone.localtime(link.expires_at).date(),
            "embed_sites": "\n".join(link.embed_origins),
        }
        return cls(link=link, initial=initial)

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come, or leave it empty."))
        return day

    @property
    def values(self) -> dict[str, Any]:
        """What the services of links take."""
        sent = self.cleaned_data
        end = sent["expires_on"] and datetime.combine(sent["expires_on"], time.max)
        password: str | None = sent["password"]
        if self.link is not None and not password:
            password = "" if sent.get("no_password") else None
        return {
            "label": sent["label"],
            "role": sent["role"],
            "expires_at": timezone.make_aware(end) if end else None,
            "password": password,
            "embed_origins": [line for line in sent["embed_sites"].splitlines() if line.strip()],
        }


class AccessForm(forms.Form):
    """What a member of the workspace is on one map; an empty role is the workspace's own."""

    member = forms.IntegerField(min_value=1)
    role = forms.ChoiceField(choices=[("", ""), *BOARD_ROLES], required=False)

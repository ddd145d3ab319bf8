"""Forms of people and workspaces."""

import unicodedata
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from teams.models import Invitation, Membership, Scope, User, Workspace
from teams.selectors import invitation_held_by, time_zones


class NameField(forms.CharField):
    """A name as it shows: no control, direction or zero-width characters, single spaces.

    So nobody can wear another's name by means of letters that cannot be seen.
    """

    def __init__(self, *, max_length: int = 80, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        seen = "".join(_visible(letter) for letter in str(value or ""))
        return super().to_python(" ".join(seen.split())) or ""


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    return "" if category in {"Cf", "Co", "Cs", "Cn"} else letter


class SignupForm(forms.Form):
    """What we ask at sign-up beside e-mail and password."""

    name = NameField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, initial=translation.get_language
    )
    field_order = ("name", "email", "password1", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Whoever comes by an invitation finds its address filled in."""
        held = invitation_held_by(context.request)
        if held:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), "email": held.email}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Where sign-up is closed, an invitation opens it for its own address alone."""
        data = super().clean() or self.cleaned_data
        email = data.get("email", "")
        vouched_for = hasattr(self, "sociallogin")
        if not (
            settings.SIGNUP_OPEN
            or vouched_for
            or get_adapter().is_email_verified(context.request, email)
        ):
            self.add_error("email", _("Please sign up with the address that was invited."))
        return data

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["name", "language", "updated_at"])


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    name = NameField(label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    timezone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(zone, zone) for zone in time_zones()]
    )

    class Meta:
        model = User
        fields = ("name", "language", "timezone")


class NotifyForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("notify", "reminders")
        widgets = {"notify": forms.RadioSelect}


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]
    name = NameField(
        label=_("Name of the workspace"),
        help_text=_("Your company, team or client. You can change it later."),
    )

    class Meta:
        model = Workspace
        fields: tuple[str, ...] = ("name",)


class WorkspaceChangeForm(WorkspaceForm):
    class Meta(WorkspaceForm.Meta):
        fields = ("name", "language", "reminders")


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Invitation
        fields = ("email", "role")
        labels = {"email": _("E-mail address"), "role": _("Role")}
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Membership
        fields = ("role",)


class TokenForm(forms.Form):
    name = NameField(
        label=_("What is it for?"),
        help_text=_("A name that helps you recognise it, such as “Weekly report”."),
    )
    scope = forms.ChoiceField(label=_("It may"), choices=Scope, initial=Scope.READ)
    days = forms.TypedChoiceField(
        label=_("It works for"),
        choices=[
            ("30", _("30 days")),
            ("90", _("90 days")),
            ("365", _("A year")),
            ("", _("As long as it is not withdrawn")),
        ],
        initial="90",
        required=False,
        coerce=int,
        empty_value=None,
    )

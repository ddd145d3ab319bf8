"""Forms of people and workspaces."""

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from teams.models import User


class SignupForm(forms.Form):
    """What we ask at sign-up beside e-mail and password."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, initial=translation.get_language
    )
    field_order = ("name", "email", "password1", "language")

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.save()

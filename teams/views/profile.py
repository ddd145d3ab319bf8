"""My own page: name, language, time zone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams import services
from teams.access import Request, signed_in
from teams.forms import NotifyForm, ProfileForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        request.user.refresh_from_db()
        return _page(request, form, status=422)
    services.change_profile(
        request.user,
        name=form.cleaned_data["name"],
        language=form.cleaned_data["language"],
        timezone_name=form.cleaned_data["timezone"],
        by=request.user,
    )
    translation.activate(request.user.language)
    messages.success(request, _("Your profile is saved."))
    return redirect("teams:profile")


@signed_in
@require_POST
def mail(request: Request) -> HttpResponse:
    """How often mail comes about mentions, answers and what is mine, and whether reminders do."""
    form = NotifyForm(request.POST)
    if not form.is_valid():
        return _page(request, ProfileForm(instance=request.user), status=422)
    services.choose_notify(request.user, notify=form.cleaned_data["notify"])
    services.choose_reminders(request.user, wanted=form.cleaned_data["reminders"])
    messages.success(request, _("Your choice of mail is saved."))
    return redirect("teams:profile")


def _page(request: Request, form: ProfileForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "mail_form": NotifyForm(instance=request.user)}
    return render(request, "teams/profile.html", context, status=status)

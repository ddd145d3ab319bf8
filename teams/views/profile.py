"""My own page: name, language, time zone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams import services
from teams.access import Request, signed_in
from teams.forms import ProfileForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return render(request, "teams/profile.html", {"form": form})
    if not form.is_valid():
        request.user.refresh_from_db()
        return render(request, "teams/profile.html", {"form": form}, status=422)
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

"""My keys to the API."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams import services
from teams.access import Request, signed_in
from teams.forms import TokenForm
from teams.selectors import tokens_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Request) -> HttpResponse:
    form = TokenForm(request.POST or None)
    secret, status = "", 200
    if request.method == "POST" and form.is_valid():
        _token, secret = services.create_token(**form.cleaned_data, by=request.user)
        form = TokenForm()
    elif request.method == "POST":
        status = 422
    context = {"form": form, "secret": secret, "tokens": tokens_of(request.user)}
    return render(request, "teams/tokens.html", context, status=status)


@signed_in
@require_POST
def revoke_token(request: Request, token_id: int) -> HttpResponse:
    token = get_object_or_404(tokens_of(request.user), pk=token_id)
    services.revoke_token(token, by=request.user)
    messages.success(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect("teams:tokens")

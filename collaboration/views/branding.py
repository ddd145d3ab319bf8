"""The page where owners choose the logo and colour of their documents."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from collaboration.branding import Branding, branding_of, change_branding
from collaboration.picture_input import PictureInput
from collaboration.pictures import NotAPicture, picture_response
from teams.access import Request, workspace_view
from teams.models import Role


class BrandingForm(forms.ModelForm[Branding]):
    upload = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=PictureInput(),
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, up to 10 MB. It stands at the top of summaries, on white paper."
        ),
    )
    without_logo = forms.BooleanField(
        label=gettext_lazy("Take the logo away"), required=False, widget=forms.CheckboxInput
    )

    class Meta:
        model = Branding
        fields = ("colour",)
        widgets = {"colour": forms.TextInput({"type": "color"})}

    field_order = ("colour", "upload", "without_logo")


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_view(Role.OWNER)
def branding(request: Request) -> HttpResponse:
    present = branding_of(request.workspace)
    logo = present.logo
    form = BrandingForm(request.POST or None, request.FILES or None, instance=present)
    if not logo:
        del form.fields["without_logo"]
    if request.method == "POST" and form.is_valid():
        try:
            change_branding(request.workspace, **form.cleaned_data, by=request.actor)
        except NotAPicture as reason:
            form.add_error("upload", str(reason))
        else:
            messages.success(request, _("Documents made from now on look like this."))
            return redirect("collaboration:branding")
    context = {"form": form, "logo": logo}
    status = 422 if form.errors else 200
    return render(request, "collaboration/branding.html", context, status=status)


@require_GET
@workspace_view(Role.VIEWER)
def logo(request: Request) -> HttpResponse:
    return picture_response(branding_of(request.workspace).logo)

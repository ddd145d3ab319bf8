"""The summary as a file: ask for one in any of its forms, and send it to who took part."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.exporting import NEEDS, name_of, request_export
from collaboration.models import Export
from collaboration.views.exports import list_context
from teams.access import Request, is_htmx
from teams.models import Role
from workshops.mailing import MOST_WORDS, NothingToSend, mail_summary, readers_of, summaries_of
from workshops.models import Workshop
from workshops.summary.options import Variant


class SummaryForm(forms.Form):
    variant = forms.ChoiceField(label=_("Form"), choices=Variant.choices, initial=Variant.FULL)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class MailForm(forms.Form):
    export = forms.ModelChoiceField(label=_("File"), queryset=Export.objects.none())
    words = forms.CharField(
        label=_("Your words"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("They stand above the date of the follow-up."),
    )

    def __init__(self, workshop: Workshop, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        files = summaries_of(workshop)
        field = self.fields["export"]
        field.queryset = Export.objects.filter(pk__in=[one.pk for one in files])  # type: ignore[attr-defined]
        field.choices = [(one.pk, _file_label(one)) for one in files]  # type: ignore[attr-defined]


def _file_label(export: Export) -> str:
    return f"{name_of(export)}, {export.get_language_display()}, {export.created_at:%Y-%m-%d %H:%M}"


def summary_form(request: Request) -> SummaryForm:
    return SummaryForm(request.POST or None, initial={"language": get_language()})


@require_POST
@board_view(NEEDS, Workshop, members_only=True)
def export(request: Request, workshop: Workshop) -> HttpResponse:
    form = summary_form(request)
    if not form.is_valid():
        raise Http404
    variant = form.cleaned_data["variant"]
    request_export(
        workshop,
        kind=Export.Kind.SUMMARY,
        language=form.cleaned_data["language"],
        options={"variant": variant},
        by=request.actor,
    )
    if not is_htmx(request):
        return redirect(workshop)
    return render(request, "collaboration/_exports.html", list_context(workshop, request))


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop, members_only=True)
def mail(request: Request, workshop: Workshop) -> HttpResponse:
    form = MailForm(workshop, request.POST or None)
    context: dict[str, Any] = {"workshop": workshop, "readers": readers_of(workshop)}
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            context["sent"] = mail_summary(
                workshop, chosen["export"], words=chosen["words"], by=request.actor
            )
        except NothingToSend as reason:
            raise Http404 from reason
    status = 422 if form.errors else 200
    context |= {"form": form, "files": form.fields["export"].choices}  # type: ignore[attr-defined]
    return render(request, "workshops/_mail_summary.html", context, status=status)

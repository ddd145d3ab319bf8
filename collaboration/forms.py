"""Forms that every kind of board shares."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from collaboration.models import Comment

TEXT = {"body": forms.Textarea({"rows": 3, "placeholder": _("Write a comment…")})}


class NewCommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = TEXT


class CommentForm(MergeForm):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = TEXT

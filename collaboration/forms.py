"""Forms that every kind of board shares."""

from django import forms

from collaboration.merge import MergeForm
from collaboration.models import Comment, Snapshot

TEXT = {"body": forms.Textarea({"rows": 3})}
FOCUSED = {"body": forms.Textarea({"rows": 3, "autofocus": True})}


class NewCommentForm(forms.ModelForm[Comment]):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = TEXT


class ReplyForm(NewCommentForm):
    """Opened by a click on Reply, so the caret belongs in it."""

    class Meta(NewCommentForm.Meta):
        widgets = FOCUSED


class CommentForm(MergeForm):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = FOCUSED


class SnapshotForm(forms.ModelForm[Snapshot]):
    class Meta:
        model = Snapshot
        fields = ["label", "note"]
        widgets = {"note": forms.Textarea({"rows": 2})}

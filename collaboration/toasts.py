"""What was just done, said with a button that takes it back."""

from django.contrib import messages
from django.http import HttpRequest


def offer_undo(request: HttpRequest, said: str, *, at: str) -> None:
    """Say it on the next page; its Undo button posts to `at`."""
    messages.success(request, said, extra_tags=at)

"""Views of a map that somebody has kept: a name for a query string."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.editing import Refused
from collaboration.models import Board
from teams.access import Actor
from teams.models import Role, Timestamped, User

MOST_VIEWS = 50
MOST_WORDS = 400
WORDS = (
    "persona", "owner", "channel", "evidence", "moments", "lanes", "fold", "zoom", "find", "stage",
    "guess",
)  # fmt: skip
"""What an address may say about a view of the map."""


class SavedView(Timestamped):
    """A view of a map under a name: everybody's, or only of whoever saved it."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="saved_views", editable=False)
    name = models.CharField(gettext_lazy("name"), max_length=60)
    query = models.CharField(gettext_lazy("view"), max_length=MOST_WORDS, blank=True)
    shared = models.BooleanField(gettext_lazy("for everybody"), default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


def views_for(user: User | None, board: Board | None = None) -> QuerySet[SavedView]:
    """Everybody's views and this person's own, of one board or of all."""
    own = Q(by=user) if user and user.pk else Q(pk=None)
    found = SavedView.objects.filter(Q(shared=True) | own).select_related("by")
    return found.filter(board=board.pk) if board else found


def clean_query(text: str) -> str:
    """The words of a query string that say something about a view, in a fixed order."""
    given = dict(parse_qsl(text.lstrip("?")[: 2 * MOST_WORDS]))
    query = urlencode({word: given[word] for word in WORDS if given.get(word)})
    if len(query) > MOST_WORDS:
        raise Refused(_("This view says too much to be saved. Leave some lanes out."))
    return query


def save_view(board: Board, *, name: str, query: str, shared: bool = False, by: Actor) -> SavedView:
    """Keep a view for oneself; for everybody as an editor."""
    by.must(Role.EDITOR if shared else Role.VIEWER)
    if by.user is None:
        raise Refused(_("Sign in to keep views of your own."))
    if views_for(by.user, board).count() >= MOST_VIEWS:
        raise Refused(_("A map keeps at most %(most)s views. Delete some.") % {"most": MOST_VIEWS})
    return SavedView.objects.create(
        board_id=board.pk, name=name, query=clean_query(query), shared=shared, by=by.user
    )


def change_view(view: SavedView, *, fields: dict[str, Any], by: Actor) -> None:
    """Set any of name, query, shared."""
    require_right(view, by)
    if fields.get("shared"):
        by.must(Role.EDITOR)
    for name, value in fields.items():
        setattr(view, name, clean_query(value) if name == "query" else value)
    view.save()


def delete_view(view: SavedView, *, by: Actor) -> None:
    require_right(view, by)
    view.delete()


def require_right(view: SavedView, by: Actor) -> None:
    """One's own is one's own; everybody's is changed by editors."""
    if by.user is None or view.by_id != by.user.pk:
        by.must(Role.EDITOR)

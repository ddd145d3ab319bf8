"""How others solved the like: the workspace's library of cases, and those that workshops show."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaboration import fulltext
from collaboration.limits import Limit
from collaboration.models import BoardItem
from collaboration.pictures import StoredPictureField
from teams.models import Timestamped, Workspace

MOST_TAGS = 12
MOST_CASES = 500
"""As many as can be matched to a problem while somebody waits."""


class CaseManager(models.Manager["InspirationCase"]):
    def get_queryset(self) -> "QuerySet[InspirationCase]":
        """Without the words by which they are found, which nobody reads."""
        return super().get_queryset().defer("found_by")


class InspirationCase(Timestamped):
    """A case from elsewhere: who did what, and what came of it."""

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="inspiration", editable=False
    )
    title = models.CharField(_("title"), max_length=120)
    company = models.CharField(_("company"), max_length=80, blank=True)
    done = models.TextField(_("what was done"), max_length=2000)
    effect = models.TextField(_("effect"), max_length=1000, blank=True)
    link = models.URLField(
        _("link"), max_length=300, blank=True, validators=[URLValidator(["http", "https"])]
    )
    tags = ArrayField(
        models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True,
        size=MOST_TAGS,
    )  # fmt: skip
    picture = StoredPictureField(verbose_name=_("picture"))
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("For those who cannot see it."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    found_by = models.GeneratedField(
        expression=fulltext.vector("title", "company", "done", "effect"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar[CaseManager] = CaseManager()

    class Meta:
        verbose_name = _("inspiration case")
        ordering = ["-created_at", "-pk"]
        indexes = [
            GinIndex(fields=["found_by"], name="case_found_by_words"),
            models.Index(fields=["workspace", "-created_at", "-id"], name="case_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="case_has_a_title"),
            models.CheckConstraint(condition=~Q(done=""), name="case_says_what_was_done"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshops:inspiration_case", args=[self.pk])

    @property
    def picture_mark(self) -> str:
        """A few letters that change with the picture, for its address."""
        return str(self.picture).rpartition("/")[2][:8]


class ShownCase(BoardItem):
    """A case that was taken along to a workshop; at most one of them is shown now."""

    # A case is taken off workshops through their door before it goes.
    case = models.ForeignKey(
        InspirationCase, models.RESTRICT, related_name="shown", verbose_name=_("inspiration case")
    )
    problem = models.ForeignKey(
        "workshops.Contribution",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("problem"),
    )
    showing = models.BooleanField(_("shown now"), default=False)

    class Meta:
        verbose_name = _("inspiration")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "case"], name="case_once_a_workshop"),
            models.UniqueConstraint(
                fields=["board"], condition=Q(showing=True), name="one_case_is_shown"
            ),
        ]


SHOWN = Limit(ShownCase, (), 40, _("A workshop takes at most %(most)s cases along."))

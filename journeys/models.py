"""The customer journey: stages in time, lanes across them, notes where they meet."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaboration import fulltext
from collaboration.models import Board, BoardItem, BoardQuerySet
from collaboration.ordering import Ordered
from collaboration.origins import Derived
from collaboration.pictures import StoredPictureField
from journeys.agreement import HasGoals, agrees_in_range
from teams.models import Timestamped, User, Workspace

if TYPE_CHECKING:
    from journeys.lanes import LaneKind


class Period(models.TextChoices):
    """Where a stage lies around the purchase."""

    BEFORE = "before", _("Before purchase")
    DURING = "during", _("During purchase")
    AFTER = "after", _("After purchase")


class Persona(Timestamped):
    """A described kind of customer, kept in the workspace's library."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="personas")
    name = models.CharField(_("name"), max_length=80)
    segment = models.CharField(_("segment"), max_length=120, blank=True)
    quote = models.CharField(_("quote"), max_length=280, blank=True)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    goals = models.TextField(_("goals"), max_length=2000, blank=True)
    pains = models.TextField(_("pains"), max_length=2000, blank=True)
    gains = models.TextField(_("gains"), max_length=2000, blank=True)
    behaviours = models.TextField(_("behaviours"), max_length=2000, blank=True)
    colour = models.PositiveSmallIntegerField(
        _("colour"), default=1, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )

    portrait = StoredPictureField(verbose_name=_("portrait"))

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def portrait_mark(self) -> str:
        """A few letters that change with the portrait, for its address."""
        return str(self.portrait).rpartition("/")[2][:8]


class PersonaVersion(models.Model):
    """A persona as it was until somebody changed it."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="versions")
    values = models.JSONField()
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    replaced_by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.persona_id}: {self.replaced_at:%Y-%m-%d %H:%M}"


class Journey(HasGoals, Board):
    """The path of customers towards a goal; what the map shows."""

    KIND: ClassVar[str] = "journey"

    class Perspective(models.TextChoices):
        CURRENT = "current", _("Current state")
        FUTURE = "future", _("Future state")
        LIFECYCLE = "lifecycle", _("Lifecycle plan")

    perspective = models.CharField(
        _("perspective"), max_length=10, choices=Perspective, default=Perspective.CURRENT
    )
    business_goal = models.CharField(_("business goal"), max_length=280, blank=True)
    customer_goal = models.CharField(_("customer goal"), max_length=280, blank=True)
    scope = models.TextField(_("scope"), max_length=1000, blank=True)
    review_due = models.DateField(_("review due"), null=True, blank=True)
    based_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="derived"
    )
    pair = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="paired"
    )
    """The outside-in map that stands beside a lifecycle plan; set on the plan."""

    objects: ClassVar[models.Manager[Any]] = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("journey")
        constraints = [agrees_in_range("journey_goals_agree_1_to_5")]

    def get_absolute_url(self) -> str:
        return reverse("journeys:map", args=[self.pk])

    def get_history_url(self) -> str:
        return reverse("journeys:history", args=[self.pk])


class JourneyPersona(BoardItem):
    """A persona whose journey this map shows."""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("persona")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "persona"], name="persona_once_a_journey")
        ]


class Stage(HasGoals, Ordered, Derived, BoardItem):
    """A step of the journey, with the situation the customer is in."""

    title = models.CharField(_("title"), max_length=80)
    period = models.CharField(_("period"), max_length=6, choices=Period, default=Period.BEFORE)
    situation = models.CharField(_("situation"), max_length=280, blank=True)
    customer_goal = models.CharField(_("customer goal"), max_length=280, blank=True)
    business_goal = models.CharField(_("business goal"), max_length=280, blank=True)
    speaker_notes = models.TextField(_("speaker’s notes"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("stage")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["board", "position"], name="stage_position_once"),
            agrees_in_range("stage_goals_agree_1_to_5"),
        ]
        indexes = [fulltext.index("stage_found_by_words", "title", "situation")]

    def __str__(self) -> str:
        return self.title

    def siblings(self) -> "QuerySet[Stage]":
        return Stage.objects.filter(board_id=self.board_id)


ONCE_A_MAP = (
    "emotion", "touchpoints", "insights", "situation", "customer_goal", "business_goal", "metric",
    "readiness", "activities",
)  # fmt: skip
"""Kinds of lanes that show all items of a type, so that a second one would show them twice."""


class Lane(Ordered, Derived, BoardItem):
    """A row across all stages; its kind says what belongs there."""

    kind = models.CharField(_("kind"), max_length=20, editable=False)
    title = models.CharField(_("title"), max_length=60, blank=True)
    collapsed = models.BooleanField(_("collapsed"), default=False)

    class Meta:
        verbose_name = _("lane")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["board", "position"], name="lane_position_once"),
            models.UniqueConstraint(
                fields=["board", "kind"],
                condition=models.Q(kind__in=ONCE_A_MAP),
                name="lane_kind_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.kind_of.name)

    @property
    def kind_of(self) -> "LaneKind":
        from journeys.lanes import kind_of

        return kind_of(self.kind)

    def siblings(self) -> "QuerySet[Lane]":
        return Lane.objects.filter(board_id=self.board_id)


class Note(Ordered, Derived, BoardItem):
    """A text in the cell where a stage and a lane meet."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="notes", editable=False)
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="notes", editable=False)
    text = models.TextField(_("note"), max_length=2000)
    # A persona is deleted by a service, which takes its voice from the notes first.
    persona = models.ForeignKey(
        Persona,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose voice"),
    )

    class Meta:
        verbose_name = _("note")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "lane", "position"], name="note_position_once")
        ]
        indexes = [fulltext.index("note_found_by_words", "text")]

    def __str__(self) -> str:
        return self.text[:60]

    def siblings(self) -> "QuerySet[Note]":
        return Note.objects.filter(stage_id=self.stage_id, lane_id=self.lane_id)


class Feeling(BoardItem):
    """How customers, or one persona, feel at something: from -2 very bad to 2 very good."""

    persona = models.ForeignKey(
        Persona, models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )
    score = models.SmallIntegerField(
        _("score"), validators=[MinValueValidator(-2), MaxValueValidator(2)]
    )
    reason = models.CharField(_("reason"), max_length=280, blank=True)

    PLACE: ClassVar[str]
    """The field that says where it is felt; once for each persona."""

    class Meta:
        abstract = True
        verbose_name = _("feeling")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(score__gte=-2, score__lte=2), name="%(class)s_in_range"
            ),
        ]


class Emotion(Feeling):
    """How customers, or one persona, feel in a stage."""

    PLACE = "stage"

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="emotions", editable=False)

    class Meta(Feeling.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["stage", "persona"], name="emotion_once_a_stage", nulls_distinct=False
            ),
            *Feeling.Meta.constraints,
        ]


class Metric(Ordered, BoardItem):
    """What is measured in a stage, with the value that we want to reach."""

    class Kind(models.TextChoices):
        NPS = "nps", _("NPS")
        CSAT = "csat", _("CSAT")
        CES = "ces", _("CES")
        NUMBER = "number", _("Number")
        RATIO = "ratio", _("Ratio")

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="metrics", editable=False)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.NPS)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    less_is_better = models.BooleanField(_("less is better"), default=False)

    class Meta:
        verbose_name = _("metric")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="metric_position_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="metric_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def siblings(self) -> "QuerySet[Metric]":
        return Metric.objects.filter(stage_id=self.stage_id)


class MetricPoint(BoardItem):
    """What a metric was on a day."""

    metric = models.ForeignKey(Metric, models.CASCADE, related_name="points", editable=False)
    date = models.DateField(_("date"))
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("measurement")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "date"], name="metric_point_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.value:g}"


class Path(BoardItem):
    """A move of customers from one stage to another; between two, one path each way."""

    TO_ITSELF = _("A path leads from one stage to another.")
    TWICE = _("There is already a path between these two stages.")

    from_stage = models.ForeignKey(
        Stage, models.CASCADE, related_name="paths_out", verbose_name=_("from stage")
    )
    to_stage = models.ForeignKey(
        Stage, models.CASCADE, related_name="paths_in", verbose_name=_("to stage")
    )
    share = models.FloatField(
        _("share of customers"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    reason = models.CharField(_("why they do"), max_length=280, blank=True)
    response = models.CharField(_("what we do about it"), max_length=280, blank=True)

    class Meta:
        verbose_name = _("path")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["from_stage", "to_stage"],
                name="path_once_each_way",
                violation_error_message=_("There is already a path between these two stages."),
            ),
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")),
                name="path_leads_elsewhere",
                violation_error_message=_("A path leads from one stage to another."),
            ),
            models.CheckConstraint(
                condition=models.Q(share=None) | models.Q(share__gte=0, share__lte=1),
                name="path_share_0_to_1",
            ),
        ]


class Picture(Ordered, BoardItem):
    """A picture in the cell where a stage and a lane of pictures meet."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="pictures", editable=False)
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="pictures", editable=False)
    stored = StoredPictureField(blank=False)
    file_name = models.CharField(_("file name"), max_length=120, blank=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(_("what the picture shows"), max_length=280, blank=True)
    decorative = models.BooleanField(_("only decoration"), default=False)

    class Meta:
        verbose_name = _("picture")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "lane", "position"], name="picture_position_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decorative=True) | ~models.Q(alt=""),
                name="picture_says_what_it_shows",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.file_name

    def siblings(self) -> "QuerySet[Picture]":
        return Picture.objects.filter(stage_id=self.stage_id, lane_id=self.lane_id)

"""How much a map holds."""

from django.utils.translation import gettext_lazy as _

from collaboration.limits import Limit
from journeys.models import JourneyPersona, Lane, Metric, MetricPoint, Note, Path, Picture, Stage

IN_A_CELL = ("stage_id", "lane_id")
LIMITS = (
    Limit(Stage, (), 40, _("A journey has at most %(most)s stages.")),
    Limit(Lane, (), 30, _("A journey has at most %(most)s lanes.")),
    Limit(JourneyPersona, (), 5, _("A map shows at most %(most)s personas.")),
    Limit(Note, IN_A_CELL, 100, _("A cell holds at most %(most)s notes.")),
    Limit(Picture, IN_A_CELL, 12, _("A cell holds at most %(most)s pictures.")),
    Limit(Metric, ("stage_id",), 12, _("A stage holds at most %(most)s metrics.")),
    Limit(MetricPoint, ("metric_id",), 400, _("A metric holds at most %(most)s measurements.")),
    Limit(Path, (), 60, _("A journey has at most %(most)s paths.")),
)

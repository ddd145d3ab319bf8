"""How many touchpoints, activities and walks a map holds."""

from django.utils.translation import gettext_lazy as _

from collaboration.limits import Limit
from touchpoints.models import Activity, ActivityGoal, Goal, LinkedMessage, MessageLink, Touchpoint
from touchpoints.walk_models import Walk, WalkStep

LIMITS = (
    Limit(Touchpoint, ("stage_id",), 60, _("A stage holds at most %(most)s touchpoints.")),
    Limit(Goal, ("side",), 30, _("Each side has at most %(most)s goals.")),
    Limit(ActivityGoal, ("activity_id",), 60, _("It serves at most %(most)s goals.")),
    Limit(MessageLink, (), 200, _("A journey holds at most %(most)s message links.")),
    Limit(LinkedMessage, ("link_id",), 20, _("A link has at most %(most)s touchpoints.")),
    Limit(Activity, (), 1_000, _("A journey holds at most %(most)s activities.")),
    Limit(Walk, (), 100, _("A journey holds at most %(most)s walks.")),
    Limit(WalkStep, ("walk_id",), 150, _("A walk holds at most %(most)s touchpoints.")),
)

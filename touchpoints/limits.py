"""How many touchpoints and activities a map holds."""

from django.utils.translation import gettext_lazy as _

from collaboration.limits import Limit
from touchpoints.models import Activity, Touchpoint

LIMITS = (
    Limit(Touchpoint, ("stage_id",), 60, _("A stage holds at most %(most)s touchpoints.")),
    Limit(Activity, (), 1_000, _("A journey holds at most %(most)s activities.")),
)

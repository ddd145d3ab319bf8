"""How many touchpoints and activities a map holds."""

from django.utils.translation import gettext_lazy as _

from collaboration.limits import Limit
from touchpoints.models import Activity, LinkedMessage, MessageLink, Touchpoint

LIMITS = (
    Limit(Touchpoint, ("stage_id",), 60, _("A stage holds at most %(most)s touchpoints.")),
    Limit(MessageLink, (), 200, _("A journey holds at most %(most)s message links.")),
    Limit(LinkedMessage, ("link_id",), 20, _("A link has at most %(most)s touchpoints.")),
    Limit(Activity, (), 1_000, _("A journey holds at most %(most)s activities.")),
)

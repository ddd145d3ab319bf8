from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TouchpointsConfig(AppConfig):
    name = "touchpoints"
    verbose_name = _("Touchpoints")

    def ready(self) -> None:
        from collaboration import copying, search
        from journeys import lanes, spots
        from journeys.finding import on_map
        from touchpoints.lanes import TouchpointLane
        from touchpoints.models import TEXTS, Channel, Touchpoint
        from touchpoints.spots import TouchpointSpots

        lanes.register(TouchpointLane())
        spots.register(TouchpointSpots())
        search.register(search.Findable("touchpoints", _("Touchpoints"), Touchpoint, TEXTS, on_map))
        copying.known_by(Channel, "name")

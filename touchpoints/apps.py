from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TouchpointsConfig(AppConfig):
    name = "touchpoints"
    verbose_name = _("Touchpoints")

    def ready(self) -> None:
        from journeys import lanes, spots
        from touchpoints.lanes import TouchpointLane
        from touchpoints.spots import TouchpointSpots

        lanes.register(TouchpointLane())
        spots.register(TouchpointSpots())

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "journeys"
    verbose_name = _("Journeys")

    def ready(self) -> None:
        from collaboration import live
        from journeys import lanes
        from journeys.emotion import EmotionLane
        from journeys.measured import MetricLane
        from journeys.page import JourneyPage
        from journeys.saved_views import SavedView  # noqa: F401 - a model of this app
        from journeys.stage_lanes import STAGE_LANES

        for kind in (*STAGE_LANES, EmotionLane(), MetricLane(), *lanes.TEXT_LANES):
            lanes.register(kind)
        live.register(JourneyPage())

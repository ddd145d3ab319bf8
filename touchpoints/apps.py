from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TouchpointsConfig(AppConfig):
    name = "touchpoints"
    verbose_name = _("Touchpoints")

    def ready(self) -> None:
        from collaboration import copying, exporting, limits, live, search
        from collaboration.models import Export
        from journeys import lanes, spots
        from journeys.finding import on_map
        from touchpoints.activity_page import ActivitiesPage, on_activities
        from touchpoints.gap_files import gap_options, render_gaps_pdf, render_gaps_xlsx
        from touchpoints.gap_page import GapsPage
        from touchpoints.inventory import InventoryPage
        from touchpoints.lanes import TouchpointLane
        from touchpoints.limits import LIMITS
        from touchpoints.models import ACTIVITY_TEXTS, TEXTS, Activity, Channel, Touchpoint
        from touchpoints.priority_page import PrioritiesPage
        from touchpoints.spots import TouchpointSpots

        for page in (InventoryPage(), ActivitiesPage(), GapsPage(), PrioritiesPage()):
            live.register(page)
        limits.register(*LIMITS)
        lanes.register(TouchpointLane())
        spots.register(TouchpointSpots())
        search.register(search.Findable("touchpoints", _("Touchpoints"), Touchpoint, TEXTS, on_map))
        search.register(
            search.Findable("activities", _("Activities"), Activity, ACTIVITY_TEXTS, on_activities)
        )
        exporting.register("journey", Export.Kind.GAPS, render_gaps_pdf)
        exporting.register("journey", Export.Kind.GAPS, render_gaps_xlsx, Export.Format.XLSX)
        exporting.register_options("journey", Export.Kind.GAPS, gap_options)
        copying.known_by(Channel, "name")

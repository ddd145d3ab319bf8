from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TouchpointsConfig(AppConfig):
    name = "touchpoints"
    verbose_name = _("Touchpoints")

    def ready(self) -> None:
        from collaboration import copying, exporting, following, limits, live, marks, search
        from collaboration.importing import kinds
        from collaboration.models import Export
        from journeys import lanes, own_starters, spots
        from journeys.finding import on_map
        from touchpoints import goals
        from touchpoints.activity_page import ActivitiesPage, on_activities
        from touchpoints.gap_files import gap_options, render_gaps_pdf, render_gaps_xlsx
        from touchpoints.gap_page import GapsPage
        from touchpoints.goal_models import GOAL_TEXTS, Goal
        from touchpoints.goal_page import GoalsPage, on_goals
        from touchpoints.importing import TouchpointImport
        from touchpoints.inventory import InventoryPage
        from touchpoints.lanes import ActivityLane, TouchpointLane
        from touchpoints.limits import LIMITS
        from touchpoints.message_page import MessagesPage, flags_of
        from touchpoints.models import ACTIVITY_TEXTS, TEXTS, Activity, Channel, Touchpoint
        from touchpoints.priority_page import PrioritiesPage
        from touchpoints.spots import TouchpointSpots
        from touchpoints.spreadsheet import render_inventory_csv, render_inventory_xlsx
        from touchpoints.walk_models import STEP_TEXTS, Walk, WalkStep
        from touchpoints.walk_pages import ComparePage, WalksPage, on_walks
        from touchpoints.walks import follow_touchpoints

        pages = (
            InventoryPage(),
            ActivitiesPage(),
            GapsPage(),
            PrioritiesPage(),
            MessagesPage(),
            GoalsPage(),
            WalksPage(),
            ComparePage(),
        )
        for page in pages:
            live.register(page)
        goals.register(goals.ActivityEfforts())
        told_by = {"touchpoint": ["message"], "messagelink": [], "linkedmessage": []}
        marks.hang_flags("journey", flags_of, told_by=told_by)
        limits.register(*LIMITS)
        lanes.register(TouchpointLane())
        lanes.register(ActivityLane())
        spots.register(TouchpointSpots())
        search.register(search.Findable("touchpoints", _("Touchpoints"), Touchpoint, TEXTS, on_map))
        search.register(
            search.Findable("activities", _("Activities"), Activity, ACTIVITY_TEXTS, on_activities)
        )
        search.register(
            search.Findable("walks", _("Walks"), WalkStep, STEP_TEXTS, on_walks, ("walk",))
        )
        following.register(follow_touchpoints)
        for model in (Walk, WalkStep):
            own_starters.leave_out(model)
        search.register(search.Findable("goals", _("Goals"), Goal, GOAL_TEXTS, on_goals))
        exporting.register("journey", Export.Kind.GAPS, render_gaps_pdf)
        exporting.register("journey", Export.Kind.GAPS, render_gaps_xlsx, Export.Format.XLSX)
        exporting.register_options("journey", Export.Kind.GAPS, gap_options)
        inventory, formats = Export.Kind.INVENTORY, Export.Format
        exporting.register("journey", inventory, render_inventory_csv, formats.CSV)
        exporting.register("journey", inventory, render_inventory_xlsx, formats.XLSX)
        kinds.register(TouchpointImport())
        copying.known_by(Channel, "name")

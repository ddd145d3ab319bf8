from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "journeys"
    verbose_name = _("Journeys")

    def ready(self) -> None:
        from collaboration import copying, exporting, limits, live, search, wording
        from collaboration.itemtypes import item_models
        from collaboration.models import Export
        from journeys import lanes
        from journeys.changes_document import changes_options, render_changes
        from journeys.emotion import WORDS, EmotionLane
        from journeys.export.options import map_options
        from journeys.export.render import RENDERERS
        from journeys.finding import FINDABLE
        from journeys.limits import LIMITS
        from journeys.measured import MetricLane
        from journeys.models import Feeling, Persona
        from journeys.outline import OutlinePage, TablePage
        from journeys.own_starters import JourneyTemplate  # noqa: F401 - a model of this app
        from journeys.page import JourneyPage
        from journeys.pictures import PictureLane
        from journeys.saved_views import SavedView  # noqa: F401 - a model of this app
        from journeys.stage_lanes import STAGE_LANES

        for kind in (*STAGE_LANES, EmotionLane(), MetricLane(), PictureLane(), *lanes.TEXT_LANES):
            lanes.register(kind)
        for page in (JourneyPage(), OutlinePage(), TablePage()):
            live.register(page)
        limits.register(*LIMITS)
        for name, model in item_models().items():
            if issubclass(model, Feeling):
                wording.speak(name, "score", WORDS)
        exporting.register("journey", Export.Kind.CHANGES, render_changes)
        exporting.register_options("journey", Export.Kind.CHANGES, changes_options)
        for found in FINDABLE:
            search.register(found)
        copying.known_by(Persona, "name")
        for file_format, renderer in RENDERERS.items():
            exporting.register("journey", Export.Kind.MAP, renderer, file_format)
        exporting.register_options("journey", Export.Kind.MAP, map_options)

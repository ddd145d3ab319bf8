from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "insights"
    verbose_name = _("Insights")

    def ready(self) -> None:
        from django.urls import reverse

        from collaboration import search
        from insights.lanes import InsightLane
        from insights.models import Evidence, Insight
        from journeys import lanes, own_starters

        lanes.register(InsightLane())
        own_starters.leave_out(Evidence)
        search.register(
            search.Findable(
                "insights",
                _("Insights"),
                Insight,
                ("text", "quote"),
                lambda insight, _words: reverse("insights:insight", args=[insight.pk]),
            )
        )

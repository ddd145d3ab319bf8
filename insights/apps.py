from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "insights"
    verbose_name = _("Insights")

    def ready(self) -> None:
        from django.urls import reverse

        from collaboration import following, limits, live, marks, search
        from collaboration.importing import kinds
        from insights.finding import InsightFindable
        from insights.following import follow_claims
        from insights.grounds import hung_on, is_about_an_item
        from insights.importing import InsightImport
        from insights.lanes import InsightLane
        from insights.models import Answer, Evidence, Insight, Readiness
        from insights.readiness_lane import ReadinessLane
        from insights.readiness_models import READINESS_TEXTS
        from insights.readiness_page import ReadinessPage, on_board
        from journeys import lanes, own_starters

        lanes.register(InsightLane())
        lanes.register(ReadinessLane())
        live.register(ReadinessPage())
        kinds.register(InsightImport())
        words = _("A stage shows at most %(most)s insights.")
        limits.register(limits.Limit(Evidence, ("stage_id",), 60, words))
        words = _("At most %(most)s things stand ready in a stage.")
        limits.register(limits.Limit(Readiness, ("stage_id",), 60, words))
        words = _("It answers at most %(most)s doubts.")
        limits.register(limits.Limit(Answer, ("readiness_id",), 60, words))
        following.register(follow_claims)
        own_starters.leave_out(Evidence)
        marks.hang_grounds("journey", "evidence", hung_on, shows=is_about_an_item)
        search.register(
            InsightFindable(
                "insights",
                _("Insights"),
                Insight,
                ("text", "quote"),
                lambda insight, _words: reverse("insights:insight", args=[insight.pk]),
            )
        )
        search.register(
            search.Findable(
                "readiness", _("What stands ready"), Readiness, READINESS_TEXTS, on_board
            )
        )

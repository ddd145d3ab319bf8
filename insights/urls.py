"""Addresses of the library of insights, its sources, and insights on a map."""

from django.urls import URLPattern, URLResolver, include, path

from insights.views import (
    evidence,
    forgetting,
    grounds,
    guides,
    interviews,
    ladders,
    learning,
    library,
    listening,
    motives,
    planning,
    readiness,
    shelf,
    sorting_out,
    sources,
)

app_name = "insights"

readiness_urls = [
    path("", readiness.page, name="readiness"),
    path("add/", readiness.add, name="readiness_add"),
    path("answers/<int:answer_id>/delete/", readiness.take_back, name="answer_delete"),
    path("doubts/<slug:doubt>/", readiness.answer_to, name="answer_to"),
    path("<int:readiness_id>/edit/", readiness.edit, name="readiness_edit"),
    path("<int:readiness_id>/status/", readiness.status, name="readiness_status"),
    path("<int:readiness_id>/move/", readiness.move, name="readiness_move"),
    path("<int:readiness_id>/delete/", readiness.delete, name="readiness_delete"),
]

map_urls: list[URLPattern | URLResolver] = [
    path(
        "stages/<int:stage_id>/lanes/<int:lane_id>/insights/new/",
        evidence.create,
        name="evidence_create",
    ),
    path(
        "stages/<int:stage_id>/lanes/<int:lane_id>/insights/",
        evidence.choose,
        name="evidence_choice",
    ),
    path("stages/<int:stage_id>/insights/<int:insight_id>/", evidence.attach, name="attach"),
    path("insights/", shelf.shelf, name="shelf"),
    path("insights/<int:insight_id>/place/", shelf.place, name="place"),
    path("evidence/", grounds.coverage, name="coverage"),
    path("evidence/sources/", planning.choose, name="source_choice"),
    path("evidence/about/", grounds.panel, name="grounds"),
    path("evidence/guesses/", grounds.guesses, name="guesses"),
    path("evidence/insights/<int:insight_id>/", grounds.attach, name="ground_attach"),
    path("evidence/<int:evidence_id>/judge/", grounds.judge, name="judge"),
    path("evidence/<int:evidence_id>/edit/", evidence.edit, name="evidence_edit"),
    path("evidence/<int:evidence_id>/move/", evidence.move, name="evidence_move"),
    path("evidence/<int:evidence_id>/delete/", evidence.detach, name="evidence_delete"),
    path(
        "stages/<int:stage_id>/lanes/<int:lane_id>/readiness/",
        readiness.create,
        name="readiness_create",
    ),
    path("readiness/", include(readiness_urls)),
]

insight_urls = [
    path("", library.show, name="insight"),
    path("edit/", library.edit, name="insight_edit"),
    path("delete/", library.delete, name="insight_delete"),
    path("stages/", library.attach, name="insight_attach"),
    path("stages/<int:evidence_id>/delete/", library.detach, name="insight_detach"),
]

interview_urls = [
    path("", interviews.library, name="interviews"),
    path("new/", interviews.new, name="interview_new"),
    path("<int:interview_id>/", interviews.show, name="interview"),
    path("<int:interview_id>/read/", interviews.read, name="interview_read"),
    path("<int:interview_id>/edit/", interviews.edit, name="interview_edit"),
    path("<int:interview_id>/forget/", forgetting.forget, name="interview_forget"),
    path("<int:interview_id>/insight/", learning.quote, name="learn_quote"),
    path("<int:interview_id>/answers/", ladders.answer, name="answer"),
    path("ladders/<int:ladder_id>/why/", ladders.why, name="why"),
    path("ladders/<int:ladder_id>/insight/", learning.learn, name="learn"),
    path("steps/<int:ladderstep_id>/edit/", ladders.step, name="step_edit"),
    path("steps/<int:ladderstep_id>/remove/", ladders.remove, name="step_remove"),
    path("guides/new/", guides.new, name="guide_new"),
    path("guides/<int:interviewguide_id>/edit/", guides.edit, name="guide_edit"),
    path("guides/<int:interviewguide_id>/delete/", guides.delete, name="guide_delete"),
]

urlpatterns = [
    path("journeys/<int:board_id>/", include(map_urls)),
    path("insights/", library.library, name="library"),
    path("insights/file/", library.file, name="library_file"),
    path("insights/new/", library.new, name="insight_new"),
    path("insights/assign/", sorting_out.assign, name="assign"),
    path("insights/merge/", sorting_out.merge, name="merge"),
    path("insights/motives/", motives.motives, name="motives"),
    path("insights/listening/", listening.listen, name="listening"),
    path("insights/<int:insight_id>/", include(insight_urls)),
    path("interviews/", include(interview_urls)),
    path("sources/", sources.library, name="sources"),
    path("sources/new/", sources.create, name="source_create"),
    path("sources/<int:source_id>/edit/", sources.edit, name="source_edit"),
    path("sources/<int:source_id>/delete/", sources.delete, name="source_delete"),
]

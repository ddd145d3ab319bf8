"""Addresses of the library of insights, its sources, and insights on a map."""

from django.urls import include, path

from insights.views import evidence, library, sources

app_name = "insights"

map_urls = [
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
    path("evidence/<int:evidence_id>/edit/", evidence.edit, name="evidence_edit"),
    path("evidence/<int:evidence_id>/move/", evidence.move, name="evidence_move"),
    path("evidence/<int:evidence_id>/delete/", evidence.detach, name="evidence_delete"),
]

insight_urls = [
    path("", library.show, name="insight"),
    path("edit/", library.edit, name="insight_edit"),
    path("delete/", library.delete, name="insight_delete"),
    path("stages/", library.attach, name="insight_attach"),
    path("stages/<int:evidence_id>/delete/", library.detach, name="insight_detach"),
]

urlpatterns = [
    path("journeys/<int:board_id>/", include(map_urls)),
    path("insights/", library.library, name="library"),
    path("insights/new/", library.new, name="insight_new"),
    path("insights/<int:insight_id>/", include(insight_urls)),
    path("sources/", sources.library, name="sources"),
    path("sources/new/", sources.create, name="source_create"),
    path("sources/<int:source_id>/edit/", sources.edit, name="source_edit"),
    path("sources/<int:source_id>/delete/", sources.delete, name="source_delete"),
]

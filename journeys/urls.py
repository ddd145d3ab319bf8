"""Addresses of the dashboard, journeys and personas."""

from django.urls import URLPattern, URLResolver, include, path

from journeys.time_urls import time_urls
from journeys.views import (
    copies,
    exports,
    feelings,
    lanes,
    maps,
    metrics,
    notes,
    paths,
    personas,
    pictures,
    portraits,
    reshape,
    selection,
    stages,
    templates,
)

app_name = "journeys"

stage_urls = [
    path("", stages.create, name="stage_create"),
    path("<int:stage_id>/edit/", stages.edit, name="stage_edit"),
    path("<int:stage_id>/lanes/<int:lane_id>/pictures/", pictures.create, name="picture_create"),
    path("<int:stage_id>/lanes/<int:lane_id>/metrics/", metrics.create, name="metric_create"),
    path("<int:stage_id>/lanes/<int:lane_id>/text/", stages.text, name="stage_text"),
    path("<int:stage_id>/move/", stages.move, name="stage_move"),
    path("<int:stage_id>/delete/", stages.delete, name="stage_delete"),
    path("<int:stage_id>/split/", reshape.split, name="stage_split"),
    path("<int:stage_id>/merge/", reshape.merge, name="stage_merge"),
    path("<int:stage_id>/emotion/", feelings.feel, name="emotion"),
    path("<int:stage_id>/lanes/<int:lane_id>/notes/", notes.create, name="note_create"),
    path("<int:stage_id>/lanes/<int:lane_id>/paste/", selection.paste, name="paste"),
]

lane_urls = [
    path("", lanes.create, name="lane_create"),
    path("<int:lane_id>/edit/", lanes.edit, name="lane_edit"),
    path("<int:lane_id>/move/", lanes.move, name="lane_move"),
    path("<int:lane_id>/copy/", copies.lane, name="lane_copy"),
    path("<int:lane_id>/collapse/", lanes.collapse, name="lane_collapse"),
    path("<int:lane_id>/delete/", lanes.delete, name="lane_delete"),
]

note_urls = [
    path("selected/delete/", selection.delete, name="notes_delete"),
    path("selected/duplicate/", selection.duplicate, name="notes_duplicate"),
    path("selected/move/", selection.move, name="notes_move"),
    path("selected/step/", selection.step, name="notes_step"),
    path("<int:note_id>/edit/", notes.edit, name="note_edit"),
    path("<int:note_id>/move/", notes.move, name="note_move"),
    path("<int:note_id>/voice/", notes.voice, name="note_voice"),
    path("<int:note_id>/delete/", notes.delete, name="note_delete"),
]

metric_urls = [
    path("<int:metric_id>/edit/", metrics.edit, name="metric_edit"),
    path("<int:metric_id>/move/", metrics.move, name="metric_move"),
    path("<int:metric_id>/delete/", metrics.delete, name="metric_delete"),
    path(
        "<int:metric_id>/points/<int:metricpoint_id>/delete/",
        metrics.delete_point,
        name="metric_point_delete",
    ),
]

picture_urls = [
    path("<int:picture_id>/", pictures.file, name="picture"),
    path("<int:picture_id>/edit/", pictures.edit, name="picture_edit"),
    path("<int:picture_id>/move/", pictures.move, name="picture_move"),
    path("<int:picture_id>/delete/", pictures.delete, name="picture_delete"),
]

journey_urls: list[URLPattern | URLResolver] = [
    path("", maps.show, name="map"),
    path("edit/", maps.edit, name="edit"),
    path("delete/", maps.delete, name="delete"),
    path("", include(time_urls)),
    path("export/", exports.export, name="export"),
    path("template/", templates.save, name="save_template"),
    path("feelings/", feelings.table, name="feelings"),
    path("compare-personas/", feelings.compare, name="compare_personas"),
    path("paths/", paths.table, name="paths"),
    path("paths/new/", paths.create, name="path_create"),
    path("paths/<int:path_id>/edit/", paths.edit, name="path_edit"),
    path("paths/<int:path_id>/delete/", paths.delete, name="path_delete"),
    path("copy/", copies.copy, name="copy"),
    path("future/", copies.future, name="future"),
    path("pair/", copies.pair, name="pair"),
    path("stages/", include(stage_urls)),
    path("lanes/", include(lane_urls)),
    path("notes/", include(note_urls)),
    path("", include("journeys.reading_urls")),
    path("metrics/", include(metric_urls)),
    path("pictures/", include(picture_urls)),
    path("personas/", personas.choose, name="persona_choice"),
    path("personas/<int:persona_id>/", personas.attach, name="persona_attach"),
    path("personas/<int:persona_id>/portrait/", portraits.portrait_on_map, name="portrait_on_map"),
]

urlpatterns = [
    path("", maps.dashboard, name="dashboard"),
    path("journeys/new/", maps.new, name="new"),
    path(
        "journeys/templates/<int:journeytemplate_id>/delete/",
        templates.delete,
        name="template_delete",
    ),
    path("journeys/trash/", include("journeys.trash_urls")),
    path("journeys/<int:board_id>/", include(journey_urls)),
    path("personas/", personas.library, name="personas"),
    path("personas/new/", personas.new, name="persona_new"),
    path("personas/<int:persona_id>/", personas.show, name="persona"),
    path("personas/<int:persona_id>/portrait/", portraits.portrait, name="portrait"),
    path("personas/<int:persona_id>/portrait/change/", portraits.change, name="portrait_change"),
    path(
        "personas/<int:persona_id>/versions/<int:personaversion_id>/",
        portraits.version,
        name="persona_version",
    ),
    path(
        "personas/<int:persona_id>/versions/<int:personaversion_id>/put-back/",
        portraits.put_back,
        name="persona_put_back",
    ),
    path("personas/<int:persona_id>/edit/", personas.edit, name="persona_edit"),
    path("personas/<int:persona_id>/delete/", personas.delete, name="persona_delete"),
]

"""Addresses that every kind of board shares."""

from django.urls import URLPattern, path

from collaboration.views import exports, live, regions

app_name = "collaboration"
urlpatterns: list[URLPattern] = [
    path("boards/<int:board_id>/changes/", live.changes, name="changes"),
    path("boards/<int:board_id>/regions/", regions.regions, name="regions"),
    path("boards/<int:board_id>/exports/", exports.create, name="create_export"),
    path("boards/<int:board_id>/exports/<int:export_id>/", exports.status, name="export"),
    path("boards/<int:board_id>/exports/<int:export_id>/file/", exports.file, name="export_file"),
    path(
        "boards/<int:board_id>/exports/<int:export_id>/retry/", exports.retry, name="retry_export"
    ),
]

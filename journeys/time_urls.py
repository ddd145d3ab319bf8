"""Addresses of the time machine of a map."""

from django.urls import path

from journeys.views import compare, history, restoring, versions

time_urls = [
    path("history/", history.history, name="history"),
    path("versions/", versions.show, name="versions"),
    path("versions/new/", versions.create, name="version_create"),
    path("versions/<int:snapshot_id>/edit/", versions.edit, name="version_edit"),
    path("versions/<int:snapshot_id>/delete/", versions.delete, name="version_delete"),
    path("restore/", restoring.restore_version, name="restore_version"),
    path("compare/", compare.show, name="compare"),
    path("changes-since/", compare.changes_since, name="changes_since"),
    path("changes-since/export/", compare.export_changes, name="changes_export"),
]

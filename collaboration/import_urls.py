"""Addresses of imports: into the workspace's library, on to a map, and each on its way."""

from django.urls import URLPattern, path

from collaboration.views import imports

import_urls: list[URLPattern] = [
    path("new/<slug:kind>/", imports.new, name="import_new"),
    path("examples/<slug:kind>/<slug:file_format>/", imports.example, name="import_example"),
    path("<int:import_id>/", imports.show, name="import"),
    path("<int:import_id>/state/", imports.state, name="import_state"),
    path("<int:import_id>/columns/", imports.columns, name="import_columns"),
    path("<int:import_id>/apply/", imports.apply, name="import_apply"),
    path("<int:import_id>/undo/", imports.take_back, name="import_undo"),
    path("<int:import_id>/retry/", imports.retry, name="import_retry"),
    path("<int:import_id>/discard/", imports.discard, name="import_discard"),
    path("<int:import_id>/errors/", imports.faults, name="import_errors"),
]

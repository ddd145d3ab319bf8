"""Addresses that every kind of board shares."""

from django.urls import URLPattern, path

from collaboration.views import live, regions

app_name = "collaboration"
urlpatterns: list[URLPattern] = [
    path("boards/<int:board_id>/changes/", live.changes, name="changes"),
    path("boards/<int:board_id>/regions/", regions.regions, name="regions"),
]

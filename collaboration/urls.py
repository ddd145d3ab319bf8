"""Addresses that every kind of board shares."""

from django.urls import URLPattern, path

from collaboration.views import regions

app_name = "collaboration"
urlpatterns: list[URLPattern] = [
    path("boards/<int:board_id>/regions/", regions.regions, name="regions"),
]

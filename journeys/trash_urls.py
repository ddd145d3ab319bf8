"""Addresses of the trash."""

from django.urls import path

from journeys.views import trash

urlpatterns = [
    path("", trash.trash, name="trash"),
    path("<int:journey_id>/restore/", trash.restore, name="restore"),
    path("<int:journey_id>/erase/", trash.erase, name="erase"),
]

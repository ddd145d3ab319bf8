"""Addresses of one map for its readers: views of it, and other ways to read it."""

from django.urls import path

from journeys.views import reading, saved_views, trash

urlpatterns = [
    path("outline/", reading.outline, name="outline"),
    path("table/", reading.table, name="table"),
    path("archive/", trash.archive, name="archive"),
    path("unarchive/", trash.unarchive, name="unarchive"),
    path("present/", reading.present, name="present"),
    path("present/notes/", reading.speaker, name="speaker"),
    path("view/", saved_views.panel, name="view_panel"),
    path("view/saved/", saved_views.save, name="view_save"),
    path("view/saved/<int:savedview_id>/delete/", saved_views.delete, name="view_delete"),
]

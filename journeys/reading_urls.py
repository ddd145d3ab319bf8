"""Addresses of one map for its readers: views of it, and other ways to read it."""

from django.urls import path

from journeys.views import saved_views

urlpatterns = [
    path("view/", saved_views.panel, name="view_panel"),
    path("view/saved/", saved_views.save, name="view_save"),
    path("view/saved/<int:savedview_id>/delete/", saved_views.delete, name="view_delete"),
]

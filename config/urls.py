"""Every address of pages and API; the live streams have theirs in config/asgi.py."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("config.api_urls")),
    path("", include("teams.urls")),
    path("", include("collaboration.urls")),
    path("", include("journeys.urls")),
    path("", include("touchpoints.urls")),
    path("", include("insights.urls")),
    path("", include("workshops.urls")),
]

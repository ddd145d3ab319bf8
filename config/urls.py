"""Every address of pages and API; the live streams have theirs in config/asgi.py."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("config.api_urls")),
    path("", include("teams.urls")),
    path("", include("collaboration.urls")),
    path("", include("journeys.urls")),
    path("", include("touchpoints.urls")),
    path("", include("insights.urls")),
    path("", include("workshops.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

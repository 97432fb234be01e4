"""The three doors: pages, the API, and what machines ask about our health."""

from django.urls import include, path

from motcua.config import health

handler404 = "motcua.api.missing.not_found"

urlpatterns = [
    path("healthz", health.healthz),
    path("metrics", health.metrics),
    path("api/", include("motcua.api.urls")),
    path("", include("motcua.web.urls")),
]

"""All faces. Each has its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("motcua.web.shared.urls")),
    path("", include("motcua.web.citizen.urls")),
    path("", include("motcua.web.counter.urls")),
    path("", include("motcua.web.desk.urls")),
    path("", include("motcua.web.bags.urls")),
    path("", include("motcua.web.round.urls")),
    path("", include("motcua.web.board.urls")),
]

from django.urls import path

from motcua.api import (  # noqa: F401 - each registers its operations
    carriers,
    dossiers,
    manifests,
    money,
    papers,
    post,
    procedures,
    sync,
)
from motcua.api.app import api

urlpatterns = [path("v1/", api.urls)]

from django.urls import path

from motcua.api import carriers, dossiers, manifests, money, post, procedures  # noqa: F401 - each registers its operations
from motcua.api.app import api

urlpatterns = [path("v1/", api.urls)]

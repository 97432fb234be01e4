from django.urls import path

from motcua.api import dossiers, manifests, money, post, procedures, sync  # noqa: F401 - each registers its operations
from motcua.api.app import api

urlpatterns = [path("v1/", api.urls)]

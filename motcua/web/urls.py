"""All faces. Each has its own urls."""

from pathlib import Path

from django.urls import include, path

FACES = ("shared", "citizen", "counter", "desk", "bags", "round", "board")

urlpatterns = [
    path("", include(f"motcua.web.{face}.urls"))
    for face in FACES
    if (Path(__file__).parent / face / "urls.py").exists()
]

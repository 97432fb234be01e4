"""Addresses of the agency's pages, and of a dossier's files."""

from django.urls import path

from motcua.web import files
from motcua.web.desk import assigning, dossier, lists

app_name = "desk"

urlpatterns = [
    path("viec", lists.work, name="home"),
    path("viec/tiep", lists.next_work, name="next"),
    path("viec/tiep-nhan", lists.queue, name="queue"),
    path("viec/phan-cong", assigning.assign, name="assign"),
    path("viec/ho-so/<str:reference>", dossier.dossier, name="dossier"),
    path("viec/ho-so/<str:reference>/mo-so", dossier.open_number, name="open_number"),
    path("viec/ho-so/<str:reference>/lam/<slug:action>", dossier.act, name="act"),
    path("ho-so/<str:reference>/tep/<uuid:file_id>", files.file, name="file"),
]

"""Addresses of the citizens' face."""

from django.urls import path

from motcua.web.citizen.views import filing, find, mine, tracking

app_name = "citizen"

urlpatterns = [
    path("", find.home, name="home"),
    path("thu-tuc", find.procedures, name="procedures"),
    path("thu-tuc/<str:code>", find.procedure, name="procedure"),
    path("nop/<uuid:draft_id>", filing.resume, name="resume"),
    path("nop/<uuid:draft_id>/xoa", filing.discard, name="discard"),
    path("nop/<uuid:draft_id>/kiem-tra", filing.review, name="review"),
    path("nop/<uuid:draft_id>/<slug:step>", filing.step, name="step"),
    path("nop/<str:code>", filing.begin, name="begin"),
    path("ho-so-cua-toi", mine.mine, name="mine"),
    path("ho-so/<str:reference>", mine.dossier, name="dossier"),
    path("ho-so/<str:reference>/bo-sung", mine.supply, name="supply"),
    path("ho-so/<str:reference>/mo-so", mine.open_number, name="open_number"),
    path("ho-so/<str:reference>/doi-hen/<uuid:pickup_id>", mine.move_visit, name="move_visit"),
    path("ho-so/<str:reference>/nhan-tai-quay", mine.fetch_at_counter, name="counter"),
    path("ho-so/<str:reference>/huy-hen/<uuid:pickup_id>", mine.cancel_visit, name="cancel_visit"),
    path("ho-so/<str:reference>/viec/<slug:action>", mine.act, name="act"),
    path("tra-cuu", tracking.tracking, name="tracking"),
]

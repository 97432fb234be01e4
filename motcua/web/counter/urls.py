"""Addresses of the counter."""

from django.urls import path

from motcua.web import papers, trail
from motcua.web.counter.views import dossier, home, intake, labels, till

app_name = "counter"

urlpatterns = [
    path("quay", home.home, name="home"),
    path("quay/noi", home.choose, name="choose_place"),
    path("quay/quet", home.scan, name="scan"),
    path("quay/cho", home.waiting, name="waiting"),
    path("quay/da-nhan", home.came_in, name="came_in"),
    path("quay/tra", home.results, name="results"),
    path("quay/nhan", intake.choose_procedure, name="choose_procedure"),
    path("quay/nhan/<str:code>", intake.new_dossier, name="new"),
    path("quay/tem", labels.choose, name="labels"),
    path("quay/tem.pdf", labels.sheet, name="label_sheet"),
    path("quay/ho-so/<str:reference>", dossier.dossier, name="dossier"),
    path("quay/ho-so/<str:reference>/xong", intake.received, name="received"),
    path("quay/ho-so/<str:reference>/viec/<slug:action>", dossier.act, name="act"),
    path("quay/ho-so/<str:reference>/mo-so", dossier.open_number, name="open_number"),
    path("quay/ho-so/<str:reference>/thu-tien", dossier.collect, name="collect"),
    path("quay/ho-so/<str:reference>/tra-giay", dossier.give_papers_back, name="give_back"),
    path("quay/ho-so/<str:reference>/phong-bi", dossier.enclose_here, name="enclose"),
    path("quay/ho-so/<str:reference>/quet", dossier.scans, name="scans"),
    path("quay/ket", till.till, name="till"),
    path("quay/ket/dem", till.count, name="count"),
    path("quay/ket/nhan", till.take, name="take"),
    path("quay/ket/nop", till.remit, name="remit"),
    path("quay/ket/xac-nhan", till.confirm, name="confirm"),
    path("quay/ket/to-ngay", till.sheet, name="sheet"),
    path("ho-so/<str:reference>/giay/<slug:kind>.pdf", papers.dossier_paper, name="paper"),
    path("bang-ke/<str:number>.pdf", papers.bag_paper, name="bag_paper"),
    path("giay-to/<str:sticker>.pdf", trail.trail_pdf, name="trail_pdf"),
    path("giay-to/<str:sticker>", trail.trail, name="trail"),
]

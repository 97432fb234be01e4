"""Addresses of the province and of the administrator."""

from django.urls import path

from motcua.web.board import accounts, dossiers, figures, numbers, system

app_name = "board"

urlpatterns = [
    path("dieu-hanh", figures.home, name="home"),
    path("dieu-hanh/ho-so", dossiers.many, name="dossiers"),
    path("dieu-hanh/ho-so/<str:reference>", dossiers.one, name="dossier"),
    path("quan-tri", system.health, name="admin"),
    path("quan-tri/noi", system.offices, name="offices"),
    path("quan-tri/quy-dinh", system.law, name="law"),
    path("quan-tri/so-buu-gui", numbers.ranges, name="numbers"),
    path("quan-tri/viec-nen", system.jobs, name="jobs"),
    path("quan-tri/tai-khoan", accounts.many, name="accounts"),
    path("quan-tri/tai-khoan/moi", accounts.new, name="account_new"),
    path("quan-tri/tai-khoan/<str:username>", accounts.one, name="account"),
    path("quan-tri/tai-khoan/<str:username>/giao", accounts.appoint, name="appoint"),
    path("quan-tri/tai-khoan/<str:username>/thoi", accounts.relieve, name="relieve"),
    path("quan-tri/tai-khoan/<str:username>/mat-khau", accounts.password, name="password"),
]

"""Addresses of the bags."""

from django.urls import path

from motcua.web.bags import cases, quick, views

app_name = "bags"

urlpatterns = [
    path("tui", views.home, name="home"),
    path("tui/noi", views.choose, name="choose"),
    path("tui/moi", views.start, name="start"),
    path("tui/ma-lenh", quick.orders, name="orders"),
    path("tui/<str:number>", views.bag, name="bag"),
    path("tui/<str:number>/quet", quick.quick, name="quick"),
    path("tui/<str:number>/<slug:action>", views.act, name="act"),
    path("chenh-lech", cases.discrepancies, name="discrepancies"),
    path("chenh-lech/<str:number>", cases.discrepancy, name="discrepancy"),
    path("chenh-lech/<str:number>/<slug:action>", cases.act, name="discrepancy_act"),
]

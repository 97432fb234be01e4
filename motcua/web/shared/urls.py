"""Addresses every face shares."""

from django.urls import path

from motcua.web.shared import gallery, views

app_name = "shared"

urlpatterns = [
    path("dang-nhap", views.login, name="login"),
    path("dang-xuat", views.logout, name="logout"),
    path("ngon-ngu", views.language, name="language"),
    path("kieu-dang", gallery.look, name="look"),
]

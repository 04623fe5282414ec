"""Addresses of the widget; those of the script and the fragment are in pages of others and never change."""

from django.urls import path

from sessions.widget import page, views

app_name = "widget"

urlpatterns = [
    path("", page.about, name="about"),
    path("season.js", views.script, name="script"),
    path("season.html", views.fragment, name="fragment"),
]

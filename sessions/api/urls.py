"""Addresses of the read API, and of the page about it.

The operations of `operations.py` have the same ones; a test compares both. Only an answer that is not cached loads
these, and django-ninja with them: it takes 10 MB and a tenth of a second in each process.
"""

from django.urls import path

from sessions.api import door, page

app_name = "api"

urlpatterns = [
    path("", page.about, name="about"),
    path("v1/", door.start, name="start"),
    path("v1/openapi.json", door.schema, name="schema"),
    path("v1/seasons/", door.seasons, name="seasons"),
    path("v1/seasons/<slug:season>/", door.of_season, name="season"),
    path("v1/seasons/<slug:season>/sessions/", door.of_season, name="sessions"),
    path("v1/seasons/<slug:season>/sessions/<slug:slug>/", door.of_season, name="session"),
    path("v1/seasons/<slug:season>/slots/", door.of_season, name="slots"),
    path("v1/seasons/<slug:season>/materials/", door.of_season, name="materials"),
    path("v1/seasons/<slug:season>/figures/", door.of_season, name="figures"),
]

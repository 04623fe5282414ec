"""Addresses of the programme."""

from django.urls import path

from sessions.views import about, feeds, figures, pictures, programme

app_name = "sessions"

urlpatterns = [
    path("", programme.home, name="home"),
    path("seasons/", programme.seasons, name="seasons"),
    path("seasons/<slug:season>/", programme.season, name="season"),
    path("seasons/<slug:season>/figures/", figures.season, name="season_figures"),
    path("seasons/<slug:season>/<slug:slug>/", programme.session, name="session"),
    path("seasons/<slug:season>/preview.png", pictures.season, name="season_picture"),
    path("seasons/<slug:season>/<slug:slug>/preview.png", pictures.session, name="session_picture"),
    path("seasons/<slug:season>/<slug:slug>/slot-<int:number>.ics", feeds.slot, name="slot_calendar"),
    path("seasons/<slug:season>/calendar.ics", feeds.season, name="season_feed"),
    path("seasons/<slug:season>/streams/<slug:stream>/calendar.ics", feeds.stream, name="stream_feed"),
    path("seasons/<slug:season>/<slug:slug>/calendar.ics", feeds.session, name="session_feed"),
    path(
        "seasons/<slug:season>/<slug:slug>/files/<int:pk>/<str:filename>", programme.material_file, name="material_file"
    ),
    path("poster/<slug:season>/", programme.poster, name="poster"),
    path("poster/<slug:season>/poster.pdf", pictures.poster, name="poster_sheet"),
    path("time-zone/", programme.time_zone, name="time_zone"),
    path("privacy/", programme.privacy, name="privacy"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
]

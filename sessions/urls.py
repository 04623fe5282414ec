from django.urls import path

from sessions import feed_views, views

app_name = "sessions"

urlpatterns = [
    path("", views.home, name="home"),
    path("seasons/", views.seasons, name="seasons"),
    path("seasons/<slug:season>/", views.season, name="season"),
    path("seasons/<slug:season>/<slug:slug>/", views.session, name="session"),
    path("seasons/<slug:season>/<slug:slug>/slot-<int:number>.ics", feed_views.slot, name="slot_calendar"),
    path("seasons/<slug:season>/calendar.ics", feed_views.season, name="season_feed"),
    path("seasons/<slug:season>/streams/<slug:stream>/calendar.ics", feed_views.stream, name="stream_feed"),
    path("seasons/<slug:season>/<slug:slug>/calendar.ics", feed_views.session, name="session_feed"),
    path("seasons/<slug:season>/<slug:slug>/files/<int:pk>/<str:filename>", views.material_file, name="material_file"),
    path("time-zone/", views.time_zone, name="time_zone"),
    path("privacy/", views.privacy, name="privacy"),
]

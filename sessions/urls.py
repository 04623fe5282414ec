from django.urls import path

from sessions import views

app_name = "sessions"

urlpatterns = [
    path("", views.home, name="home"),
    path("seasons/", views.seasons, name="seasons"),
    path("seasons/<slug:season>/", views.season, name="season"),
    path("seasons/<slug:season>/<slug:slug>/", views.session, name="session"),
    path("seasons/<slug:season>/<slug:slug>/slot-<int:number>.ics", views.slot_calendar, name="slot_calendar"),
    path("time-zone/", views.time_zone, name="time_zone"),
    path("privacy/", views.privacy, name="privacy"),
]

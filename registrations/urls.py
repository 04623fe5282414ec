from django.urls import path

from registrations.views import changes, join, my_season, sign_up

app_name = "registrations"

urlpatterns = [
    path("sign-up/<slug:season>/", sign_up.sign_up, name="sign_up"),
    path("sign-up/<slug:season>/check-your-mail/", sign_up.check_your_mail, name="check_your_mail"),
    path("my/<str:key>/", my_season.overview, name="my_season"),
    path("my/<str:key>/details/", my_season.details, name="details"),
    path("my/<str:key>/calendar.ics", my_season.calendar, name="my_calendar"),
    path("my/<str:key>/<slug:slug>/time-slot/", changes.change_slot, name="change_slot"),
    path("my/<str:key>/<slug:slug>/cancel/", changes.cancel, name="cancel"),
    path("my/<str:key>/<slug:slug>/come-back/", changes.come_back, name="come_back"),
    path("my/<str:key>/<slug:slug>/calendar.ics", my_season.session_calendar, name="session_calendar"),
    path("join/<str:key>/", join.join, name="join"),
]

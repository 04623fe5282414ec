"""Addresses of registrations; what opens a personal page is the key in its address. None has a language in it."""

from django.urls import path

from registrations.views import (
    ask_speakers,
    delegation,
    invitation,
    join,
    my_data,
    my_feed,
    my_season,
    my_session,
    new_link,
    next_season,
    own_circular,
    own_registration,
    preferences,
    questions,
    take_part,
)

app_name = "registrations"

urlpatterns = [
    # No key reads like these: keys have 24 characters.
    path("my/new-link/sent/", new_link.renewed, name="key_renewed"),
    path("my/erased/", my_data.erased, name="erased"),
    path("my/<str:key>/", my_season.overview, name="my_season"),
    path("my/<str:key>/add/", my_season.add, name="add"),
    path("my/<str:key>/take-part/", take_part.take_part, name="take_part"),
    path("my/<str:key>/new-link/", new_link.renew, name="renew_key"),
    path("my/<str:key>/details/", my_season.details, name="details"),
    path("my/<str:key>/questions/", questions.questions, name="questions"),
    path("my/<str:key>/mails/", preferences.choose, name="mails"),
    path("my/<str:key>/recordings/", preferences.recordings, name="recordings"),
    path("my/<str:key>/data/", my_data.show, name="own_data"),
    path("my/<str:key>/data/my-data.json", my_data.download, name="own_data_file"),
    path("my/<str:key>/erase/", my_data.erase, name="erase"),
    path("my/<str:key>/calendar.ics", my_season.calendar, name="my_calendar"),
    path("my/<str:key>/<slug:slug>/time-slot/", own_registration.change_slot, name="change_slot"),
    path("my/<str:key>/<slug:slug>/cancel/", own_registration.cancel, name="cancel"),
    path("my/<str:key>/<slug:slug>/come-back/", own_registration.come_back, name="come_back"),
    path("my/<str:key>/<slug:slug>/calendar.ics", my_season.session_calendar, name="session_calendar"),
    path("my/<str:key>/<slug:slug>/calendar/", my_session.add_by_hand, name="add_by_hand"),
    path("my/<str:key>/messages/<int:circular>/", own_circular.own_circular, name="own_circular"),
    path("my/<str:key>/new-calendar-address/", my_feed.renew, name="renew_feed_key"),
    path("my/<str:key>/<slug:slug>/session/", my_session.own_session, name="own_session"),
    path("my/<str:key>/<slug:slug>/ask/", ask_speakers.own_page, name="ask_speakers"),
    path("my/<str:key>/<slug:slug>/files/<int:pk>/", my_session.own_file, name="own_file"),
    path("delegations/<str:key>/", delegation.to_confirm, name="delegation_to_confirm"),
    path("invitation/<str:key>/", invitation.invitation, name="invitation"),
    path("invitation/<str:key>/decline/", invitation.decline, name="decline_invitation"),
    path("invitation/<str:key>/decline/asked/", invitation.asked_to_decline, name="asked_to_decline"),
    path("invitation/<str:key>/decline/<str:proof>/", invitation.decline_by_mail, name="decline_by_mail"),
    path("invitation/<str:key>/ask/", invitation.ask, name="ask_for_invitation"),
    path("invitation/<str:key>/asked/", invitation.asked, name="asked_for_invitation"),
    path("calendars/<str:key>/calendar.ics", my_feed.feed, name="own_feed"),
    # Not <str:key>, of which one opens a page: this one has the same answer for all.
    path("stop/next-season/<str:stop_key>/", next_season.stop, name="stop_next_season"),
    path("stop/<str:what>/<str:key>/", preferences.stop, name="stop"),
    path("reminders/<str:key>/", preferences.reminders, name="reminders"),
    path("join/<str:key>/", join.join, name="join"),
    path("join/<str:key>/ask/", ask_speakers.from_join_page, name="ask_from_join"),
]

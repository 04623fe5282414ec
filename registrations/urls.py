from django.urls import path

from registrations.views import (
    changes,
    delegation,
    invitation,
    join,
    mails,
    my_season,
    own_data,
    own_feed,
    own_session,
    send_link,
    sign_up,
    take_part,
)

app_name = "registrations"

urlpatterns = [
    path("sign-up/<slug:season>/", sign_up.sign_up, name="sign_up"),
    path("sign-up/<slug:season>/delegation/", delegation.form, name="delegation"),
    path("sign-up/<slug:season>/delegation/check-your-mail/", delegation.asked, name="delegation_asked"),
    path("sign-up/<slug:season>/check-your-mail/", sign_up.check_your_mail, name="check_your_mail"),
    # No key reads like this: keys have 24 signs.
    path("my/send-link/", send_link.send_link, name="send_link"),
    path("my/send-link/sent/", send_link.link_sent, name="link_sent"),
    path("my/erased/", own_data.erased, name="erased"),
    path("my/<str:key>/", my_season.overview, name="my_season"),
    path("my/<str:key>/take-part/", take_part.take_part, name="take_part"),
    path("my/<str:key>/details/", my_season.details, name="details"),
    path("my/<str:key>/mails/", mails.choose, name="mails"),
    path("my/<str:key>/data/", own_data.show, name="own_data"),
    path("my/<str:key>/data/my-data.json", own_data.download, name="own_data_file"),
    path("my/<str:key>/erase/", own_data.erase, name="erase"),
    path("my/<str:key>/calendar.ics", my_season.calendar, name="my_calendar"),
    path("my/<str:key>/<slug:slug>/time-slot/", changes.change_slot, name="change_slot"),
    path("my/<str:key>/<slug:slug>/cancel/", changes.cancel, name="cancel"),
    path("my/<str:key>/<slug:slug>/come-back/", changes.come_back, name="come_back"),
    path("my/<str:key>/<slug:slug>/calendar.ics", my_season.session_calendar, name="session_calendar"),
    path("my/<str:key>/new-calendar-address/", own_feed.renew, name="renew_feed_key"),
    path("my/<str:key>/<slug:slug>/session/", own_session.own_session, name="own_session"),
    path("my/<str:key>/<slug:slug>/files/<int:pk>/", own_session.own_file, name="own_file"),
    path("delegations/<str:key>/", delegation.to_confirm, name="delegation_to_confirm"),
    path("invitation/<str:key>/", invitation.invitation, name="invitation"),
    path("invitation/<str:key>/decline/", invitation.decline, name="decline_invitation"),
    path("invitation/<str:key>/ask/", invitation.ask, name="ask_for_admission"),
    path("invitation/<str:key>/asked/", invitation.asked, name="asked_for_admission"),
    path("calendars/<str:key>/calendar.ics", own_feed.feed, name="own_feed"),
    path("stop/<str:what>/<str:key>/", mails.stop, name="stop"),
    path("join/<str:key>/", join.join, name="join"),
]

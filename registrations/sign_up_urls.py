"""Addresses of the forms that anybody may send, in each language."""

from django.urls import path

from registrations.views import ask_after_sign_up, check_certificate, delegation, send_link, sign_up

app_name = "sign_up"

urlpatterns = [
    path("sign-up/<slug:season>/", sign_up.sign_up, name="form"),
    path("sign-up/<slug:season>/delegation/", delegation.form, name="delegation"),
    path("sign-up/<slug:season>/delegation/check-your-mail/", delegation.asked, name="delegation_asked"),
    path("sign-up/<slug:season>/check-your-mail/", sign_up.check_your_mail, name="check_your_mail"),
    path("sign-up/<slug:season>/check-your-mail/ask/", ask_after_sign_up.ask, name="ask_speakers"),
    # No key reads like this: keys have 24 characters.
    path("my/send-link/", send_link.send_link, name="send_link"),
    path("my/send-link/sent/", send_link.link_sent, name="link_sent"),
    # Short, since people type it from paper.
    path("c/", check_certificate.check, name="check"),
    path("c/<str:number>/", check_certificate.check, name="check_number"),
]

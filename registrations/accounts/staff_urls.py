"""Passwords of staff: the pages behind their mails."""

from django.urls import path

from registrations.accounts.passwords import forgotten_password, new_password, password_link_sent

urlpatterns = [
    path("staff/sign-in/forgotten/", forgotten_password, name="staff_forgotten_password"),
    path("staff/sign-in/forgotten/sent/", password_link_sent, name="staff_password_link_sent"),
    path("new-password/<str:key>/", new_password, name="staff_new_password"),
]

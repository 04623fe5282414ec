"""Signing in as a participant, and passwords of staff. Most names are allauth's, which looks its pages up by them."""

from allauth.account import views as account
from django.urls import path
from django.views.generic import RedirectView

from registrations.accounts.passwords import forgotten_password, new_password, password_link_sent
from registrations.accounts.views import personal_answer, registrations, request_code

urlpatterns = [
    path("account/sign-in/", request_code, name="account_request_login_code"),
    path("account/sign-in/code/", personal_answer(account.confirm_login_code), name="account_confirm_login_code"),
    path("account/sign-out/", personal_answer(account.logout), name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("staff/sign-in/forgotten/", forgotten_password, name="staff_forgotten_password"),
    path("staff/sign-in/forgotten/sent/", password_link_sent, name="staff_password_link_sent"),
    path("new-password/<str:key>/", new_password, name="staff_new_password"),
    # There is no account to sign up for; allauth wants the name.
    path("account/sign-up/", RedirectView.as_view(pattern_name="sessions:home"), name="account_signup"),
    path("account/registrations/", registrations, name="account_registrations"),
]

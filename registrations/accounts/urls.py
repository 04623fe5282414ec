"""Signing in as a participant, in each language. Most names are allauth's, which looks its pages up by them."""

from allauth.account import views as account
from django.urls import path
from django.views.generic import RedirectView

from registrations.accounts.views import personal_answer, registrations, request_code

urlpatterns = [
    path("account/sign-in/", request_code, name="account_request_login_code"),
    path("account/sign-in/code/", personal_answer(account.confirm_login_code), name="account_confirm_login_code"),
    path("account/sign-out/", personal_answer(account.logout), name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    # There is no account to sign up for; allauth wants the name.
    path("account/sign-up/", RedirectView.as_view(pattern_name="sessions:home"), name="account_signup"),
    path("account/registrations/", registrations, name="account_registrations"),
]

"""Signing in as staff. The names are allauth's, which looks its pages up by them; what is not named here is closed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path

from sessions.staff.views import AddKey, ChangePassword, SetUpApp, SignIn, for_staff

factor = "staff/second-factor"

urlpatterns = [
    path("staff/sign-in/", SignIn.as_view(), name="account_login"),
    path("staff/sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("staff/password/", for_staff(ChangePassword.as_view()), name="account_change_password"),
    path("staff/sign-in/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("staff/sign-in/second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("staff/sign-in/key/again/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(f"{factor}/", for_staff(mfa.index), name="mfa_index"),
    path(f"{factor}/app/", for_staff(SetUpApp.as_view()), name="mfa_activate_totp"),
    path(f"{factor}/app/remove/", for_staff(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{factor}/keys/", for_staff(keys.list_webauthn), name="mfa_list_webauthn"),
    path(f"{factor}/keys/add/", for_staff(AddKey.as_view()), name="mfa_add_webauthn"),
    path(f"{factor}/keys/<int:pk>/remove/", for_staff(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path(f"{factor}/codes/", for_staff(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(f"{factor}/codes/new/", for_staff(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(f"{factor}/codes/file/", for_staff(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]

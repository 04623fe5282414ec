"""Pages on which staff manage their second factor: allauth's own, for staff only, and counted once it is set up."""

from functools import wraps

from allauth.account.decorators import secure_admin_login
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import LoginView, PasswordChangeView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from sessions.staff import second_factor, unsent_forms


def for_staff(view):
    """Strangers are led to the sign-in; who has a second factor proves it before anything of it is shown or changed."""

    @wraps(view)
    @secure_admin_login
    @never_cache
    def answer(request, *args, **kwargs):
        if is_mfa_enabled(request.user) and not second_factor.is_passed(request):
            return redirect(second_factor.way_in(request, then=request.path))
        return view(request, *args, **kwargs)

    return answer


class SignIn(LoginView):
    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form_is_kept": unsent_forms.has_any(self.request)}

    def _redirect_to_pending_stage(self, request, stage):
        """Somebody who asked for a code as a participant and typed none is no further as staff for it."""
        if stage.key == LoginByCodeStage.key:
            return None
        return super()._redirect_to_pending_stage(request, stage)


class ChangePassword(PasswordChangeView):
    def dispatch(self, request, *args, **kwargs):
        # Who was given the desk without a password has none to change; allauth leads to a page that is closed here.
        if not request.user.has_usable_password():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class SetUpApp(ActivateTOTPView):
    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.record(self.request, kind="totp")
        return response


class AddKey(AddWebAuthnView):
    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.record(self.request, kind="webauthn")
        return response

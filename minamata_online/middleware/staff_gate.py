"""The way to the staff's desk for who is not signed in, or not any more."""

from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, QueryDict
from django.urls import resolve, reverse
from django.utils import timezone
from django.views import csrf

from sessions.clocks import dates
from sessions.staff import unsent_forms

LOOKING = ("GET", "HEAD", "OPTIONS")
OF_ANOTHER_SITE = ("cross-site", "same-site")


class StaffGate:
    """What strangers send to the staff's desk is not read: it may be large, and come so slowly that a thread waits.

    Runs before the check for CSRF, which reads forms; everybody's other forms are small and come whole from the proxy
    (deploy/Caddyfile). A form of somebody whose sign-in has ended is kept and shown again after the next one.
    """

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        if not _is_for_desk(request):
            return self._get_response(request)
        is_staff = admin.site.has_permission(request)
        if request.method not in LOOKING and not is_staff:
            unsent_forms.keep(request)
            return redirect_to_login(_way_back(request), reverse("admin:login"))
        # Pages of the desk are those of people in Geneva; the forms of a season have its own clock.
        with timezone.override(dates.GENEVA):
            response = self._get_response(request)
        if is_staff and unsent_forms.is_kept(request) and _is_page(response):
            unsent_forms.mark(request, response)
        return response


def _way_back(request) -> str:
    """Where something was sent to; there may be nothing to see, as at the button that signs out."""
    return request.get_full_path() if unsent_forms.is_kept(request) else reverse("admin:index")


def _is_page(response) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def csrf_failure(request, reason=""):
    """Signing in gives a browser new tokens, and forms in its other windows hold the old one.

    Where no cookies are kept there are no tokens: forms that need no sign-in are taken without, from pages of ours.
    Where the browser does not say from which page a form comes, nothing is done, and its page shows it again.
    """
    is_ours = _comes_from_us(request)
    if is_ours and _is_for_desk(request) and unsent_forms.keep(request):
        return HttpResponseRedirect(request.get_full_path())
    match = resolve(request.path_info)
    if not getattr(match.func, "needs_no_cookie", False) or is_ours is False:
        return csrf.csrf_failure(request, reason)
    request.csrf_processing_done = request.came_without_token = True
    return match.func(request, *match.args, **match.kwargs) if is_ours else _shown_again(request, match)


def _shown_again(request, match):
    """The page of the form as if it were opened, so that no view can act; what was typed is in `unproven` alone."""
    request.unproven, request.POST, request.method = request.POST, QueryDict(), "GET"
    response = match.func(request, *match.args, **match.kwargs)
    if response.status_code == HTTPStatus.OK:
        response.status_code = HTTPStatus.FORBIDDEN
    return response


def _is_for_desk(request) -> bool:
    return request.path.startswith(_desk())


@cache
def _desk() -> str:
    return reverse("admin:index")


def _comes_from_us(request) -> bool | None:
    """By the word of the browser: nobody else's page puts values into a form of ours. None if it says nothing.

    Browsers of before 2020 send no Origin with forms of the same site, but a Referer; no page can write either. A page
    can hide both, but not that it is of another site (Fetch Metadata, which browsers send over HTTPS).
    """
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    if request.headers.get("Sec-Fetch-Site") in OF_ANOTHER_SITE:
        return False
    if "Origin" in request.headers:
        return None if request.headers["Origin"] == "null" else request.headers["Origin"] in own
    try:
        referer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    return f"{referer.scheme}://{referer.netloc}" in own if referer.netloc else None

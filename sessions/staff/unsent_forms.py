"""Forms of staff that came when their sender was signed out: kept over the sign-in, shown again, saved by nobody else.

They are stored in the browser session, and only for browsers in which somebody on the staff was signed in: what
strangers send is not even read.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import QueryDict
from django.urls import Resolver404, resolve

COOKIE = "__Host-staff" if settings.SESSION_COOKIE_SECURE else "staff"
SALT = "sessions.unsent_forms"
# How long a form may stay open.
DAYS = 7
KEPT, MOST_KEPT = "unsent_forms", 5
# In the address of a page: start from what is stored instead.
DISCARD = "discard"
# Their passwords are not stored, or there is nothing to come back to.
NOT_KEPT = {"password_change", "login", "logout"}


@dataclass(frozen=True)
class UnsentForm:
    """What was typed, and the names of the files that were chosen, which are not kept."""

    typed: QueryDict
    files: list[str]


def mark(request, response):
    """Remember in the browser who had this form open; SameSite keeps pages of others from using it."""
    response.set_cookie(
        COOKIE,
        signing.dumps(request.user.pk, salt=SALT),
        max_age=DAYS * 24 * 3600,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )


def is_kept(request) -> bool:
    """Whether what is sent to this address of the desk is kept; of a new page it is, without a word here."""
    try:
        return resolve(request.path_info).url_name not in NOT_KEPT
    except Resolver404:
        return False


def keep(request) -> bool:
    """Store the form that was sent; not for strangers, nor for somebody else than who had the form open.

    Who was removed from the staff is a stranger.
    """
    owner = _owner(request)
    if owner is None or not is_kept(request) or (request.user.is_authenticated and request.user.pk != owner):
        return False
    if not get_user_model().objects.filter(pk=owner, is_staff=True, is_active=True).exists():
        return False
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    form = {"owner": owner, "typed": typed.urlencode(), "files": [file.name for file in request.FILES.values()]}
    others = {path: kept for path, kept in _all(request).items() if path != request.path}
    newest = list(others.items())[-MOST_KEPT + 1 :]
    request.session[KEPT] = dict(newest) | {request.path: form}
    return True


def has_any(request) -> bool:
    """Whether a form waits for this browser's next sign-in."""
    return bool(_all(request))


def find(request) -> UnsentForm | None:
    """What this person had typed into the form of this page before they were signed out."""
    form = _all(request).get(request.path)
    if form is None or form["owner"] != request.user.pk:
        return None
    return UnsentForm(QueryDict(form["typed"]), form["files"])


def take_up(request) -> UnsentForm | None:
    """Let a request for the page be one that sends what was typed; its form must `looks_only`, or it would be saved."""
    unsent = find(request)
    if unsent:
        # Read while this is still a GET: Django would look for a body otherwise.
        request.FILES.clear()
        request.method, request.POST = "POST", unsent.typed
    return unsent


def without_discard(request) -> str:
    """The address of the page as it was asked for otherwise."""
    query = request.GET.copy()
    query.pop(DISCARD, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def forget(request):
    kept = _all(request)
    if kept.pop(request.path, None):
        request.session[KEPT] = kept


def _all(request) -> dict:
    return dict(request.session.get(KEPT, {}))


def _owner(request) -> int | None:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None

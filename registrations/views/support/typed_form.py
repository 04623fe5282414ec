"""What somebody has just typed, for a few minutes in a signed cookie of their own browser; nothing of it is stored.

The page after the form shows it, whether the address is known or not. What they need to take part never goes in.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.urls import reverse

from registrations.people import consent

# By the address of the form. Each has its own name, because browsers send the first to the pages of the second as well.
COOKIES = {"form": "typed", "delegation": "typed_delegation"}
SALT = "registrations.typed_form"
KEPT_FOR = consent.TYPED_FORM_IS_KEPT
# Browsers keep cookies of 4096 octets, with their names and attributes.
LONGEST = 3600
# Health, perhaps; and what a form brings along for robots and pages of its own.
LEFT_OUT = {"access_needs", "csrfmiddlewaretoken", "leave_empty", "reviewed", "meant"}


@dataclass(frozen=True)
class TypedForm:
    """`fields` are empty where all of them together were too long; `had_needs` says that a field was left out."""

    email: str
    zone: str
    slots: list[int]
    fields: dict[str, list[str]]
    had_needs: bool

    @property
    def as_sent(self) -> QueryDict:
        sent = QueryDict(mutable=True)
        for name, values in self.fields.items():
            sent.setlist(name, values)
        return sent


def remember(response, form, season, page):
    """Of a valid form of this page, with the answer that leads to the one after it."""
    known = {"email": form.cleaned_data["email"], "zone": form.cleaned_data["timezone"], "slots": form.occurrence_ids()}
    fields = {name: values for name, values in form.data.lists() if name not in LEFT_OUT} | {"email": [known["email"]]}
    had_needs = bool(form.cleaned_data["access_needs"])
    text = signing.dumps([*known.values(), fields, had_needs], salt=SALT, compress=True)
    if len(text) > LONGEST:
        text = signing.dumps([*known.values(), {}, had_needs], salt=SALT, compress=True)
    response.set_cookie(
        COOKIES[page],
        text,
        max_age=KEPT_FOR,
        path=reverse(f"sign_up:{page}", args=[season.slug]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def recent(request, page) -> TypedForm | None:
    try:
        return TypedForm(*signing.loads(request.COOKIES.get(COOKIES[page], ""), salt=SALT, max_age=KEPT_FOR))
    except (signing.BadSignature, TypeError):
        # A cookie of another version of this program may have other parts.
        return None


def unkept(response):
    """A page that shows what was typed is in no cache."""
    response["Cache-Control"] = "no-store"
    return response

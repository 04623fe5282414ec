"""Sessions by words of their titles, for the box on the start page."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.people.search import fold
from sessions.models import Session
from sessions.staff.finding import MOST, Found


def sessions(request, typed) -> Found | None:
    """Compared here, so that accents and letter case do not matter on any database: there are hundreds at most."""
    if not request.user.has_perm("online_sessions.view_session"):
        return None
    words = fold(typed).split()
    titles = Session.objects.order_by("-season__starts_on", "title", "pk").values_list("pk", "title", "season__title")
    found = [row for row in titles if words and all(word in fold(f"{row[1]} {row[2]}") for word in words)]
    return Found(_("Sessions"), [(title, season, _page(pk)) for pk, title, season in found[:MOST]])


def _page(pk) -> str:
    return reverse("admin:online_sessions_session_change", args=[pk])


admin.site.finders.append(sessions)

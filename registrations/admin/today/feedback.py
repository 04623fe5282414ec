"""Feedback that has become readable, and what cannot be opened: for the start page."""

from collections import Counter
from datetime import timedelta

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.feedback import opening
from registrations.models import Feedback
from sessions.clocks import dates, moment
from sessions.models import Season

# Then staff have seen it, or know where it is.
NEWS_FOR = timedelta(days=7)


def notices(request) -> list[tuple[str, str]]:
    """A sentence for each season, leading to its feedback; rehearsals are left out."""
    if not request.user.has_perm("registrations.view_feedback"):
        return []
    since = moment.now().astimezone(dates.GENEVA).date() - NEWS_FOR
    readable = Feedback.objects.readable().filter(opened_on__gt=since, session__season__is_rehearsal=False)
    found = Counter(readable.values_list("session__season", flat=True))
    seasons = Season.objects.filter(pk__in=found).order_by("-starts_on", "pk")
    return [(_news(season, found[season.pk]), _page(season)) for season in seasons] + _unreadable()


def _news(season, sessions) -> str:
    text = ngettext(
        "What people said of %(number)s session of “%(season)s” can be read now.",
        "What people said of %(number)s sessions of “%(season)s” can be read now.",
        sessions,
    )
    return text % {"number": dates.number(sessions), "season": season.title}


def _unreadable() -> list[tuple[str, str]]:
    """Each season once."""
    words = _("Feedback of “%(season)s” cannot be opened: put the old SECRET_KEY into SECRET_KEY_FALLBACKS.")
    seasons = {found.session.season for found in opening.cannot_be_opened()}
    return [(words % {"season": season.title}, _page(season)) for season in sorted(seasons, key=lambda each: each.pk)]


def _page(season) -> str:
    return reverse("admin:online_sessions_season_feedback", args=[season.pk])


admin.site.notices.append(notices)

"""Seasons that staff alone see although people have places in them, for the start page."""

from django.contrib import admin
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import ngettext

from sessions.clocks.dates import number
from sessions.models import Occurrence
from sessions.seasons import season_clocks


def notices(request) -> list[tuple[str, str]]:
    """A sentence for each season with places in time slots to come, leading to its programme."""
    if not request.user.has_perm("online_sessions.change_season"):
        return []
    return [(_sentence(row["title"], row["places"]), _page(row["season"])) for row in _seasons()]


def _seasons():
    """Each with its id, `title`, and the number of `places` that people have or wait for."""
    to_come = season_clocks.where("session__season", lambda now: Q(ends_at__gt=now, called_off_at=None))
    hidden = Occurrence.objects.filter(to_come, session__season__is_published=False)
    named = hidden.values(season=F("session__season"), title=F("session__season__title"))
    return named.annotate(places=Sum(F("taken") + F("waiting"))).filter(places__gt=0).order_by("season")


def _sentence(season, places) -> str:
    text = ngettext(
        "Nobody outside the staff sees “%(season)s”, in which people have %(number)s place.",
        "Nobody outside the staff sees “%(season)s”, in which people have %(number)s places.",
        places,
    )
    return text % {"season": season, "number": number(places)}


def _page(season) -> str:
    return reverse("admin:online_sessions_season_overview", args=[season])


admin.site.notices.append(notices)

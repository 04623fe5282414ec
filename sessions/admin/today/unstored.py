"""Seasons that are over and whose figures nobody has stored, or lack what changed since, for the start page."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.figures import differing
from sessions.clocks import dates, moment
from sessions.models import Occurrence, Season
from sessions.public import response_cache

TEN_MINUTES = 600


def notices(request) -> list[tuple[str, str]]:
    """A sentence for each, leading to its figures."""
    if not request.user.has_perm("online_sessions.change_season"):
        return []
    now = moment.now()
    over = seasons(now)
    unstored = [(_unstored(season), _page(season)) for season in over.filter(figures=None)]
    stored = over.annotate(stored_at=Max("figures__taken_at")).exclude(stored_at=None)
    return unstored + [(_lacking(season), _page(season)) for season in stored if _lacks(season, now)]


def _lacks(season, now) -> bool:
    """As it was at most ten minutes ago: a season is counted for it."""
    key = response_cache.key_of("figures", season.pk, season.stored_at, int(now.timestamp()) // TEN_MINUTES)
    return response_cache.get(key, lambda: differing.since_stored(season, now=now) is not None)


def seasons(now):
    """In which people had places, whose slots are over and whose people are still there; no rehearsals."""
    slots = Occurrence.objects.filter(session__season=OuterRef("pk"))
    late = slots.filter(ends_at__gt=now - timedelta(days=settings.DATA_TERM_DAYS))
    over = Season.objects.filter(Exists(late), Exists(slots.filter(taken__gt=0)), ~Exists(slots.upcoming(now)))
    return over.filter(is_rehearsal=False).order_by("-starts_on", "pk")


def _unstored(season) -> str:
    return _("“%(season)s” is over: add the reports of attendance, then store its figures.") % {"season": season}


def _lacking(season) -> str:
    words = _(
        "Figures of “%(season)s” were stored on %(when)s. Since then something has changed that they count: store them "
        "again."
    )
    return words % {"season": season, "when": dates.in_geneva(season.stored_at)}


def _page(season) -> str:
    return reverse("admin:online_sessions_season_figures", args=[season.pk])


admin.site.notices.append(notices)

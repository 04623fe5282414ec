"""Seasons that are over and whose figures nobody has stored, or lack a report, for the start page."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.figures import storing
from sessions.clocks import moment
from sessions.models import Occurrence, Season


def notices(request) -> list[tuple[str, str]]:
    """A sentence for each, leading to its figures."""
    if not request.user.has_perm("online_sessions.change_season"):
        return []
    over = seasons(moment.now())
    unstored = [(_unstored(season), _page(season)) for season in over.filter(figures=None)]
    return unstored + [(_outdated(season), _page(season)) for season in storing.outdated(over)]


def seasons(now):
    """In which people had places, whose slots are over and whose people are still there; no rehearsals."""
    slots = Occurrence.objects.filter(session__season=OuterRef("pk"))
    late = slots.filter(ends_at__gt=now - timedelta(days=settings.DATA_TERM_DAYS))
    over = Season.objects.filter(Exists(late), Exists(slots.filter(taken__gt=0)), ~Exists(slots.upcoming(now)))
    return over.filter(is_rehearsal=False).order_by("-starts_on", "pk")


def _unstored(season) -> str:
    return _("“%(season)s” is over: add the reports of attendance, then store its figures.") % {"season": season}


def _outdated(season) -> str:
    words = _(
        "A report of attendance of “%(season)s” was read or undone after its figures were stored: store them again."
    )
    return words % {"season": season}


def _page(season) -> str:
    return reverse("admin:online_sessions_season_figures", args=[season.pk])


admin.site.notices.append(notices)

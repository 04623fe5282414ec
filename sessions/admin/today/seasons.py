"""The current seasons and the latest rehearsals on the start page, each with the way to its pages."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.models import ClockMove
from sessions.admin import wording
from sessions.admin.season_pages import links
from sessions.clocks import dates, moment
from sessions.models import Season

# Of each kind; the list of seasons has all.
ROWS = 2
CLOCKS = 5


def part(request) -> dict:
    """For the start page: each season with its pages as pairs of address and words."""
    if not request.user.has_perm("online_sessions.view_season"):
        return {"seasons": [], "rehearsals": []}
    in_order = Season.objects.current_first(moment.now().astimezone(dates.GENEVA).date())
    shown = [*in_order.real()[:ROWS], *in_order.filter(is_rehearsal=True)[:ROWS]]
    return {"seasons": [(season, _pages(season, request.user)) for season in shown], "rehearsals": _away(in_order)}


def _away(in_order) -> list[str]:
    """Where the clocks of rehearsals are, which are ahead or move."""
    moving = Exists(ClockMove.objects.filter(season=OuterRef("pk"), ended_at=None))
    away = in_order.annotate(is_moving=moving).filter(Q(is_moving=True) | Q(clock_ahead__gt=timedelta()))
    return [_where(season) for season in away[:CLOCKS]]


def _where(season) -> str:
    known = {"season": season, "moment": wording.moment(moment.of(season), season)}
    if season.is_moving:
        return _("The clock of the rehearsal “%(season)s” is moving. It has come to %(moment)s.") % known
    return _("In the rehearsal “%(season)s” it is %(moment)s.") % known


def _pages(season, user) -> list[tuple[str, str]]:
    programme = reverse("admin:online_sessions_season_overview", args=[season.pk])
    return [(programme, _("Programme")), *links.of_season(season, user)]


admin.site.parts.append(part)

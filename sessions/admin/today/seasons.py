"""The current seasons and the latest rehearsals on the start page, each with the way to its pages."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions.admin.season_pages import links
from sessions.clocks import dates, moment
from sessions.models import Season

# Of each kind; the list of seasons has all.
ROWS = 2


def part(request) -> dict:
    """For the start page: each season with its pages as pairs of address and words."""
    if not request.user.has_perm("online_sessions.view_season"):
        return {"seasons": []}
    in_order = Season.objects.current_first(moment.now().astimezone(dates.GENEVA).date())
    shown = [*in_order.real()[:ROWS], *in_order.filter(is_rehearsal=True)[:ROWS]]
    return {"seasons": [(season, _pages(season, request.user)) for season in shown]}


def _pages(season, user) -> list[tuple[str, str]]:
    programme = reverse("admin:online_sessions_season_overview", args=[season.pk])
    return [(programme, _("Programme")), *links.of_season(season, user)]


admin.site.parts.append(part)

"""Sessions that are over, and still have no recording or nobody's number of who came: for the start page."""

from collections import Counter
from datetime import timedelta

from django.contrib import admin
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import ngettext

from sessions.admin.after_sessions import with_what_is_known
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.models import Season, Session

# A recording takes some days; after a month nobody waits for it any more.
ASKED_FOR = timedelta(days=30)


def notices(request) -> list[tuple[str, str]]:
    """A sentence for each season, leading to its sessions and what each lacks."""
    if not request.user.has_perm("online_sessions.change_session"):
        return []
    found = Counter(sessions(moment.now()).values_list("season", flat=True))
    seasons = Season.objects.filter(pk__in=found).order_by("-starts_on", "pk")
    return [(_sentence(season, found[season.pk]), _page(season)) for season in seasons]


def sessions(now):
    """All of whose slots are over, the last one not for long, without a recording or the number of who came."""
    ended = Session.objects.filter(season__is_rehearsal=False, season__is_published=True, is_published=True).annotate(
        last=Max("occurrences__ends_at", filter=Q(occurrences__called_off_at=None))
    )
    over = ended.filter(last__lte=now, last__gt=now - ASKED_FOR)
    return with_what_is_known(over).filter(Q(is_counted=False) | Q(has_recording=False)).order_by()


def _sentence(season, sessions) -> str:
    text = ngettext(
        "%(number)s session of “%(season)s” is over and has no recording, or no number of who came.",
        "%(number)s sessions of “%(season)s” are over and have no recording, or no number of who came.",
        sessions,
    )
    return text % {"number": number(sessions), "season": season.title}


def _page(season) -> str:
    return reverse("admin:online_sessions_season_overview", args=[season.pk])


admin.site.notices.append(notices)

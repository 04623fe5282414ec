"""The clock of the programme: what time it is for the people who run a season or take part in it."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The true present moment, an aware datetime in UTC: of real seasons, and of what belongs to no season.

    Views, admin pages, tasks and commands ask for it once and hand it down as `now`; no rule asks for it. It decides
    which slots are to come, whether somebody can join or register, when reminders and announcements leave, who moves up
    from the waiting list, when details are erased, and it dates what is stored of all that. Whatever works for one
    season asks `of(season)` instead, and what works for several asks for each (sessions.seasons.season_clocks).

    What must not follow a rehearsal's clock (limits, second factor, the queue of mails, HTTP, audit) asks the machine:
    the exceptions to TID251 in pyproject.toml name every such module with its reason.
    """
    return timezone.now()


def of(season, at: datetime | None = None) -> datetime:
    """The present moment of a season: a rehearsal can be ahead of the true one (`Season.clock_ahead`).

    `at` is a true moment instead of the present one, for rules that work for several seasons.
    """
    return (at or now()) + season.clock_ahead

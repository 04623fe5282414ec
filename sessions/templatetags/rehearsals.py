"""What every page of a rehearsal says whose time is ahead of the true one: what time it is there."""

import re

from django import template

from sessions import translations
from sessions.clocks import moment, wall_clock

register = template.Library()
# Names under which pages have what they are about; each is a season, or has one.
ABOUT = ("season", "page", "participant", "registration", "entry", "invitation", "asked", "room")
# What filters by season are called in addresses of lists.
OF_LIST = re.compile(r"(\w+__)?season(__id|__pk)?(__exact)?")
# The same of pages of the desk.
OF_DESK = ("about", "original", "season", "participant", "registration")


@register.simple_tag(takes_context=True)
def rehearsal_time(context) -> str:
    """Empty for pages of real seasons, and of rehearsals that go by the true time."""
    return _time(context, ABOUT)


@register.simple_tag(takes_context=True)
def rehearsal_time_on_desk(context) -> str:
    """The same for a page of the desk about one season, session, time slot or person, or a list of one season alone."""
    return _time(context, OF_DESK) or _in_words(_season_of_list(context.get("cl")))


def _time(context, names) -> str:
    return _in_words(next((found for name in names if (found := _season(context.get(name)))), None))


def _season_of_list(changelist):
    """That of its rows, where its filter names one season."""
    params = changelist.get_filters_params() if changelist else {}
    rows = changelist.result_list if any(OF_LIST.fullmatch(name) for name in params) else []
    return next((_season(row) for row in rows), None)


def _in_words(season) -> str:
    if season is None or not season.clock_ahead:
        return ""
    now = moment.of(season)
    return wall_clock.on_clock(now, now, season.timezone, translations.words(season, "place")).start_in_words


def _season(row):
    if hasattr(row, "clock_ahead"):
        return row
    session, person = getattr(row, "session", None), getattr(row, "participant", None)
    found = getattr(row, "season", None) or getattr(session, "season", None) or getattr(person, "season", None)
    return found if hasattr(found, "clock_ahead") else None

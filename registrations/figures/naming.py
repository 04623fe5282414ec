"""What the tables of figures and their rows are called, in the active language."""

import re
from datetime import date

from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from registrations.figures.groups import BY_PARTY, NOT_YET, PARTY
from registrations.figures.names import BY_SESSION, BY_SLOT, BY_STREAM
from registrations.figures.tables import BY_COUNTRY, BY_GROUP
from registrations.models import Participant
from sessions.clocks import dates
from sessions.reference import countries, languages, regional_groups

TITLES = {
    BY_SESSION: gettext_lazy("By session"),
    BY_SLOT: gettext_lazy("By time slot"),
    BY_STREAM: gettext_lazy("By stream"),
    "week": gettext_lazy("By week"),
    BY_GROUP: gettext_lazy("By regional group of the United Nations"),
    "region": gettext_lazy("By region"),
    "subregion": gettext_lazy("By part of a region"),
    BY_COUNTRY: gettext_lazy("By country"),
    "sids-ldc": gettext_lazy("Small islands, least developed and landlocked countries"),
    BY_PARTY: gettext_lazy("Parties to the Convention"),
    "stakeholder": gettext_lazy("By stakeholder group"),
    "language": gettext_lazy("By language of the mails"),
}
# What its rows are.
ROWS = {
    BY_SESSION: gettext_lazy("Session"),
    BY_SLOT: gettext_lazy("Time slot"),
    BY_STREAM: gettext_lazy("Stream"),
    "week": gettext_lazy("Week"),
    BY_GROUP: gettext_lazy("Group"),
    "region": gettext_lazy("Region"),
    "subregion": gettext_lazy("Part of a region"),
    BY_COUNTRY: gettext_lazy("Country"),
    "sids-ldc": gettext_lazy("List"),
    BY_PARTY: gettext_lazy("Country"),
    "stakeholder": gettext_lazy("Stakeholder group"),
    "language": gettext_lazy("Language"),
}
ANSWER = gettext_lazy("Answer")
# What is to be known about a table besides what its columns mean.
NOTES = {
    BY_STREAM: gettext_lazy("Who is in several streams is one of the people of each, and once in the whole season."),
    "week": gettext_lazy(
        "A time slot is in the week in which it begins; weeks begin on Monday. Who is in several weeks is one of the "
        "people of each, and once in the whole season."
    ),
    BY_GROUP: gettext_lazy(
        "The groups of the 193 Member States; Türkiye, Israel and the United States of America are with the Western "
        "European and other States. The European Union has no code of its own: its people count where they said."
    ),
    "region": gettext_lazy("Regions of the United Nations Statistics Division (M49)."),
    "subregion": gettext_lazy("Parts of these regions."),
    "sids-ldc": gettext_lazy(
        "A country can be on several of these lists, so that the rows overlap and are not added up."
    ),
    BY_PARTY: gettext_lazy(
        "By the list of the Parties that staff keep. Of a country that is not in it, it is not known."
    ),
}
PARTIES = {
    PARTY: gettext_lazy("Party when the season began"),
    NOT_YET: gettext_lazy("Party since a later day"),
    "": gettext_lazy("Not known"),
}
LISTS = {
    "sids": gettext_lazy("Small island developing States"),
    "ldc": gettext_lazy("Least developed countries"),
    "lldc": gettext_lazy("Landlocked developing countries"),
}
# Rows of whoever is in none of the groups that a table is about: they come last.
OF_NO_GROUP = ("", regional_groups.NONE, countries.NO_COUNTRY.code)
UNKNOWN = gettext_lazy("Not known")


def table(kind, names) -> str:
    """`names` are those of `keeping`; of a question it is its words."""
    return str(TITLES.get(kind) or names.tables.get(kind, kind))


def rows(kind) -> str:
    """What one row of the table is, for its heading."""
    return str(ROWS.get(kind, ANSWER))


def row(kind, key, names, *, zone) -> str:
    """Of sessions, slots and streams the names that `keeping` knows; slots on the clock of `zone`."""
    if known := names.rows.get(kind, {}).get(key):
        return _slot(known, zone) if kind == BY_SLOT else known.title
    if kind in NAMES:
        return str(NAMES[kind](key) or UNKNOWN)
    return key or str(UNKNOWN)


def others(keys) -> str:
    """Of the row that holds countries together of which nothing is shown, and what else is hidden."""
    text = ngettext(
        "%(number)s other country or area, with all that is hidden above",
        "%(number)s other countries and areas, with all that is hidden above",
        len(keys),
    )
    return text % {"number": dates.number(len(keys))}


def _slot(name, zone) -> str:
    starts_at, ends_at = name.starts_at.astimezone(zone), name.ends_at.astimezone(zone)
    if name.has_gaps:
        return _slot_in_parts(name, starts_at.date(), ends_at.date())
    when = {"day": dates.short_day_with_year(starts_at), "hours": dates.hours(starts_at, ends_at), "title": name.title}
    if name.is_called_off:
        return _filled(_("%(day)s, %(hours)s (called off): %(title)s"), when)
    return _filled(_("%(day)s, %(hours)s: %(title)s"), when)


def _slot_in_parts(name, first, last) -> str:
    """Its days: hours from the first part to the last would say that it lasts all the time between."""
    when = {"days": dates.days(first, last) if first < last else dates.day(first), "title": name.title}
    if name.is_called_off:
        return _filled(_("%(days)s, in parts (called off): %(title)s"), when)
    return _filled(_("%(days)s, in parts: %(title)s"), when)


def _filled(text, values) -> str:
    """As HTML where the title is."""
    if not hasattr(values["title"], "__html__"):
        return text % values
    return format_html(re.sub(r"%\((\w+)\)s", r"{\1}", text), **values)


def monday(week) -> date:
    """The first day of an ISO week such as 2020-W38."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def _week(week) -> str:
    return _("Week of %(day)s") % {"day": dates.short_date(monday(week))}


def _region(code) -> str:
    return dict(countries.regions(get_language())).get(code) or _("In no region")


def _subregion(code) -> str:
    return dict(countries.subregions(get_language())).get(code) or _("In no region")


NAMES = {
    "week": _week,
    BY_GROUP: regional_groups.NAMES.get,
    "region": _region,
    "subregion": _subregion,
    BY_COUNTRY: lambda code: countries.name(code, get_language()),
    "sids-ldc": LISTS.get,
    BY_PARTY: PARTIES.get,
    "stakeholder": dict(Participant.Stakeholder.choices).get,
    "language": languages.in_words,
}

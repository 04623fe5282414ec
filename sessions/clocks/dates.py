"""Dates, times, ranges, numbers and lists as each language writes them; nothing else in the project spells one out.

`language` is a code of Django; without it, it is the active one. English has the patterns in date_formats.py. Any other
language has those of CLDR, which Babel brings: for a sixth or seventh one, add its line to LOCALES. Days and times are
those of the zone that the given moment is in. Hours are 00:00 to 23:59 and digits Western in every language.

What programs read (ISO 8601 in `<time datetime>`, iCalendar, HTTP, file names, keys, logs) is none of this.
"""

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import DateTimeFormat, parse_pattern
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sessions.clocks import date_formats

ENGLISH = "en"
GENEVA = ZoneInfo("Europe/Zurich")
# Names of days and months, ranges, numbers and lists are those of the locale.
LOCALES = {"ar": "ar", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "zh-hans": "zh_Hans"}
# CLDR's "and" of en has a comma before it.
LOCALE_OF_LISTS = {"en": "en_GB"}


def weekday(day: date, language=None) -> str:
    """Thursday."""
    return _written(_plain(day), date_formats.WEEKDAY, _known(language))


def day(day: date, language=None) -> str:
    """17 September 2020."""
    return _written(_plain(day), date_formats.DAY, _known(language))


def month(day: date, language=None) -> str:
    """September 2020."""
    return _written(_plain(day).replace(day=1), date_formats.MONTH, _known(language))


def full_day(day: date, language=None) -> str:
    """Thursday 17 September 2020."""
    return _written(_plain(day), date_formats.FULL_DAY, _known(language))


def full_day_in_parts(day: date, language=None) -> tuple[str, str, str]:
    """What is before the number of the day, the number, and what comes after it."""
    return _parts(_plain(day), date_formats.FULL_DAY, _known(language))


def full_day_without_year(day: date, language=None) -> str:
    """Thursday 17 September."""
    return _written(_plain(day), date_formats.NO_YEAR, _known(language))


def short_date(day: date, language=None) -> str:
    """17 Sep 2020."""
    return _written(_plain(day), date_formats.SHORT_DATE, _known(language))


def short_day(day: date, language=None) -> str:
    """Thu 17 Sep."""
    return _written(_plain(day), date_formats.SHORT_DAY, _known(language))


def day_of_month(day: date, language=None) -> str:
    """17 Sep."""
    return _written(_plain(day), date_formats.DAY_OF_MONTH, _known(language))


def short_day_with_year(day: date, language=None) -> str:
    """Thu 17 Sep 2020."""
    return _written(_plain(day), date_formats.SHORT_DAY_WITH_YEAR, _known(language))


def days(first: date, last: date, language=None) -> str:
    """17 September 2020 – 9 October 2020."""
    return _glue_of_days(_known(language)).format(day(first, language), day(last, language))


def time(moment: datetime) -> str:
    """16:00."""
    return f"{moment.hour:02}:{moment.minute:02}"


def hour_in_sentence(moment: datetime, language=None) -> str:
    """16:00; with its article where the language has one: las 16:00, la 01:00."""
    article = {"es": "la " if moment.hour == 1 else "las "}
    return article.get(_known(language), "") + time(moment)


def hours(starts_at: datetime, ends_at: datetime, language=None) -> str:
    """16:00–17:00; over midnight with the day on which it ends: 23:30–00:30 (Friday)."""
    both = _glue_of_hours(_known(language)).format(time(starts_at), time(ends_at))
    if ends_at.date() == starts_at.date():
        return both
    return with_remark(both, weekday(ends_at, language), language)


def with_time(day: str, time: str, language=None) -> str:
    """17 September 2020, 16:00; of two texts that were made by others of these functions."""
    return _glue_of_time(_known(language)).format(time, day)


def in_utc(moment: datetime, language=None) -> str:
    """17 Sep 2020, 16:00 UTC."""
    universal = moment.astimezone(UTC)
    return f"{with_time(short_date(universal, language), time(universal), language)} UTC"


def in_geneva(moment: datetime, language=None) -> str:
    """17 Sep 2020, 18:00 (Geneva): on the clock of the Secretariat, for its staff."""
    there = moment.astimezone(GENEVA)
    when = with_time(short_date(there, language), time(there), language)
    return _("%(when)s (Geneva)") % {"when": when}


def stamp(moment: datetime) -> str:
    """2020-09-17 16:00 in every language, for tables: it sorts, and spreadsheets read it."""
    return f"{moment:%Y-%m-%d %H:%M}"


def number(count: int | float, language=None) -> str:
    """2,000; 23.5."""
    return _number(count, _known(language))


def percent(share: float, language=None) -> str:
    """38%, of 0.384."""
    return _percent(share, _known(language))


def plural_form(count: int | float, language=None) -> str:
    """Which of CLDR's forms of a word goes with the number: "one", "other", in some languages "many" and others."""
    return _locale(_known(language)).plural_form(count)


def listed(words, language=None) -> str:
    """Gold, tea, fish."""
    return comma_of_lists(language).join(words)


def comma_of_lists(language=None) -> str:
    """What is between the entries of such a list, for lists of links."""
    return date_formats.COMMA_OF_LISTS.get(_known(language), ", ")


def in_turn(words, language=None) -> str:
    """Thursday 17 September 2020, 16:00–17:00, Geneva: what belongs together and is no list."""
    return comma(language).join(words)


def listed_apart(words, language=None) -> str:
    """Thu 17 Sep, 16:00; Fri 18 Sep, 09:00: of entries that have commas."""
    return date_formats.SEMICOLON.get(_known(language), "; ").join(words)


def comma(language=None) -> str:
    """What is between a day, its hours and its place, or a name and what is said of it."""
    return date_formats.COMMA.get(_known(language), ", ")


def colon(language=None) -> str:
    """What is between a heading and its words, where a page puts them together."""
    return date_formats.COLON.get(_known(language), ": ")


def blank(language=None) -> str:
    """What is behind a sentence, where a page goes on in the same line."""
    return date_formats.BLANK.get(_known(language), " ")


def in_brackets(words, language=None) -> str:
    """(Friday); nothing round nothing."""
    return words and date_formats.BRACKETS.get(_known(language), "({0})").format(words)


def with_remark(words, remark, language=None) -> str:
    """23:30–00:30 (Friday)."""
    return f"{words}{blank(language)}{in_brackets(remark, language)}"


def all_of(words, language=None) -> str:
    """Gold, tea and fish."""
    return format_list(list(words), locale=_locale_of_lists(_known(language)))


def locale(language=None) -> Locale:
    """What CLDR knows of the language."""
    return _locale(_known(language))


def _known(language) -> str:
    """fr-ch is fr; what is not known is English."""
    return _nearest((language or get_language() or ENGLISH).lower())


@lru_cache(maxsize=64)
def _nearest(code) -> str:
    of_family = [known for known in LOCALES if known.partition("-")[0] == code.partition("-")[0]]
    return code if code in LOCALES else next(iter(of_family), ENGLISH)


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


@lru_cache(maxsize=4096)
def _written(day, skeleton, language) -> str:
    return "".join(_parts(day, skeleton, language))


@lru_cache(maxsize=4096)
def _number(count, language) -> str:
    return format_decimal(count, locale=_locale(language))


@lru_cache(maxsize=4096)
def _percent(share, language) -> str:
    return format_percent(share, locale=_locale(language))


def _parts(day, skeleton, language) -> tuple[str, str, str]:
    names, (before, number, after) = DateTimeFormat(day, _locale(language)), _pattern(skeleton, language)
    if language == "fr" and day.day == 1:
        number = number and "1er"
    if language == "zh-hans" and after.startswith(date_formats.DAY_IN_CHINESE):
        number, after = number + date_formats.DAY_IN_CHINESE, after.removeprefix(date_formats.DAY_IN_CHINESE)
    if language == "ar" and date_formats.MONTHS_OF_THE_EAST:
        both = f"{date_formats.MONTHS_OF_THE_EAST[day.month - 1]}/%(MMMM)s"
        before, after = before.replace("%(MMMM)s", both), after.replace("%(MMMM)s", both)
    return before % names, number % names, after % names


@cache
def _pattern(skeleton, language) -> tuple[str, str, str]:
    """Split at the number of the day: Babel's pattern as a format string."""
    own = date_formats.ENGLISH_PATTERNS[skeleton] if language == ENGLISH else _pattern_of_cldr(skeleton, language)
    if language == "es":  # el jueves 17 de septiembre: CLDR's comma is for a day that stands alone
        own = own.replace("E, d", "E d")
    return parse_pattern(own).format.partition("%(d)s")


def _pattern_of_cldr(skeleton, language) -> str:
    locale = _locale(language)
    if skeleton == date_formats.NO_YEAR:
        return locale.datetime_skeletons["MMMMEd"].pattern.replace("E", "EEEE")
    not_in_skeletons = {date_formats.WEEKDAY: "EEEE", date_formats.FULL_DAY: locale.date_formats["full"].pattern}
    return not_in_skeletons.get(skeleton) or locale.datetime_skeletons[skeleton].pattern


@cache
def _glue_of_hours(language) -> str:
    # Without the thin spaces that French has round it: lines break at them.
    dash = _locale(language).interval_formats["Hm"]["m"][0].strip("Hm:\N{THIN SPACE}")
    return date_formats.HOURS.get(language, f"{{0}}{dash}{{1}}")


@cache
def _glue_of_days(language) -> str:
    return date_formats.DAYS.get(language) or _locale(language).interval_formats[None]


@cache
def _glue_of_time(language) -> str:
    return _locale(language).datetime_formats["medium"]


@cache
def _locale(language) -> Locale:
    return Locale.parse(LOCALES[language])


@cache
def _locale_of_lists(language) -> Locale:
    return Locale.parse(LOCALE_OF_LISTS.get(language, LOCALES[language]))

"""Dates, times, ranges and lists in the six languages of the United Nations."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from sessions.clocks import date_formats, dates, zones

THIN, NARROW = "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}"
STARTS_AT = datetime(2020, 9, 17, 9, 0, tzinfo=UTC)
ENDS_AT = datetime(2020, 9, 17, 10, 30, tzinfo=UTC)
LAST_DAY = date(2020, 10, 1)

languages = pytest.mark.parametrize("language", dates.LOCALES)
any_language = st.sampled_from(sorted(dates.LOCALES))
any_moment = st.datetimes(
    datetime(2020, 1, 2), datetime(2037, 12, 30), timezones=st.sampled_from(sorted(zones.zone_names())).map(ZoneInfo)
)

FULL_DAYS = {
    "ar": "الخميس، 17 أيلول/سبتمبر 2020",
    "en": "Thursday 17 September 2020",
    "es": "jueves 17 de septiembre de 2020",
    "fr": "jeudi 17 septembre 2020",
    "ru": f"четверг, 17 сентября 2020{NARROW}г.",
    "zh-hans": "2020年9月17日星期四",
}
DAYS_WITHOUT_YEAR = {
    "ar": "الخميس، 17 أيلول/سبتمبر",
    "en": "Thursday 17 September",
    "es": "jueves 17 de septiembre",
    "fr": "jeudi 17 septembre",
    "ru": "четверг, 17 сентября",
    "zh-hans": "9月17日星期四",
}
HOURS = {
    "ar": "من 09:00 إلى 10:30",
    "en": "09:00–10:30",
    "es": "09:00–10:30",
    "fr": "09:00–10:30",
    "ru": "09:00–10:30",
    "zh-hans": "09:00–10:30",
}
RANGES = {
    "ar": "17 أيلول/سبتمبر 2020 – 1 تشرين الأول/أكتوبر 2020",
    "en": "17 September 2020 – 1 October 2020",
    "es": f"17 de septiembre de 2020{THIN}–{THIN}1 de octubre de 2020",
    "fr": f"17 septembre 2020{THIN}–{THIN}1er octobre 2020",
    "ru": f"17 сентября 2020{NARROW}г. — 1 октября 2020{NARROW}г.",
    "zh-hans": "2020年9月17日 – 2020年10月1日",
}
LISTS = {
    "ar": ("a، b، c", "a وb وc"),
    "en": ("a, b, c", "a, b and c"),
    "es": ("a, b, c", "a, b y c"),
    "fr": ("a, b, c", "a, b et c"),
    "ru": ("a, b, c", "a, b и c"),
    "zh-hans": ("a、b、c", "a、b和c"),
}
# Of what belongs together and is no list; and what is said besides.
IN_TURN = dict.fromkeys(LISTS, ("a, b", "a (b)", "(b)")) | {
    "ar": ("a، b", "a (b)", "(b)"),
    "zh-hans": ("a，b", "a（b）", "（b）"),
}


def test_english_is_as_the_docstrings_say():
    day, friday = STARTS_AT, ENDS_AT + timedelta(hours=14)

    assert [
        *(dates.weekday(day), dates.day(day), dates.short_date(day), dates.short_day(day), dates.day_of_month(day)),
        *(dates.short_day_with_year(day), dates.time(day), dates.hours(day, friday), dates.in_utc(day)),
        *(dates.with_time(dates.day(day), dates.time(day)), dates.stamp(day), dates.number(1234567)),
    ] == [
        *("Thursday", "17 September 2020", "17 Sep 2020", "Thu 17 Sep", "17 Sep"),
        *("Thu 17 Sep 2020", "09:00", "09:00–00:30 (Friday)", "17 Sep 2020, 09:00 UTC"),
        *("17 September 2020, 09:00", "2020-09-17 09:00", "1,234,567"),
    ]


@given(day=st.dates(date(2015, 1, 1), date(2040, 12, 31)))
def test_english_days_are_those_of_django(day):
    said = [dates.full_day(day), dates.day(day), dates.short_day_with_year(day), dates.full_day_without_year(day)]

    assert said == [formats.date_format(day, pattern) for pattern in ("l j F Y", "j F Y", "D j M Y", "l j F")]


@languages
def test_each_language_has_its_own_order_of_day_month_and_year(language):
    assert dates.full_day(STARTS_AT, language) == FULL_DAYS[language]
    assert dates.full_day_without_year(STARTS_AT, language) == DAYS_WITHOUT_YEAR[language]


@languages
def test_each_language_has_its_own_ranges(language):
    assert dates.hours(STARTS_AT, ENDS_AT, language) == HOURS[language]
    assert dates.days(STARTS_AT, LAST_DAY, language) == RANGES[language]


@languages
def test_each_language_has_its_own_lists(language):
    assert (dates.listed("abc", language), dates.all_of("abc", language)) == LISTS[language]
    assert dates.comma_of_lists(language).join("abc") == LISTS[language][0]
    assert (dates.listed([], language), dates.all_of([], language), dates.all_of(["a"], language)) == ("", "", "a")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "a; b"), ("fr", "a\xa0; b"), ("ru", "a; b"), ("ar", "a؛ b"), ("zh-hans", "a；b")]
)
def test_entries_with_commas_are_listed_apart(language, words):
    assert dates.listed_apart("ab", language) == words


@languages
def test_each_language_has_its_own_commas_and_brackets(language):
    turn, remark, brackets = IN_TURN[language]

    assert (dates.in_turn("ab", language), dates.comma(language).join("ab")) == (turn, turn)
    assert (dates.with_remark("a", "b", language), dates.in_brackets("b", language)) == (remark, brackets)
    assert dates.in_brackets("", language) == ""


def test_end_on_another_day_is_in_the_brackets_of_the_language():
    late, friday = STARTS_AT.replace(hour=23), ENDS_AT + timedelta(hours=14)

    assert dates.hours(late, friday, "zh-hans") == "23:00–00:30（星期五）"
    assert dates.hours(late, friday, "fr") == "23:00–00:30 (vendredi)"


def test_number_of_the_day_stands_with_its_word_in_chinese():
    assert dates.full_day_in_parts(STARTS_AT, "zh-hans") == ("2020年9月", "17日", "星期四")
    assert dates.full_day_in_parts(STARTS_AT, "fr") == ("jeudi ", "17", " septembre 2020")


def test_first_of_a_month_is_an_ordinal_in_french():
    assert dates.full_day(LAST_DAY, "fr") == "jeudi 1er octobre 2020"
    assert (dates.day(LAST_DAY, "fr"), dates.weekday(LAST_DAY, "fr")) == ("1er octobre 2020", "jeudi")


@pytest.mark.thorough
@given(language=any_language, moment=any_moment)
def test_every_language_says_every_day_with_western_digits(language, moment):
    digits = {str(moment.day), str(moment.year)}
    with_year = [dates.day(moment, language), dates.full_day(moment, language), dates.short_date(moment, language)]

    assert all(words.strip() for words in (dates.weekday(moment, language), dates.short_day(moment, language)))
    assert all(number in words for words in with_year for number in digits)
    assert all(digit in "0123456789" for words in with_year for digit in words if digit.isdecimal())
    assert "".join(dates.full_day_in_parts(moment, language)) == dates.full_day(moment, language)
    assert dates.full_day_in_parts(moment, language)[1] in {str(moment.day), "1er", f"{moment.day}日"}


@pytest.mark.thorough
@given(language=any_language, moment=any_moment, length=st.timedeltas(timedelta(minutes=1), timedelta(hours=23)))
def test_ranges_have_both_ends(language, moment, length):
    end = moment + length

    hours = dates.hours(moment, end, language)
    assert hours.index(f"{moment:%H:%M}") < hours.rindex(f"{end:%H:%M}")
    assert (dates.weekday(end, language) in hours) == (end.date() != moment.date())
    days = dates.days(moment, end, language)
    assert days.startswith(dates.day(moment, language))
    assert days.endswith(dates.day(end, language))


@pytest.mark.thorough
@given(language=any_language, moment=any_moment)
def test_moment_in_utc_is_the_same_in_any_zone(language, moment):
    assert dates.in_utc(moment, language) == dates.in_utc(moment.astimezone(UTC), language)


@pytest.mark.parametrize(
    ("code", "weekday"),
    [("fr-ch", "jeudi"), ("zh-TW", "星期四"), ("AR", "الخميس"), ("sw", "Thursday"), (None, "Thursday")],
)
def test_language_that_is_not_known_is_its_family_or_english(code, weekday):
    assert dates.weekday(STARTS_AT, code) == weekday


def test_language_is_the_active_one_unless_somebody_says_another():
    with translation.override("ru"):
        assert (dates.weekday(STARTS_AT), dates.weekday(STARTS_AT, "es")) == ("четверг", "jueves")
    with translation.override(None):
        assert dates.weekday(STARTS_AT) == "Thursday"


def test_templates_have_the_same_words():
    tags = "{% days at last %}; {{ words.0 }}{% comma %}{{ words.1 }}; {{ words.1|with_remark:words.0 }}"
    text = "{% load dates %}{{ at|day }}; {{ at|in_utc }}; {{ words|listed }}; {{ words.0|in_brackets }}; " + tags

    words = Template(text).render(Context({"at": STARTS_AT, "words": ["<a>", "b"], "last": LAST_DAY}))

    assert words.split("; ") == [
        "17 September 2020",
        "17 Sep 2020, 09:00 UTC",
        "&lt;a&gt;, b",
        "(&lt;a&gt;)",
        "17 September 2020 – 1 October 2020",
        "&lt;a&gt;, b",
        "b (&lt;a&gt;)",
    ]


def test_arabic_months_have_both_names_in_full_and_one_in_short():
    months = [dates.day(date(2020, month, 1), "ar") for month in range(1, 13)]

    assert months == [
        "1 كانون الثاني/يناير 2020",
        "1 شباط/فبراير 2020",
        "1 آذار/مارس 2020",
        "1 نيسان/أبريل 2020",
        "1 أيار/مايو 2020",
        "1 حزيران/يونيو 2020",
        "1 تموز/يوليو 2020",
        "1 آب/أغسطس 2020",
        "1 أيلول/سبتمبر 2020",
        "1 تشرين الأول/أكتوبر 2020",
        "1 تشرين الثاني/نوفمبر 2020",
        "1 كانون الأول/ديسمبر 2020",
    ]
    assert dates.short_day(date(2020, 9, 17), "ar") == "الخميس، 17 سبتمبر"


def test_arabic_months_can_have_one_name(monkeypatch):
    monkeypatch.setattr(date_formats, "MONTHS_OF_THE_EAST", ())

    # A day that no other test asks for: those are kept.
    assert dates.day(date(2019, 9, 17), "ar") == "17 سبتمبر 2019"


@pytest.mark.parametrize(
    ("language", "hours"), [("en", ["01:30", "14:00"]), ("es", ["la 01:30", "las 14:00"]), ("ru", ["01:30", "14:00"])]
)
def test_hour_in_a_sentence_has_its_article(language, hours):
    moments = [datetime(2020, 9, 17, 1, 30, tzinfo=UTC), datetime(2020, 9, 17, 14, 0, tzinfo=UTC)]

    assert [dates.hour_in_sentence(moment, language) for moment in moments] == hours


def test_a_day_in_spanish_fits_after_an_article():
    written = [write(STARTS_AT, "es") for write in (dates.short_day, dates.short_day_with_year, dates.full_day)]

    assert written == ["jue 17 sept", "jue 17 sept 2020", "jueves 17 de septiembre de 2020"]


@pytest.mark.parametrize(
    ("language", "colon"), [("en", ": "), ("fr", "\N{NO-BREAK SPACE}: "), ("zh-hans", "："), ("ar", ": ")]
)
def test_colon_between_a_heading_and_its_words(language, colon):
    assert dates.colon(language) == colon


@pytest.mark.parametrize(("language", "blank"), [("en", " "), ("ar", " "), ("zh-hans", "")])
def test_blank_behind_a_sentence(language, blank):
    assert dates.blank(language) == blank


def test_month_with_its_year_in_each_language():
    assert {code: dates.month(date(2027, 1, 1), code) for code in dates.LOCALES} == {
        "ar": "كانون الثاني/يناير 2027",
        "en": "January 2027",
        "es": "enero de 2027",
        "fr": "janvier 2027",
        "ru": "январь 2027\N{NARROW NO-BREAK SPACE}г.",
        "zh-hans": "2027年1月",
    }

"""The sentence for reports: right numbers in right words, and none that points at single people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from registrations.figures import sentence, sentence_words
from registrations.figures.names import Name, Names
from registrations.figures.sentence import Numbers
from registrations.figures.tables import Row, Table

MANY = Numbers(
    *(13, 23.5, "attendances", 1702, 812, 124),
    (
        *(("africa", 0.384), ("asia-pacific", 0.24), ("western-europe-others", 0.2)),
        *(("latin-america-caribbean", 0.12), ("eastern-europe", 0.056)),
    ),
)
DAY = datetime(2030, 10, 8, 7, tzinfo=UTC)
COLUMNS = ("registered", "came", "people", "people_came")


def said(numbers, language="en") -> str:
    return sentence.text(sentence.parts(numbers, language))


def test_sentence_in_english_and_in_french():
    assert said(MANY) == (
        "13 sessions, 23.5 hours, 1,702 attendances of 812 people from 124 countries, 38% from Africa, 24% from Asia "
        "and the Pacific, 20% from Western Europe and other States, 12% from Latin America and the Caribbean and 6% "
        "from Eastern Europe."
    )
    assert said(MANY, "fr") == (
        "13 séances, 23,5 heures, 1\u202f702 participations de 812 personnes de 124 pays, dont 38\xa0% d’Afrique, "
        "24\xa0% d’Asie et du Pacifique, 20\xa0% d’Europe occidentale et d’autres États, 12\xa0% d’Amérique latine et "
        "des Caraïbes et 6\xa0% d’Europe orientale."
    )


@pytest.mark.parametrize(
    ("numbers", "english", "french"),
    [
        (Numbers(1, 1.0), "1 session, 1 hour.", "1 séance, 1 heure."),
        (Numbers(2, 1.5), "2 sessions, 1.5 hours.", "2 séances, 1,5 heure."),
        (Numbers(0, 0.0), "0 sessions, 0 hours.", "0 séance, 0 heure."),
        (
            Numbers(1, 1.0, "registrations", 6, 5, 1),
            "1 session, 1 hour, 6 registrations of 5 people from fewer than 5 countries.",
            "1 séance, 1 heure, 6 inscriptions de 5 personnes de moins de 5 pays.",
        ),
        (
            Numbers(1, 1.0, "attendances", 4, 1, 1),
            "1 session, 1 hour, fewer than 5 attendances of fewer than 5 people from fewer than 5 countries.",
            "1 séance, 1 heure, moins de 5 participations de moins de 5 personnes de moins de 5 pays.",
        ),
        (
            Numbers(1, 1.0, "attendances", 2_000_000, 1_000_000, 9),
            "1 session, 1 hour, 2,000,000 attendances of 1,000,000 people from 9 countries.",
            "1 séance, 1 heure, 2\u202f000\u202f000 de participations de 1\u202f000\u202f000 de personnes de 9 pays.",
        ),
    ],
)
def test_words_go_with_the_numbers_and_small_ones_are_not_told(numbers, english, french):
    assert (said(numbers), said(numbers, "fr")) == (english, french)


def test_sentence_in_the_other_languages():
    one_group = replace(MANY, shares=MANY.shares[:2])

    assert [said(one_group, language).replace("\xa0", " ") for language in ("es", "ru", "ar", "zh-hans")] == [
        "13 sesiones, 23,5 horas, 1.702 asistencias de 812 personas de 124 países, de ellas 38 % de África y 24 % de "
        "Asia y el Pacífico.",
        "13 сессий, 23,5 часа, 1 702 посещения 812 человек из 124 стран, в том числе 38 % из Африки и 24 % из "
        "Азиатско-Тихоокеанского региона.",
        "13 جلسة، 23.5 ساعة، 1,702 مرة حضور (812 شخصاً من 124 بلداً)، منهم 38% من أفريقيا و24% من آسيا والمحيط الهادئ.",
        "13场会议，23.5小时，来自124个国家和地区的812人出席1,702人次，其中38%来自非洲和24%来自亚太。",
    ]


def test_small_numbers_in_the_other_languages():
    few = Numbers(2, 1.0, "registrations", 21, 3, 1)

    assert [said(few, language).replace("\xa0", " ") for language in ("es", "ru", "ar", "zh-hans")] == [
        "2 sesiones, 1 hora, 21 inscripciones de menos de 5 personas de menos de 5 países.",
        "2 сессии, 1 час, 21 регистрация менее чем 5 человек из менее чем 5 стран.",
        "جلستان، ساعة واحدة، 21 تسجيلاً (أقل من 5 أشخاص من أقل من 5 بلدان).",
        "2场会议，1小时，来自不到5个国家和地区的不到5人报名21人次。",
    ]


@pytest.mark.parametrize("language", sentence_words.WORDS)
def test_each_word_has_the_forms_of_its_language(language):
    for counted in ("attendances", "registrations"):
        for number in (0, 1, 2, 5, 11, 21, 100, 102, 1_000_000):
            text = said(Numbers(number, number, counted, number, 9, number), language)
            assert "{" not in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_number_says_what_it_counts(language):
    counted = [part.counted for part in sentence.parts(MANY, language) if part.counted]

    assert counted == ["sessions", "hours", "attendances", "people", "countries", "shares"]
    assert all(
        any(letter.isdigit() for letter in part.text) == bool(part.counted) for part in sentence.parts(MANY, language)
    )


def tables(by_country, by_group, total) -> list[Table]:
    slots = tuple(Row(key, (0, 0, 0, 0)) for key in "1234")
    sessions = tuple(Row(key, (0, 0, 0, 0), tuple(parts)) for key, parts in [("a", "12"), ("b", "3"), ("c", "4")])
    whole = Row("total", total)
    return [
        Table("session", COLUMNS, sessions, whole, "slot"),
        Table("slot", COLUMNS, slots, whole),
        Table("country", COLUMNS, tuple(Row(key, values) for key, values in by_country.items()), whole),
        Table("un-group", COLUMNS, tuple(Row(key, values) for key, values in by_group.items()), whole, "country"),
    ]


def names(**called_off) -> Names:
    """Slots of 90 minutes, a day after each other."""
    slots = {}
    for number, key in enumerate("1234"):
        starts_at = DAY + timedelta(days=number)
        slots[key] = Name("Soils", starts_at, starts_at + timedelta(minutes=90), is_called_off=key == "3")
    return Names({"slot": slots})


AFTER_THREE_DAYS = DAY + timedelta(days=2, hours=20)
COUNTRIES = {"404": (30, 20, 20, 15), "756": (9, 0, 9, 0), "": (1, 1, 1, 1), "000": (2, 2, 2, 2), "004": (8, 7, 8, 7)}
GROUPS = {
    "africa": (30, 20, 20, 15),
    "western-europe-others": (9, 0, 9, 0),
    "": (3, 3, 3, 3),
    "asia-pacific": (8, 7, 8, 7),
}


def counted(true, shown=None) -> Numbers:
    return sentence.numbers(true, shown or true, names(), until=AFTER_THREE_DAYS)


def test_only_slots_that_were_held_are_counted():
    found = counted(tables(COUNTRIES, GROUPS, (50, 30, 40, 25)))

    assert (found.sessions, found.hours) == (1, 3.0)


def test_those_who_came_are_counted_without_countries_of_which_nobody_did():
    found = counted(tables(COUNTRIES, GROUPS, (50, 30, 40, 25)))

    assert (found.counted, found.places, found.people, found.countries) == ("attendances", 30, 25, 2)
    assert found.shares == (("africa", 15 / 25), ("asia-pacific", 7 / 25))


def test_those_who_registered_are_counted_where_nobody_knows_who_came():
    unknown = {key: (one, None, other, None) for key, (one, _came, other, _people) in GROUPS.items()}

    found = counted(tables(COUNTRIES, unknown, (50, None, 40, None)))

    assert (found.counted, found.places, found.people, found.countries) == ("registrations", 50, 40, 3)
    assert found.shares == (("africa", 20 / 40), ("western-europe-others", 9 / 40), ("asia-pacific", 8 / 40))


def test_group_that_others_do_not_see_is_not_in_it():
    true = tables(COUNTRIES, GROUPS, (50, 30, 40, 25))
    shown = tables(COUNTRIES, GROUPS | {"asia-pacific": (8, None, 8, None)}, (50, 30, 40, 25))

    assert counted(true, shown).shares == (("africa", 15 / 25),)


def test_no_group_is_named_where_a_larger_one_is_hidden():
    true = tables(COUNTRIES, GROUPS, (50, 30, 40, 25))
    shown = tables(COUNTRIES, GROUPS | {"africa": (30, None, 20, None)}, (50, 30, 40, 25))

    assert counted(true, shown).shares == ()


def test_number_that_is_hidden_for_the_sake_of_another_is_not_called_small():
    true, shown = tables(COUNTRIES, GROUPS, (50, 30, 40, 25)), tables(COUNTRIES, GROUPS, (50, None, 40, None))

    assert counted(true, shown).counted == "registrations"
    assert counted(true, tables(COUNTRIES, GROUPS, (None,) * 4)) == Numbers(1, 3.0)


def test_as_many_people_as_countries_are_not_told_where_no_country_is_shown():
    """They would be one from each."""
    one_each = {key: (9, 1, 9, 1) for key in ("404", "756", "004", "800", "512")}
    nobody_shown = {key: (9, None, 9, None) for key in one_each}
    true, shown = (tables(countries, GROUPS, (45, 5, 45, 5)) for countries in (one_each, nobody_shown))

    found = counted(true, shown)

    assert (found.counted, found.people, found.countries) == ("registrations", 45, 5)


def test_small_total_is_told_as_small_and_without_shares():
    true, shown = tables(COUNTRIES, GROUPS, (50, 4, 40, 3)), tables(COUNTRIES, GROUPS, (50, None, 40, None))

    found = counted(true, shown)

    assert "fewer than 5 attendances of fewer than 5 people" in said(found)
    assert found.shares == ()

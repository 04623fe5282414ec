"""Lists that stand in two rooms, because neither may know the other, are the same."""

from minamata_online.configuration import languages
from registrations.admin.attendance import wording
from registrations.attendance import reading
from registrations.figures import hiding, naming
from sessions import translations
from sessions.clocks import dates
from sessions.reference import countries


def test_each_language_has_its_dates_its_countries_and_texts_of_staff():
    six = {*languages.NAMES}

    assert six == {*translations.LANGUAGES, translations.ENGLISH} == {*dates.LOCALES}
    assert {code[:2] for code in six} == {*countries.LANGUAGES}


def test_each_layout_of_a_report_has_words():
    assert {*wording.LAYOUTS} == {*reading.LAYOUTS, "named", "other"}


def test_each_table_that_others_get_has_a_title():
    assert {*hiding.PUBLIC_KINDS} <= {*naming.TITLES}

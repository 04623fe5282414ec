"""The catalogues of texts: nothing in them loses a placeholder, and those of the languages on offer have every text."""

import re

import pytest
from django.conf import settings

from minamata_online.configuration import languages
from script import catalogues

TRANSLATED = [code for code in languages.NAMES if code != settings.LANGUAGE_CODE]


@pytest.fixture(scope="module")
def of_today():
    """Every text that participants can read: looking for them takes seconds."""
    return catalogues.texts()


def test_all_six_languages_are_on_offer():
    assert [code for code, _name in settings.LANGUAGES] == list(languages.NAMES)


def test_no_line_of_russian_can_begin_with_a_dash():
    """A space before it that does not break belongs to the dash."""
    strings = [message.string for message in catalogues.read("ru") if message.id]
    texts = [text for each in strings for text in ([each] if isinstance(each, str) else each)]

    assert len(texts) > 1000
    assert [text for text in texts if " \N{EM DASH}" in text] == []


@pytest.mark.parametrize(("language", "de"), [("es", r"de "), ("fr", r"d(?:e |\N{RIGHT SINGLE QUOTATION MARK})")])
def test_de_stands_between_number_and_noun_from_a_million_on_alone(language, de):
    """The middle form is of millions: “3 ans”, “1 000 000 d’années”. It is not the form of two and more."""
    plurals = [message.string for message in catalogues.read(language) if message.pluralizable]
    with_de = re.compile(rf"%\((?:number|count|days|minutes)\)s\s{de}")

    assert len(plurals) > 40
    assert [string for string in plurals if with_de.search(string[0]) or with_de.search(string[2])] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_text_of_today_is_translated_and_keeps_its_placeholders_plurals_and_tags(of_today, language):
    catalogue = catalogues.read(language)

    wanted = {(message.id, message.context) for message in of_today if message.id}
    assert {(message.id, message.context) for message in catalogue if message.id} == wanted, catalogues.__doc__
    assert catalogues.problems(catalogue) == []


def test_texts_of_templates_modules_and_plurals_are_found(of_today):
    ids = {message.id for message in of_today}

    assert {"Programme", "Please write your name.", ("in %(count)s day", "in %(count)s days")} <= ids


def test_every_plural_says_its_number(of_today):
    """In Russian, 21 has the form of 1. Where exactly one needs other words, the code chooses between two texts."""
    plurals = [message.id for message in of_today if message.pluralizable]

    numbers = {"number", "count", "days", "minutes"}
    silent = [ids for ids in plurals for text in ids if not numbers & set(catalogues.PLACEHOLDER.findall(text))]
    assert silent == []


def test_numbers_are_written_by_the_module_of_dates(of_today):
    ids = [text for message in of_today for text in (message.id if message.pluralizable else [message.id])]

    assert [text for text in ids if re.search(r"%(\(\w+\))?d", text)] == []


def test_words_of_the_desk_are_left_out(of_today):
    names = {name for message in of_today for name, _line in message.locations}
    ids = {message.id for message in of_today}

    assert {"Government of a Party", "Recording", "by invitation only", "About and contact"} <= ids, "choices of models"
    assert not {"UN M49 code, three digits.", "Moderator", "summary of a sign-up", "The person has cancelled."} & ids
    assert {name for name in names if "/models/" in name} == set(catalogues.CHOICES_SEEN)


@pytest.mark.parametrize(
    ("one", "many", "texts", "problem"),
    [
        ("%(a)s", "", ["%(b)s"], "unknown placeholder"),
        ("%(a)s", "", ["rien"], "no placeholder"),
        ("<b>%(a)s</b>", "", ["%(a)s"], "other tags"),
        ("Yes ", "", ["Oui"], "other tags or blanks"),
        ("Yes", "", [""], "not translated"),
        ("%(n)s day", "%(n)s days", ["un jour", "", "%(n)s jours"], "not translated"),
        ("%(n)s day", "%(n)s days", ["%(n)s jour", "%(n)s de jours", "des jours"], "no placeholder"),
    ],
)
def test_mistakes_of_translators_are_told(one, many, texts, problem):
    catalogue = catalogues.Catalog(locale="fr")
    catalogue.add((one, many) if many else one, tuple(texts) if many else texts[0])

    [found] = catalogues.problems(catalogue)

    assert found.startswith(problem)

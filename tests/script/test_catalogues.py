"""The catalogues of texts: nothing in them loses a placeholder, and those of the languages on offer have every text."""

import re

import pytest
from django.conf import settings

from minamata_online.configuration import languages
from script import catalogues

TRANSLATED = [code for code in languages.NAMES if catalogues.path_of(code).exists()]
OFFERED = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_loses_a_placeholder_a_plural_or_a_tag(language):
    problems = catalogues.problems(catalogues.read(language))

    assert [problem for problem in problems if not problem.startswith("not translated")] == []


def test_no_line_of_russian_can_begin_with_a_dash():
    """A space before it that does not break belongs to the dash."""
    strings = [message.string for message in catalogues.read("ru") if message.id]
    texts = [text for each in strings for text in ([each] if isinstance(each, str) else each)]

    assert len(texts) > 1000
    assert [text for text in texts if " \N{EM DASH}" in text] == []


# None while English alone is on offer.
@pytest.mark.parametrize("language", OFFERED or ["en"])
def test_language_on_offer_has_every_text_of_today(language):
    if language == settings.LANGUAGE_CODE:
        assert OFFERED == []
        return
    catalogue = catalogues.read(language)

    of_today = {(message.id, message.context) for message in catalogues.texts() if message.id}
    assert {(message.id, message.context) for message in catalogue if message.id} == of_today, catalogues.__doc__
    assert catalogues.problems(catalogue) == []


def test_texts_of_templates_modules_and_plurals_are_found():
    ids = {message.id for message in catalogues.texts()}

    assert {"Programme", "Please write your name.", ("in %(count)s day", "in %(count)s days")} <= ids


def test_every_plural_says_its_number():
    """In Russian, 21 has the form of 1. Where exactly one needs other words, the code chooses between two texts."""
    plurals = [message.id for message in catalogues.texts() if message.pluralizable]

    numbers = {"number", "count", "days", "minutes"}
    silent = [ids for ids in plurals for text in ids if not numbers & set(catalogues.PLACEHOLDER.findall(text))]
    assert silent == []


def test_numbers_are_written_by_the_module_of_dates():
    ids = [text for message in catalogues.texts() for text in (message.id if message.pluralizable else [message.id])]

    assert [text for text in ids if re.search(r"%(\(\w+\))?d", text)] == []


def test_words_of_the_desk_are_left_out():
    names = {name for message in catalogues.texts() for name, _line in message.locations}
    ids = {message.id for message in catalogues.texts()}

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

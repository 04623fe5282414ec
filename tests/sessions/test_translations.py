"""Texts of staff in other languages: what a reader gets, and whether a translation is as new as its English."""

import pytest
from django.utils import translation

from sessions import models, translations
from sessions.models import Question, Season, Session
from sessions.translations import Said, State

TRANSLATED = [model for model in vars(models).values() if hasattr(model, "TRANSLATED")]


@pytest.fixture
def session():
    session = Session(title="Mercury in trade", summary="")
    translations.put(session, "title", "ar", "الزئبق في التجارة")
    return session


def test_reader_gets_the_translation_or_marked_english(session):
    said = [translations.said(session, "title", code) for code in ("ar", "fr", "en")]

    assert said == [
        Said("الزئبق في التجارة", "ar", False),
        Said("Mercury in trade", "en", True),
        Said("Mercury in trade", "en", False),
    ]


def test_page_decides_the_language_where_none_is_named(session):
    with translation.override("ar"):
        assert translations.words(session, "title") == "الزئبق في التجارة"
    with translation.override(None):
        assert translations.words(session, "title") == "Mercury in trade"


@pytest.mark.parametrize("written", ["", "Secretariat of the Minamata Convention on Mercury"])
def test_secretariat_has_its_name_in_the_readers_language_however_a_season_says_it(written):
    season = Season(organiser=written)

    with translation.override("ar"):
        assert season.organised_by == "أمانة اتفاقية ميناماتا بشأن الزئبق"


def test_another_organiser_is_named_as_staff_write_it():
    season = Season(organiser="Ministry of the Environment")

    with translation.override("ar"):
        assert season.organised_by == "Ministry of the Environment"
        translations.put(season, "organiser", "ar", "وزارة البيئة")
        assert season.organised_by == "وزارة البيئة"


def test_text_without_english_is_empty_in_every_language(session):
    translations.put(session, "title", "fr", "Le mercure")
    session.title = ""

    assert translations.said(session, "title", "fr") == Said("", "fr", False)
    assert translations.state(session, "title", "fr") == State.NO_ENGLISH


def test_hidden_and_emptied_translations_are_english_again(session):
    translations.put(session, "title", "ar", "سر", hidden=True)
    assert translations.said(session, "title", "ar") == Said("Mercury in trade", "en", True)
    assert translations.typed(session, "title", "ar") == "سر"

    translations.put(session, "title", "ar", "")
    assert session.translations == {}


def test_states_of_a_translation(session):
    assert translations.state(session, "title", "fr") == State.MISSING
    assert translations.state(session, "title", "ar") == State.THERE

    session.title = "Mercury in world trade"
    assert translations.state(session, "title", "ar") == State.CHANGED
    assert translations.words(session, "title", "ar") == "الزئبق في التجارة"


def test_blanks_and_line_ends_of_the_english_are_no_change():
    assert translations.digest(" One\r\nTwo\n") == translations.digest("One\nTwo")


def test_choices_are_translated_as_a_list():
    question = Question(words="How?", choices=["By train", "On foot"])
    translations.put(question, "choices", "fr", ["En train", "À pied"])

    assert translations.words(question, "choices", "fr") == ["En train", "À pied"]
    assert translations.words(question, "choices", "es") == ["By train", "On foot"]

    question.choices = ["On foot", "By train"]
    assert translations.words(question, "choices", "fr") == ["On foot", "By train"]


def test_another_row_does_not_share_what_is_put():
    session = Session(translations={"ar": {"title": {"text": "س", "of": ""}}})
    copy = Session(translations=session.translations)

    translations.put(copy, "title", "ar", "")

    assert session.translations != copy.translations


@pytest.mark.parametrize("model", TRANSLATED)
def test_named_columns_exist(model):
    columns = {field.name for field in model._meta.concrete_fields}

    assert {*model.TRANSLATED, "translations"} <= columns


def test_translations_of_some_columns():
    session = Session(title="Trade", summary="About it")
    translations.put(session, "title", "ar", "التجارة")
    translations.put(session, "summary", "fr", "Du commerce")

    assert list(translations.of_columns(session, ["title"])) == ["ar"]

"""People are found whatever the case, accents, apostrophes and order of the words that somebody types."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.migrations import RunPython

from registrations.enrolment import own_details
from registrations.models import Participant
from registrations.people import search
from registrations.privacy import anonymisation
from sessions.clocks import moment
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.correcting import OLD, RIGHT, correct, somebody_registered
from tests.support.registrations.signing_up import NOW, details, register

pytestmark = pytest.mark.django_db

FINDS = [
    ("Nguyen", "Nguyễn Thị Minh"),
    ("nguyễn", "NGUYEN THI MINH"),
    ("jose", "JOSÉ GARCÍA"),
    ("JOSÉ", "Jose Garcia"),
    ("дмитрий", "Дмитрий Ёлкин"),
    ("елкин дмитрии", "Дмитрий Ёлкин"),
    ("strasse", "Anna Straße"),
    ("straße", "ANNA STRASSE"),
    ("soren lukasz djordje", "Łukasz Søren Đjorđje"),
    ("ilgin", "Ilgın İNCE"),
    ("ince", "Ilgın İNCE"),
    ("thorir", "Þórir Ægisson"),
    ("aegisson", "Þórir Ægisson"),
    ("obrien", "Mary O’Brien"),
    ("o'brien", "Mary O’Brien"),
    ("OʼBrien", "Mary O'Brien"),
    ("anne marie", "Anne-Marie Curie"),
    ("Anne‑Marie", "Anne Marie Curie"),
    ("παπασ", "Γιώργος Παπάς"),
    ("احمد", "أَحْمَد مُحَمَّد"),
    ("علی کریم", "علي كريم"),
    ("小龙", "李小龙"),
    ("李 小龙", "李小龙"),
    ("ガンダ", "ガンダ 太郎"),
    ("हिन्दी", "हिन्दी"),
]


def found(typed) -> list[str]:
    matching = search.matching(typed)
    return sorted(Participant.objects.filter(matching).values_list("name", flat=True)) if matching else []


@pytest.mark.parametrize(("typed", "name"), FINDS)
def test_name_is_found_and_others_are_not(typed, name):
    ParticipantFactory(name="Somebody Else", email="else@example.org")
    ParticipantFactory(name=name, email="x@example.org")

    assert found(typed) == [name]


def test_words_stand_in_any_order_and_each_must_be_there():
    ParticipantFactory(name="Wanjiru Kamau", email="w@example.net", organisation="Ministry of Mining")

    assert found("mining KAMAU w@example") == ["Wanjiru Kamau"]
    assert found("mining Otieno") == []


def test_address_is_found_as_its_owner_writes_it():
    ParticipantFactory(name="Mia", email="mia@xn--fa-hia.de")

    assert found("Mia@faß.de") == ["Mia"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "100%"])
def test_wild_cards_of_the_database_are_letters(typed):
    ParticipantFactory(name="Amina")

    assert found(typed) == []


@pytest.mark.parametrize("typed", ["-", "'", "\u0301"])
def test_where_no_word_is_left_nobody_is_found(typed):
    ParticipantFactory(name="Jean-Luc d'Or")

    assert search.matching(typed) is None


def test_thousands_of_words_are_no_error():
    ParticipantFactory(name="Amina")

    assert found("amina " * 4000) == ["Amina"]


def test_who_signs_up_is_found():
    register(OccurrenceFactory(), email="jose@example.org", name="José García")

    assert found("garcia jose") == ["José García"]


def test_who_corrects_their_name_is_found_by_the_new_one_alone():
    person = ParticipantFactory(name="Maria")

    own_details.correct(participant=person, details=details("Łucja", organisation="Ångström AS"), now=NOW)

    assert (found("lucja angstrom"), found("maria")) == (["Łucja"], [])


def test_who_has_another_address_is_found_by_the_new_one_alone():
    person = somebody_registered(OccurrenceFactory())

    correct(person)

    assert (found(RIGHT), found(OLD)) == ([person.name], [])


def test_who_erases_their_details_is_found_by_nothing():
    person = ParticipantFactory(name="Maria", email="maria@example.org")

    anonymisation.anonymise([person], now=moment.now())

    assert Participant.objects.get().search_text == ""
    assert found("maria") == []


def test_who_was_stored_by_an_earlier_version_is_found_as_written_and_then_folded():
    ParticipantFactory(name="José García", search_text="")
    assert (found("garcía JOS"), found("garcia")) == (["José García"], [])

    assert (search.bring_up_to_date(), search.bring_up_to_date()) == (1, 0)

    assert found("garcia") == ["José García"]


def test_who_was_renamed_by_an_earlier_version_is_folded_anew_and_who_is_erased_is_not():
    Participant.objects.filter(pk=ParticipantFactory(name="Maria").pk).update(name="Łucja")
    anonymisation.anonymise([ParticipantFactory()], now=moment.now())

    assert search.bring_up_to_date() == 1

    assert (found("lucja"), found("maria")) == (["Łucja"], [])
    assert Participant.objects.filter(search_text="").count() == 1


def test_who_was_erased_by_an_earlier_version_is_found_no_more():
    person = ParticipantFactory(name="Maria", email="maria@example.org")
    anonymisation.anonymise([person], now=moment.now())
    Participant.objects.update(search_text="maria maria@example.org")

    assert search.bring_up_to_date() == 1

    assert Participant.objects.get().search_text == ""


def test_who_is_erased_while_the_migration_folds_stays_erased(monkeypatch):
    migration = import_module("registrations.migrations.0039_fold_search_text")
    person = ParticipantFactory(name="Maria", search_text="")

    def erased_meanwhile(**details):
        anonymisation.anonymise([person], now=moment.now())
        return fold(**details)

    fold = search.text_of
    monkeypatch.setattr(search, "text_of", erased_meanwhile)
    migration.fold(apps, None)

    assert Participant.objects.get().search_text == ""


def test_step_of_the_migration_that_is_not_one_transaction_changes_no_table():
    migration = import_module("registrations.migrations.0039_fold_search_text").Migration

    assert [type(step) for step in migration.operations] == [RunPython]


def test_migration_folds_everybody_in_batches_and_leaves_out_who_is_erased(monkeypatch):
    migration = import_module("registrations.migrations.0039_fold_search_text")
    monkeypatch.setattr(migration, "PEOPLE_AT_ONCE", 2)
    for name in ["José", "Łucja", "Đorđe", "Ilgın", "Nguyễn"]:
        ParticipantFactory(name=name, email="x@example.org", search_text="")
    anonymisation.anonymise([ParticipantFactory()], now=moment.now())

    migration.fold(apps, None)

    texts = sorted(Participant.objects.values_list("search_text", flat=True))
    assert texts == ["", *(f"{name} x@example.org" for name in ["dorde", "ilgin", "jose", "lucja", "nguyen"])]

"""What may be typed into fields for names, lines and paragraphs."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from registrations.people import validators
from tests.support.registrations.names import HOSTILE_NAMES, REAL_NAMES


@pytest.mark.parametrize("name", REAL_NAMES)
def test_real_name_passes(name):
    validators.validate_name(validators.tidy_name(name))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Md.Rahman", "Md. Rahman"),
        ("Dr.Li", "Dr. Li"),
        ("J.R.R.Tolkien", "J.R.R. Tolkien"),
        ("J.R.R. Tolkien", "J.R.R. Tolkien"),
        ("Ana M.", "Ana M."),
        ("Sukarno, S.Pd", "Sukarno, S. Pd"),
        ("Evil.Com", "Evil. Com"),
    ],
)
def test_name_after_a_full_stop_gets_its_space(typed, kept):
    assert validators.tidy_name(typed) == kept


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_name_with_link_markup_or_trick_is_refused_in_plain_words(name):
    with pytest.raises(ValidationError) as refusal:
        validators.validate_name(validators.tidy_name(name))

    assert refusal.value.messages[0].startswith(("Please ", "This looks like a web address.", "There is an invisible"))


def test_name_that_outgrows_its_folded_column_is_refused():
    ligature_of_18_letters = "\ufdfa"

    with pytest.raises(ValidationError):
        validators.validate_name(ligature_of_18_letters * 200)


def test_tidy_composes_letters_and_keeps_single_spaces():
    assert validators.tidy("  Rene\u0301 \u00a0 \t Curie\t") == "René Curie"


@pytest.mark.parametrize(
    "organisation",
    [
        *(
            "Ministry of Health & Environment (MoH/MoE), Dept. 5",
            "Côte d'Ivoire – CNRA",
            "3M",
            "环境保护部",
            "U.S. EPA",
        ),
        *("350.org", "Change.org", "Amazon.com, Inc.", "Health Care Without Harm / noharm.org", "Alibaba.com"),
    ],
)
def test_real_organisation_passes(organisation):
    validators.validate_organisation(organisation)


@pytest.mark.parametrize(
    "organisation", ["https://evil.test", "www.evil.com", "evil.com/win", "<script>", "a@b", "Ministry\x07", "12"]
)
def test_organisation_with_link_or_markup_is_refused(organisation):
    with pytest.raises(ValidationError):
        validators.validate_organisation(organisation)


def test_other_line_may_be_no_domain_either():
    validators.validate_line("Head of Unit (Chemicals/Waste), 3rd floor")

    with pytest.raises(ValidationError):
        validators.validate_line("Head of evil.com")


def test_organisation_may_be_a_domain_because_it_is_in_no_mail_to_people():
    mails = Path(settings.BASE_DIR, "templates", "emails").rglob("*.*")

    assert [str(mail) for mail in mails if "participant.organisation" in mail.read_text()] == []


def test_access_needs_may_have_paragraphs():
    validators.validate_paragraphs("Captions, please.\r\n\r\nScreen reader: https://example.org works.")


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "\ufffd"])
def test_access_needs_without_invisible_tricks(text):
    with pytest.raises(ValidationError):
        validators.validate_paragraphs(text)


@pytest.mark.parametrize(
    "characters", ["a.", "A.b", "a. ", "www.", "a@a.", "\ufdfa", "\u0344", "e\u0301\u0323", " \u00a0"]
)
@pytest.mark.parametrize("validate", ["validate_name", "validate_line", "validate_organisation"])
def test_huge_line_is_refused_at_once_whatever_is_in_it(validate, characters):
    began = time.process_time()

    with pytest.raises(ValidationError):
        getattr(validators, validate)(characters * (250_000 // len(characters)))

    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("characters", ["a.", "A.b", "www.", "\ufdfa", "\u0344"])
def test_line_as_long_as_can_be_is_judged_at_once(characters):
    line = characters * (validators.LONGEST_LINE // len(characters))
    began = time.process_time()

    for validate in (validators.validate_name, validators.validate_line, validators.validate_organisation):
        with suppress(ValidationError):
            validate(line)

    assert time.process_time() - began < 0.5

"""The paper says the name as its person writes it, whatever the script, and its code leads to the check."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from registrations.certificates import numbers, paper
from registrations.certificates.words import CertificateWords
from sessions import translations
from sessions.models import Session
from sessions.typesetting import typesetter
from tests.factories import OccurrenceFactory, RegistrationFactory, SessionFactory
from tests.support.registrations.certificates import certificate_of, certify, held, was_there
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts

pytestmark = pytest.mark.django_db
NAMES = {
    "ar": "محمد عبد الله",
    "zh-hans": "李小龙",
    "ru": "Дмитрий Ёлкин",
    "fr": "Nguyễn Thị Minh Khai",
    "en": "Suharto",
    "es": "Ñ" * 190 + " Gil",
}
# Of titles. The Chinese ones are usual characters from the first row of GB 2312, as many as 13 titles have.
LETTERS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "zh-hans": bytes(each for number in range(0xA1, 0xFF) for each in (0xB0, number)).decode("gb2312"),
}
MOST_OCTETS = 40 * 1024
# Decision 0089: outlines of Chinese characters.
MOST_OCTETS_IN_CHINESE = 57 * 1024


def certificate(language="en", name="Suharto", **more):
    slot = held(**({"session__title": "Mercury in air"} | more))
    return certificate_of(was_there(slot, 45, participant__name=name, participant__language=language))


def text_of(octets) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(octets)).pages)


def letters(text) -> str:
    """Arabic is read from a PDF in the order in which it is drawn, and long names are broken into lines."""
    return "".join(sorted("".join(text.split())))


@pytest.mark.parametrize(("language", "name"), NAMES.items())
def test_name_number_and_both_languages_are_on_it(language, name):
    made = certificate(language, name)

    octets = paper.of(made)

    text = text_of(octets)
    if language == "ar":
        assert [each for each in text.splitlines() if letters(each) == letters(name)]
    else:
        assert "".join(name.split()) in "".join(text.split())
    for said in (numbers.shown(made.number), "Certificate of participation", "Mercury in air", "2030-10-08", "45"):
        assert said in text
    assert len(octets) <= MOST_OCTETS
    assert PdfReader(BytesIO(octets)).trailer["/Root"]["/Lang"].startswith(language.partition("-")[0])


def test_session_in_parts_has_its_first_and_last_day_and_a_meeting_over_midnight_the_first():
    in_parts = slot_in_parts(MORNING, MORNING + DAY)
    at_night = OccurrenceFactory(starts_at=MORNING + 14 * HOUR, ends_at=MORNING + 16 * HOUR)

    certificates = [certify(RegistrationFactory(occurrence=slot)) for slot in (in_parts, at_night)]

    text, other = (text_of(paper.of(each)) for each in certificates)
    assert ("2030-10-08 –" in text, "2030-10-09" in text) == (True, True)
    assert ("2030-10-08" in other, "2030-10-09" in other) == (True, False)
    [line] = CertificateWords(certificates[0]).lines
    assert line.day == "8 October 2030 – 9 October 2030"


def test_title_with_signs_that_no_font_has_is_printed_without_them():
    made = certificate(session__title="Step 1\ufe0f\u20e3: fish \N{FISH}\ufeff in 2030")

    assert "Step1:fishin2030" in "".join(re.sub(r"[^\x20-\x7f]", "", text_of(paper.of(made))).split())


def test_same_certificate_is_the_same_octets():
    made = certificate()

    assert paper.of(made) == paper.of(made)


def test_name_is_never_markup():
    made = certificate(name="Ana")
    made.name = '#import "/etc/passwd" $x$ *bold* _em_ @ref <label> \\'

    assert 'import"/etc/passwd"$x$*bold*_em_@ref<label>\\' in "".join(text_of(paper.of(made)).split())


def test_rehearsal_says_so():
    assert "REHEARSAL" in text_of(paper.of(certificate(session__season__is_rehearsal=True)))
    assert "REHEARSAL" not in text_of(paper.of(certificate()))


@pytest.mark.parametrize(
    ("language", "most"), [("ar", MOST_OCTETS), ("ru", MOST_OCTETS), ("zh-hans", MOST_OCTETS_IN_CHINESE)]
)
def test_season_of_13_sessions_is_all_on_it_within_the_weight(language, most):
    slot = held(session__title="Session 0")
    registration = was_there(slot, 45, participant__name=NAMES[language], participant__language=language)
    more = {"season": slot.session.season, "stream": slot.session.stream}
    sessions = [slot.session, *(SessionFactory(title=f"Session {number}", **more) for number in range(1, 13))]
    for number, session in enumerate(sessions):
        translations.put(session, "title", language, title_of(language, number))
        session.save()
        if number:
            was_there(held(session=session), 45, participant=registration.participant)

    octets = paper.of(certificate_of(registration, of_season=True))

    text = text_of(octets)
    assert [number for number in range(13) if f"Session {number}" not in text] == []
    assert set("".join(title_of(language, number) for number in range(13))) <= set(text)
    assert len(octets) <= most


def title_of(language, number) -> str:
    return "".join(LETTERS[language][(number * 18 + each) % len(LETTERS[language])] for each in range(18))


def test_session_by_invitation_is_not_on_that_of_the_season():
    slot = held()
    registration = was_there(slot)
    more = {"season": slot.session.season, "stream": slot.session.stream}
    hidden = held(session=SessionFactory(title="Behind doors", access=Session.Access.INVITATION, **more))
    was_there(hidden, participant=registration.participant)

    assert "Behind doors" not in text_of(paper.of(certificate_of(registration, of_season=True)))


def test_characters_that_no_font_has_are_named():
    assert paper.missing("Ana भारती 李小龙 محمد") == "भारती"
    assert paper.missing("Ana 李小龙 محمد Ёлкин Nguyễn") == ""


def test_letters_that_no_font_has_are_left_out_of_a_title_but_not_of_the_name():
    """A title with an emoji, or an organiser in Thai letters, was an error for everybody who wanted the file."""
    octets = paper.of(certificate(session__title="Mercury \U0001f600 in air", session__season__organiser="ปรอท"))

    assert "Mercury  in air" in text_of(octets) or "Mercury in air" in text_of(octets)
    with pytest.raises(typesetter.MissingCharacters):
        paper.of(certificate(name="अनिल"))

"""What mails say of a session that is at night for their reader."""

from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser

import pytest

from registrations.mail import notices
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 10, 1, tzinfo=UTC)
# 03:00 in Nuku'alofa, and 09:00.
AT_NIGHT, BY_DAY = datetime(2030, 10, 8, 14, 0, tzinfo=UTC), datetime(2030, 10, 8, 20, 0, tzinfo=UTC)


def parsed(message):
    return BytesParser(policy=policy.default).parsebytes(bytes(message.octets))


def text_of(message) -> str:
    return parsed(message).get_body(["plain"]).get_content()


def html_of(message) -> str:
    return parsed(message).get_body(["html"]).get_content()


@pytest.fixture
def person():
    return ParticipantFactory(timezone="Pacific/Tongatapu", confirmed_at=NOW)


def seat_of(person, starts_at=AT_NIGHT):
    return RegistrationFactory(
        participant=person, occurrence=OccurrenceFactory(session__season=person.season, starts_at=starts_at)
    )


def one_mail(person, *seats):
    return notices.confirmation(person, list(seats), now=NOW)[0]


def test_other_slot_by_day_is_named_with_the_way_to_it(person):
    seat = seat_of(person)
    OccurrenceFactory(session=seat.session, starts_at=BY_DAY)

    mail = one_mail(person, seat)

    way = f"/my/{person.key}/{seat.session.slug}/time-slot/"
    for words in (text_of(mail), html_of(mail)):
        assert "The other time slot is not at night for you: Wednesday 9 October 2030, 09:00–10:00" in words
        assert way in words
    assert "recordings/" not in text_of(mail)


def test_session_held_once_offers_its_recording(person):
    mail = one_mail(person, seat_of(person))

    assert all(f"/my/{person.key}/recordings/" in words for words in (text_of(mail), html_of(mail)))
    assert "You need not get up for it." in text_of(mail)


def test_who_gets_recordings_reads_so(person):
    person.wants_announcements = True

    mail = one_mail(person, seat_of(person))

    assert "we send you the recording once it is published" in text_of(mail)
    assert "recordings/" not in text_of(mail)


def test_by_day_nothing_of_it_is_said(person):
    mail = one_mail(person, seat_of(person, BY_DAY))

    assert "at night" not in text_of(mail)
    assert "recordings/" not in text_of(mail)


def test_summary_names_each_night(person):
    night, day = seat_of(person), seat_of(person, BY_DAY + timedelta(days=1))

    mail = one_mail(person, night, day)

    assert mail.kind == "summary"
    for words in (text_of(mail), html_of(mail)):
        assert words.count("this is at night in your time") == 1
        assert f"/my/{person.key}/recordings/" in words


def test_reminder_says_it_too(person):
    seat = seat_of(person)

    mail = notices.reminder(seat, message_id="<a@b.example>", now=AT_NIGHT - timedelta(hours=24))

    assert f"/my/{person.key}/recordings/" in text_of(mail)

"""What mails say of a session that is at night for their reader."""

from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from itertools import product

import pytest

from registrations.mail import notices
from registrations.mail.notices import delegations
from registrations.models import Registration
from sessions.models import Occurrence, Part
from sessions.plain_text import one_line
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
    assert "You need not get up at night for this session." in text_of(mail)


def test_full_slot_by_day_is_named_with_the_way_to_its_list_beside_the_recording(person):
    seat = seat_of(person)
    OccurrenceFactory(session=seat.session, starts_at=BY_DAY, capacity=0)

    mail = one_mail(person, seat)

    for words in (text_of(mail), html_of(mail)):
        assert "but it is full: Wednesday 9 October 2030, 09:00–10:00" in one_line(words)
        assert "To wait for a place in it, cancel this registration, then come back." in one_line(words)
        assert f"/my/{person.key}/recordings/" in words


def test_who_waits_at_night_can_wait_for_the_slot_by_day_instead(person):
    seat = seat_of(person)
    seat.status, seat.waiting_since = Registration.Status.WAITLISTED, NOW
    seat.save()
    OccurrenceFactory(session=seat.session, starts_at=BY_DAY, capacity=0)

    one, several = one_mail(person, seat), one_mail(person, seat, seat_of(person, BY_DAY))

    for mail, words in product((one, several), (text_of, html_of)):
        assert "and it is full, too: Wednesday 9 October 2030, 09:00–10:00" in one_line(words(mail))
        assert f"/my/{person.key}/{seat.session.slug}/time-slot/" in words(mail)
    assert (one.kind, several.kind) == ("waitlisted", "summary")


def test_who_is_registered_already_or_named_reads_the_way_out(person):
    seat = seat_of(person)
    by_day = OccurrenceFactory(session=seat.session, starts_at=BY_DAY)
    named = delegations.named(person, [seat], by="Grace", now=NOW)

    mails = [notices.already_registered(person, now=NOW), named]
    by_day.delete()
    mails_without = [notices.already_registered(person, now=NOW)]

    for mail, words in product(mails, (text_of, html_of)):
        assert f"/my/{person.key}/{seat.session.slug}/time-slot/" in words(mail)
    assert f"/my/{person.key}/recordings/" in text_of(mails_without[0])


def test_list_of_a_focal_point_tells_where_each_person_finds_the_way_out(person):
    slot = OccurrenceFactory(session__season=person.season, starts_at=AT_NIGHT)
    typed = delegations.typed([slot], [], ["Omar Said"], has_mail=False)

    alone = delegations.delegation(person, [slot], [], typed, now=NOW)
    OccurrenceFactory(session=slot.session, starts_at=BY_DAY)
    [slot] = Occurrence.objects.filter(pk=slot.pk).select_related("session__season")
    beside = delegations.delegation(person, [slot], [], typed, now=NOW)

    for words in (text_of, html_of):
        assert "Each person can ask for the recording on their own page." in one_line(words(alone))
        assert "UTC+13). Each person can change to it" in one_line(words(beside))
    assert "time-slot/" not in text_of(beside)


def test_sessions_that_a_mail_names_besides_have_the_word_alone(person):
    beside = seat_of(person)

    mail = one_mail(person, seat_of(person, BY_DAY))

    assert beside.session.title in text_of(mail)
    assert "this is at night in your time" in text_of(mail)
    assert "recordings/" not in text_of(mail)


def test_who_gets_recordings_reads_so(person):
    person.wants_announcements = True

    mail = one_mail(person, seat_of(person))

    assert "we send you the recording once it is published" in text_of(mail)
    assert "recordings/" not in text_of(mail)


def test_by_day_nothing_of_it_is_said(person):
    mail = one_mail(person, seat_of(person, BY_DAY))

    assert "at night" not in text_of(mail)
    assert "recordings/" not in text_of(mail)


def test_question_after_a_declined_entry_names_the_way_out(person):
    seat = seat_of(person)

    alone = notices.declined(seat, now=NOW)
    OccurrenceFactory(session=seat.session, starts_at=BY_DAY)
    beside = notices.declined(seat, now=NOW, proposes_time=True)

    for words in (text_of, html_of):
        assert f"/my/{person.key}/recordings/" in words(alone)
        assert "The other time slot is not at night for you: Wednesday 9 October 2030, 09:00–10:00" in words(beside)


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


@pytest.mark.parametrize("is_called_off", [False, True])
def test_night_of_a_later_part_is_named_unless_it_is_called_off(person, is_called_off):
    hour, night = timedelta(hours=1), AT_NIGHT + timedelta(days=1)
    parts = (Part(1, BY_DAY, BY_DAY + hour), Part(2, night, night + hour, is_called_off=is_called_off))
    slot = OccurrenceFactory(session__season=person.season, starts_at=BY_DAY, ends_at=night + hour, parts=parts)

    mail = one_mail(person, RegistrationFactory(participant=person, occurrence=slot))

    named = ["this is at night in your time" in words for words in (text_of(mail), html_of(mail))]
    assert named == [not is_called_off] * 2

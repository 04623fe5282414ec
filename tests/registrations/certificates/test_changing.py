"""Withdrawing and replacing certificates, and those of speakers."""

from datetime import timedelta

import pytest

from registrations.certificates import changing, checking, doubts
from registrations.certificates.checking import Answer
from registrations.certificates.doubts import Doubt
from registrations.mail import composing
from registrations.models import Certificate, Message, Participant
from registrations.rescheduling import changes
from sessions.models import Season, Session
from tests.factories import ParticipantFactory, RegistrationFactory
from tests.support.calendars import read_mail
from tests.support.registrations.certificates import (
    AFTER,
    STARTS_AT,
    certificate_of,
    held,
    held_on_three_days,
    was_there,
)

pytestmark = pytest.mark.django_db
BY = {"now": AFTER, "by": None}
DAY = timedelta(days=1)
LATER = STARTS_AT + 3 * DAY


def replace(certificate):
    seen = Certificate.objects.get(pk=certificate.pk)
    shown = changing.fingerprint(seen, changing.now_attended(seen, now=AFTER))
    return changing.replace(certificate_id=certificate.pk, shown=shown, **BY)


@pytest.fixture
def certificate():
    return certificate_of(was_there(held(), participant__name="Ana"))


def answer(certificate, name="Ana"):
    return checking.check(number=certificate.number, name=name, now=AFTER).answer


def doubtful(certificate):
    is_doubtful = doubts.doubtful().filter(pk=certificate.pk).exists()
    found = doubts.of(Certificate.objects.get(pk=certificate.pk))
    assert is_doubtful == bool(found)
    return set(found)


def test_withdrawn_it_is_checked_as_such(certificate):
    changing.withdraw(certificate_id=certificate.pk, reason="Somebody else was there", **BY)

    assert answer(certificate) == Answer.WITHDRAWN
    with pytest.raises(changing.ChangedMeanwhile):
        changing.withdraw(certificate_id=certificate.pk, reason="Once more", **BY)


def test_corrected_name_replaces_the_old_one_and_a_mail_says_so(certificate):
    Participant.objects.update(certificate_name="Ana María")

    new = replace(certificate)

    assert (answer(certificate), answer(new, "ana maria")) == (Answer.REPLACED, Answer.MATCHES)
    mail = Message.objects.get()
    composing.prepare(mail, now=AFTER)
    assert "A corrected certificate replaces" in read_mail(mail).get_body(("plain",)).get_content()
    assert doubtful(new) == set()


def test_other_name_than_was_shown_replaces_nothing(certificate):
    shown = changing.fingerprint(certificate, changing.now_attended(certificate, now=AFTER))
    Participant.objects.update(certificate_name="Anna")

    with pytest.raises(changing.ChangedMeanwhile):
        changing.replace(certificate_id=certificate.pk, shown=shown, **BY)
    assert answer(certificate) == Answer.MATCHES


def test_who_deserves_none_any_more_gets_no_new_one(certificate):
    certificate.participant.registrations.update(attended_seconds=0)

    with pytest.raises(changing.NothingLeft):
        replace(certificate)
    assert answer(certificate) == Answer.MATCHES


def differs(certificate) -> bool:
    found = Certificate.objects.get(pk=certificate.pk)
    return changing.would_differ(found, changing.now_attended(found, now=AFTER))


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Participant.objects.update(name="Anna"),
        lambda row: Participant.objects.update(language="fr"),
        lambda row: row.participant.registrations.update(attended_seconds=44 * 60),
        lambda row: row.session.occurrences.update(starts_at=STARTS_AT.replace(hour=6)),
        lambda row: Session.objects.update(title="Air"),
        lambda row: Season.objects.update(certificate_percent=40),
    ],
)
def test_new_one_would_differ_once_something_that_stands_on_it_has_changed(certificate, change):
    assert not differs(certificate)

    change(certificate)

    assert differs(certificate)


def test_share_of_a_session_stands_beside_minutes_alone():
    certificate = certificate_of(RegistrationFactory(occurrence=held(), joined_at=STARTS_AT))

    Season.objects.update(certificate_percent=40)

    assert not differs(certificate)


def test_name_that_cannot_be_printed_replaces_nothing(certificate):
    Participant.objects.update(certificate_name="अनिल")

    with pytest.raises(changing.NotPrintable):
        replace(certificate)
    assert answer(certificate) == Answer.MATCHES


def test_speaker_gets_one_of_a_session_however_often_the_button_is_pressed():
    session = held().session
    typed = {"session": session, "name": "Eva", "language": "en"} | BY
    first = changing.issue_to_speaker(email="eva@example.org", **typed)

    with pytest.raises(changing.HasOne):
        changing.issue_to_speaker(email="Eva@example.org", **typed)
    assert Message.objects.count() == 1

    changing.withdraw(certificate_id=first.pk, reason="Another title", **BY)
    changing.issue_to_speaker(email="eva@example.org", **typed)
    assert Certificate.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("doubt", "change"),
    [
        (Doubt.NAME, lambda row: Participant.objects.update(name="Anna")),
        (Doubt.NAME, lambda row: Participant.objects.update(certificate_name="Anna")),
        (Doubt.MINUTES, lambda row: row.participant.registrations.update(attended_seconds=44 * 60)),
        (Doubt.MINUTES, lambda row: row.participant.registrations.update(attended_seconds=None)),
        (Doubt.NOT_THERE, lambda row: row.participant.registrations.update(status="cancelled")),
        (Doubt.TIME, lambda row: row.session.occurrences.update(starts_at=STARTS_AT.replace(hour=6))),
        (Doubt.CALLED_OFF, lambda row: row.session.occurrences.update(called_off_at=AFTER)),
    ],
)
def test_what_is_not_true_any_more_is_named_and_nothing_is_changed(certificate, doubt, change):
    assert doubtful(certificate) == set()

    change(certificate)

    assert doubtful(certificate) == {doubt}
    assert answer(certificate) == Answer.MATCHES


def test_seconds_within_the_same_minute_are_no_doubt(certificate):
    certificate.participant.registrations.update(attended_seconds=45 * 60 + 59)

    assert doubtful(certificate) == set()


def test_report_that_came_after_the_click_counted_is_named():
    registration = was_there(held())
    registration.attended_seconds, registration.joined_at = None, STARTS_AT
    registration.save()
    certificate = certificate_of(registration)
    assert doubtful(certificate) == set()

    registration.attended_seconds = 60
    registration.save()

    assert doubtful(certificate) == {Doubt.MINUTES}


def test_part_within_a_slot_that_is_called_off_afterwards_is_named():
    before = certificate_of(was_there(held_on_three_days(), minutes=100), now=LATER)
    slot = before.session.occurrences.get()
    assert doubtful(before) == set()

    change = changes.arrange(occurrence_id=slot.pk, parts=[slot.parts[0], slot.parts[2]], now=LATER + DAY)
    issued_since = certificate_of(was_there(slot, minutes=100), now=LATER + 2 * DAY)

    assert (doubtful(before), doubtful(issued_since)) == ({Doubt.PARTS}, set())

    changes.arrange(occurrence_id=slot.pk, parts=change.parts_before, now=LATER + 3 * DAY)
    assert (doubtful(before), doubtful(issued_since)) == (set(), {Doubt.PARTS})


def test_withdrawn_one_is_in_no_doubt(certificate):
    Participant.objects.update(name="Anna")
    changing.withdraw(certificate_id=certificate.pk, reason="Wrong", **BY)

    assert doubtful(certificate) == set()


SPEAKER = {"name": "Zoë Ortiz", "email": "zoe@example.org", "language": "es"}


def test_speaker_gets_one_by_mail_without_being_registered():
    session = held(session__title="Mercury in air").session

    certificate = changing.issue_to_speaker(session=session, **SPEAKER, **BY)

    assert answer(certificate, "zoe ortiz") == Answer.MATCHES
    mail = Message.objects.get()
    composing.prepare(mail, now=AFTER)
    assert (mail.recipient, mail.participant) == ("zoe@example.org", None)
    assert certificate.key in read_mail(mail).get_body(("plain",)).get_content()


def test_speaker_who_is_registered_finds_it_on_their_page():
    session = held().session
    person = ParticipantFactory(season=session.season, name="Zoë Ortiz", email="zoe@example.org")
    ParticipantFactory(season=session.season, name="Omar Ortiz", email="zoe@example.org")

    certificate = changing.issue_to_speaker(session=session, **SPEAKER, **BY)

    assert certificate.participant == person


def test_speaker_with_a_corrected_name_gets_another_one():
    certificate = changing.issue_to_speaker(session=held().session, **SPEAKER, **BY)

    new = changing.replace_of_speaker(certificate_id=certificate.pk, name="Zoë Ortíz Gil", **BY)

    assert (answer(certificate, "Zoe Ortiz"), answer(new, "Zoe Ortiz Gil")) == (Answer.REPLACED, Answer.MATCHES)

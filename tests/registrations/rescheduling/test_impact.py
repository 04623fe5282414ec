"""What staff see before they change a time slot."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.enrolment import enrolment
from registrations.mail import slot_change_mails
from registrations.models import Message, Registration
from registrations.rescheduling import changes, impact
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SessionFactory
from tests.support.calendars import calendar_part, read_mail, seen_by_vobject, text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 9, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
AT_NOON_IN_GENEVA = datetime(2030, 10, 8, 10, 0, tzinfo=UTC)


def at_noon(slot):
    return impact.of_times(occurrence=slot, times=[(AT_NOON_IN_GENEVA, AT_NOON_IN_GENEVA + HOUR)])


def slot_with_people(*zones):
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
    for zone in zones:
        person = ParticipantFactory(season=slot.session.season, timezone=zone)
        RegistrationFactory(occurrence=slot, participant=person)
    return slot


def test_people_by_day_at_night_and_newly_at_night():
    slot = slot_with_people("Europe/Zurich", "Pacific/Apia", "Pacific/Apia", "America/Los_Angeles")
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)

    found = at_noon(slot)

    assert found == impact.Impact(people=4, at_night=3, newly_at_night=2, clashing=0)
    assert found.by_day == 1


def test_people_who_took_another_session_at_that_time_are_counted_once():
    slot = slot_with_people("Europe/Zurich", "Europe/Zurich")
    busy = slot.registrations.first().participant
    for minutes in (0, 30):
        other = OccurrenceFactory(
            session=SessionFactory(season=slot.session.season),
            starts_at=AT_NOON_IN_GENEVA + timedelta(minutes=minutes),
        )
        RegistrationFactory(occurrence=other, participant=busy)

    assert at_noon(slot).clashing == 1


def test_sessions_called_off_or_cancelled_do_not_clash():
    slot = slot_with_people("Europe/Zurich")
    person, season = slot.registrations.get().participant, slot.session.season
    off = OccurrenceFactory(session__season=season, starts_at=AT_NOON_IN_GENEVA, called_off_at=NOW)
    left = OccurrenceFactory(session__season=season, starts_at=AT_NOON_IN_GENEVA)
    RegistrationFactory(occurrence=off, participant=person)
    RegistrationFactory(occurrence=left, participant=person, status=Registration.Status.CANCELLED)

    assert at_noon(slot).clashing == 0


def test_number_of_queries_does_not_grow_with_the_people(django_assert_num_queries):
    few, many = slot_with_people("Europe/Zurich"), slot_with_people(*["Pacific/Apia", "Africa/Lagos"] * 3)

    for slot in (few, many):
        with django_assert_num_queries(2):
            at_noon(slot)


def test_sample_is_the_mail_of_the_first_person_and_is_not_stored():
    slot = slot_with_people("Europe/Zurich", "Pacific/Apia")
    first = slot.registrations.order_by("pk").first()

    mail = impact.sample_of_move(
        occurrence=slot, starts_at=AT_NOON_IN_GENEVA, ends_at=AT_NOON_IN_GENEVA + HOUR, now=NOW
    )

    [entry] = seen_by_vobject(text_of(calendar_part(read_mail(mail))))
    assert mail.recipient == first.participant.email
    assert (entry["starts_at"], entry["sequence"]) == (AT_NOON_IN_GENEVA, 1)
    assert Message.objects.count() == 0
    first.refresh_from_db()
    assert (first.sequence, first.occurrence.starts_at) == (0, slot.starts_at)


def test_samples_of_calling_off_and_of_revival():
    slot = slot_with_people("Europe/Zurich")

    off, on = (sample(occurrence=slot, now=NOW) for sample in (impact.sample_of_calling_off, impact.sample_of_revival))

    assert off.subject.startswith("Called off: ")
    assert on.subject.startswith("Takes place after all, on ")


def test_people_whose_mail_of_an_earlier_change_waits_hear_nothing_when_it_is_undone():
    slot = slot_with_people("Europe/Zurich", "Europe/Zurich", "Europe/Zurich")
    planned, moved = (
        slot_change_mails.known(slot),
        slot_change_mails.Known(AT_NOON_IN_GENEVA, AT_NOON_IN_GENEVA + HOUR, False),
    )
    changes.reschedule(occurrence_id=slot.pk, starts_at=moved.starts_at, ends_at=moved.ends_at, now=NOW)
    informed, gone, _not_informed = slot.registrations.order_by("pk")
    Message.objects.filter(registration=informed).update(attempts=1)
    enrolment.cancel(registration_id=gone.pk, now=NOW)
    slot.refresh_from_db()

    undone, called_off = planned, slot_change_mails.Known(moved.starts_at, moved.ends_at, True)

    assert impact.audience(slot, undone) == impact.Audience(recipients=1, invited=0, silent=1)
    assert impact.audience(slot, called_off) == impact.Audience(recipients=2, invited=0, silent=0)


def test_slot_without_people_has_no_sample():
    assert impact.sample_of_calling_off(occurrence=OccurrenceFactory(), now=NOW) is None


def test_number_shown_is_the_number_told_when_somebody_went_to_another_slot_and_back():
    slot = OccurrenceFactory()
    other = OccurrenceFactory(session=slot.session)
    registration = RegistrationFactory(occurrence=slot)
    before = slot_change_mails.known(slot)
    times = {"starts_at": slot.starts_at + timedelta(hours=2), "ends_at": slot.ends_at + timedelta(hours=2)}
    change = changes.reschedule(occurrence_id=slot.pk, now=NOW, **times)
    for there in (other, slot):
        enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=there.pk, now=NOW)
    slot.refresh_from_db()

    shown = impact.audience(slot, before).recipients
    undone = changes.take_back(change_id=change.pk, now=NOW)

    assert (shown, undone.people) == (1, 1)

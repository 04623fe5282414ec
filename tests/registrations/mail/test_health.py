"""What the report of the mails says: states, the oldest due mail, and who was not told of their seat."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.delegations.members import Named
from registrations.enrolment import enrolment
from registrations.mail import health
from registrations.models import Message, Participant, Registration
from registrations.people.preferences import Preferences
from sessions.models import Season
from tests.factories import (
    MessageFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SessionFactory,
)
from tests.support.registrations.delegations import confirm
from tests.support.registrations.delegations import sign_up as sign_up_delegation
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.told import LATER, SENT, mail_about, people_without_mail, send_everything
from tests.support.registrations.waiting import join_list
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

NO_ENTRIES = Preferences("none")


def test_person_whose_confirmation_was_not_sent_is_found_after_five_minutes():
    [registration] = register(OccurrenceFactory())

    assert people_without_mail(NOW + timedelta(minutes=4)) == []
    assert people_without_mail() == [registration]

    send_everything()
    assert people_without_mail() == []


def test_person_whose_mail_was_never_queued_is_found():
    registration = RegistrationFactory()

    assert people_without_mail() == [registration]


def test_summary_confirms_every_registration_of_its_form():
    registrations = register(OccurrenceFactory(), a_slot_of_the_same_season(), preferences=NO_ENTRIES)
    assert people_without_mail() == registrations

    send_everything(kind="summary")

    assert people_without_mail() == []


def a_slot_of_the_same_season():
    return OccurrenceFactory(session=SessionFactory(season=Season.objects.get()))


def test_summary_of_another_form_confirms_nothing():
    slot = OccurrenceFactory()
    register(slot, a_slot_of_the_same_season(), preferences=NO_ENTRIES)
    [late] = register(a_slot_of_the_same_season(), now=NOW + timedelta(seconds=30))

    send_everything(kind="summary")

    assert people_without_mail() == [late]


def test_mail_to_a_focal_point_tells_of_who_stays_with_them():
    sign_up_delegation(OccurrenceFactory(), named=[Named("Omar Said")])
    assert [registration.participant.name for registration in people_without_mail()] == ["Omar Said"]

    send_everything(kind="delegation")

    assert people_without_mail() == []


def test_who_was_named_and_has_not_said_yes_lacks_nothing():
    sign_up_delegation(OccurrenceFactory(), named=[Named("Juma Kiptoo", "juma@example.org")])

    assert people_without_mail() == []


def test_summary_after_saying_yes_tells_of_every_seat():
    slot = OccurrenceFactory()
    sign_up_delegation(slot, a_slot_of_the_same_season(), named=[Named("Juma Kiptoo", "juma@example.org")])
    Participant.objects.update(calendar_entries=NO_ENTRIES.calendar_entries)
    confirm(Participant.objects.get(name="Juma Kiptoo"), now=NOW + timedelta(minutes=3))
    assert len(people_without_mail(NOW + timedelta(minutes=9))) == 2

    send_everything(kind="summary")

    assert people_without_mail(NOW + timedelta(minutes=9)) == []


@pytest.mark.parametrize("kind", first_always(["reminder", "rescheduled", "called_off", "waiting_changed"]))
@pytest.mark.parametrize(
    "trouble",
    [
        {"status": "failed"},
        {"attempts": 3, "due_at": LATER + timedelta(minutes=1)},
        {"due_at": NOW},
    ],
)
def test_mail_that_failed_or_is_held_up_is_lacking_until_a_later_one_has_left(kind, trouble):
    [registration] = register(OccurrenceFactory())
    send_everything()
    mail_about(registration, kind=kind, **trouble)
    assert people_without_mail() == [registration]

    mail_about(registration, kind="called_off", status=SENT)

    assert people_without_mail() == []


def test_mail_that_waits_for_its_time_or_was_dropped_is_not_lacking():
    [registration] = register(OccurrenceFactory())
    send_everything()
    mail_about(registration, kind="rescheduled", due_at=LATER + timedelta(minutes=4))
    mail_about(registration, kind="reminder", status="dropped")

    assert people_without_mail() == []


def test_seat_after_waiting_needs_a_mail_of_its_own():
    slot = OccurrenceFactory(capacity=1)
    [first] = register(slot, email="first@example.org")
    waiting = join_list(slot)
    send_everything()
    assert people_without_mail() == []

    enrolment.cancel(registration_id=first.pk, now=NOW)

    assert set(people_without_mail()) == {waiting, first}
    send_everything(kind="cancelled")
    assert people_without_mail() == [waiting]


@pytest.mark.parametrize("kind", ["waitlisted", "reminder", "published", "declined"])
def test_mail_that_says_nothing_of_the_seat_confirms_nothing(kind):
    registration = RegistrationFactory()
    MessageFactory(kind=kind, registration=registration, participant=registration.participant, status=SENT)

    assert people_without_mail() == [registration]


def test_who_waits_cancelled_or_whose_session_is_over_is_not_missed():
    RegistrationFactory(status=Registration.Status.WAITLISTED)
    RegistrationFactory(status=Registration.Status.CANCELLED)
    registration = RegistrationFactory()

    assert people_without_mail() == [registration]
    assert people_without_mail(registration.occurrence.ends_at + timedelta(days=20)) == []


def test_person_who_erased_their_details_is_not_missed():
    RegistrationFactory(participant__anonymised_at=NOW)

    assert people_without_mail() == []


def test_age_is_that_of_the_longest_due_mail():
    now = datetime(2030, 9, 1, 12, 0, tzinfo=UTC)
    assert health.oldest_due_age(now) == timedelta(0)

    MessageFactory(queued_at=now - timedelta(minutes=7))
    MessageFactory(queued_at=now - timedelta(minutes=3))
    MessageFactory(queued_at=now - timedelta(hours=1), status=SENT)
    MessageFactory(queued_at=now - timedelta(hours=1), due_at=now + timedelta(minutes=5))

    assert health.oldest_due_age(now) == timedelta(minutes=7)


def test_report_is_made_of_ten_queries_while_nothing_is_put_off(django_assert_num_queries):
    for status in Message.Status.values:
        MessageFactory(status=status)
    RegistrationFactory.create_batch(3)

    with django_assert_num_queries(10):
        report = health.report(LATER)

    assert report.mails == dict.fromkeys(Message.Status.values, 1)
    assert report.lacking == 3


def test_mails_are_looked_for_all_at_once_and_not_for_each_registration():
    plan = health.lacking_a_mail(NOW).explain()

    assert plan.count("Anti Join") == 4, plan

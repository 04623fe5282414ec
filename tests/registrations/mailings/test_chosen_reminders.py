"""Each person gets the reminders that they want, of those that the season offers."""

import pytest

from registrations.enrolment import preferences
from registrations.mail import composing
from registrations.mail.exceptions import Outdated
from registrations.models import Message
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.reminding import HOUR, STARTS_AT, post, reminded, use_leads

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=STARTS_AT)


def test_each_person_gets_the_reminders_that_they_want(slot):
    all_three = RegistrationFactory(occurrence=slot)
    last_two = RegistrationFactory(occurrence=slot, participant__unwanted_leads=[72])
    last = RegistrationFactory(occurrence=slot, participant__unwanted_leads=[72, 24])

    assert [post(hours=hours) for hours in (72, 24, 1)] == [1, 2, 3]
    assert reminded() == [
        *[(all_three, 72)],
        *[(all_three, 24), (last_two, 24)],
        *[(all_three, 1), (last_two, 1), (last, 1)],
    ]


def test_lead_that_staff_add_reaches_who_has_not_refused_it(slot):
    registration = RegistrationFactory(occurrence=slot, participant__unwanted_leads=[72])
    use_leads(slot, "72, 48, 24")

    for hours in (72, 48, 24):
        post(hours=hours)

    assert reminded() == [(registration, 48), (registration, 24)]


def test_reminder_that_was_unticked_while_it_waited_does_not_leave(slot):
    registration = RegistrationFactory(occurrence=slot)
    post(hours=24)
    person = registration.participant
    preferences.choose_reminders(participant=person, wanted=[72, 1])

    with pytest.raises(Outdated, match="does not want"):
        composing.prepare(Message.objects.get(kind="reminder"), now=STARTS_AT - 24 * HOUR)

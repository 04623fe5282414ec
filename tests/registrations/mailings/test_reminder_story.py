"""Whatever staff, the person and periodic tasks do: nobody is reminded twice, late, or of a time that is no more."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from registrations.enrolment import enrolment, refusals
from registrations.mail import composing
from registrations.mail.exceptions import Outdated
from registrations.mailings import reminders
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

STARTS_AT = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
# Lead in hours: a late one leaves while more hours than these are left (decision 0031).
LEFT = {72: 48, 24: 2, 1: 0}
ACTIONS = st.sampled_from(["clock", "clock", "clock", "move", "move back", "call off", "revive", "cancel", "come back"])


@pytest.mark.thorough
@runs(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(ACTIONS, st.integers(1, 30 * 60)), max_size=25))
def test_whatever_happens_each_lead_of_a_time_comes_at_most_once_and_only_to_those_it_is_for(actions):
    with transaction.atomic():
        story = Story()
        for action, minutes in actions:
            story.now += minutes * MINUTE
            story.do(action)
        story.check()
        transaction.set_rollback(True)


class Story:
    """One person and one slot that begins four days later; every mail that is ready is composed at once."""

    def __init__(self):
        self.slot = OccurrenceFactory(starts_at=STARTS_AT)
        self.registration = RegistrationFactory(occurrence=self.slot)
        self.now = STARTS_AT - 4 * DAY
        self.sent = []

    def do(self, action):
        getattr(self, action.replace(" ", "_"))()
        self.slot.refresh_from_db()

    def clock(self):
        reminders.post_due(now=self.now)
        for mail in Message.objects.filter(kind="reminder", octets=b"").order_by("pk"):
            try:
                composing.prepare(mail, now=self.now)
            except Outdated:
                continue
            self._check_mail(mail)
            mail.delete()

    def move(self):
        self._move(7 * HOUR)

    def move_back(self):
        self._move(-7 * HOUR)

    def call_off(self):
        changes.call_off(occurrence_id=self.slot.pk, now=self.now)

    def revive(self):
        changes.revive(occurrence_id=self.slot.pk, now=self.now)

    def cancel(self):
        if not self.slot.is_over(self.now):
            enrolment.cancel(registration_id=self.registration.pk, now=self.now)

    def come_back(self):
        person = self.registration.participant
        with suppress(refusals.Refused):
            self.registration = enrolment.add_session(participant=person, occurrence_id=self.slot.pk, now=self.now)

    def check(self):
        assert len(self.sent) == len(set(self.sent))

    def _move(self, by):
        if not self.slot.is_called_off:
            times = {"starts_at": self.slot.starts_at + by, "ends_at": self.slot.ends_at + by}
            changes.reschedule(occurrence_id=self.slot.pk, now=self.now, **times)

    def _check_mail(self, mail):
        registration = Registration.objects.select_related("occurrence").get(pk=mail.registration_id)
        slot = registration.occurrence
        left = slot.starts_at - self.now
        assert registration.is_confirmed
        assert not slot.is_called_off
        assert mail.known_starts_at == slot.starts_at
        [hours] = [hours for hours, until in LEFT.items() if until * HOUR < left <= hours * HOUR]
        assert registration.registered_at < slot.starts_at - hours * HOUR
        self.sent.append((registration.pk, slot.starts_at, hours))

"""Whatever fails, and in whatever order: calendars end with the present state, and everybody has heard of it."""

from contextlib import suppress

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.enrolment import enrolment, refusals
from registrations.models import Registration
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.calendar_stores import STORES
from tests.support.registrations.mail_trouble import (
    GREYLISTED,
    HOUR,
    all_is_due,
    everything_leaves,
    in_days,
    killed_at_first,
    relay,
)
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db

ACTIONS = st.lists(
    st.sampled_from(
        ["call_off", "revive", "move", "switch", "cancel", "retry", "due", "refuse", "cut", "kill", "well"]
    ),
    min_size=3,
    max_size=14,
)


@pytest.mark.thorough
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(actions=ACTIONS)
def test_whatever_fails_in_whatever_order_the_calendar_ends_with_the_present_state(smtp_server, actions):
    smtp_server.mails.clear()
    smtp_server.cut.clear()
    slot = OccurrenceFactory(starts_at=in_days(10))
    story = _Story(smtp_server, slot, OccurrenceFactory(session=slot.session, starts_at=in_days(11)))
    for action in actions:
        story.do(action)

    story.well()
    everything_leaves()

    story.assert_told()


class _Story:
    def __init__(self, server, *slots):
        self.server, self.slots, self.arrived = server, slots, []
        [self.registration] = register(slots[0], now=timezone.now())
        self.well()

    def do(self, name):
        with suppress(refusals.Refused, changes.CalledOff, changes.SlotInTheWay):
            getattr(self, name)()

    def call_off(self):
        changes.call_off(occurrence_id=self._mine().occurrence_id, now=timezone.now())

    def revive(self):
        changes.revive(occurrence_id=self._mine().occurrence_id, now=timezone.now())

    def move(self):
        slot = self._mine().occurrence
        times = {"starts_at": slot.starts_at + HOUR, "ends_at": slot.ends_at + HOUR}
        changes.reschedule(occurrence_id=slot.pk, now=timezone.now(), **times)

    def switch(self):
        [other] = [slot for slot in self.slots if slot.pk != self._mine().occurrence_id]
        ids = {"registration_id": self.registration.pk, "occurrence_id": other.pk}
        enrolment.change_occurrence(now=timezone.now(), **ids)

    def cancel(self):
        enrolment.cancel(registration_id=self.registration.pk, now=timezone.now())

    def retry(self):
        relay()

    def due(self):
        all_is_due()
        relay()

    def kill(self):
        all_is_due()
        killed_at_first(self.server)

    def refuse(self):
        self.server.answer_mail = lambda mail: GREYLISTED

    def cut(self):
        self._take(is_cut=True)

    def well(self):
        self._take(is_cut=False)

    def _take(self, *, is_cut):
        """Each mail arrives, and perhaps the sender does not hear of it."""
        self.server.answer_mail = lambda mail: None
        self.server.is_cut = lambda mail: self.arrived.append(mail) or is_cut

    def assert_told(self):
        now = self._mine()
        is_held = now.is_confirmed and not now.occurrence.is_called_off
        expected = {now.uid: now.occurrence.starts_at} if is_held else {}
        for kind in STORES:
            store = kind()
            store.receive(*self.arrived)
            assert store.entries == expected
        assert self.arrived

    def _mine(self):
        return Registration.objects.select_related("occurrence").get(pk=self.registration.pk)

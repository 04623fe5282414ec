"""Whatever happens to the sessions of two days: who wants a reminder gets it, and nobody hears of a session twice."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from registrations.enrolment import enrolment, refusals
from registrations.mailings import reminders
from registrations.models import Message, Registration, ReminderRound
from registrations.rescheduling import changes
from tests.factories import ParticipantFactory
from tests.support.registrations.reminding import HOUR, MINUTE, STARTS_AT, leaving, seats

pytestmark = pytest.mark.django_db

ACTIONS = ["clock", "clock", "clock", "post", "add", "move", "move back", "call off", "revive", "cancel", "come back"]
STEPS = st.tuples(st.sampled_from(ACTIONS), st.integers(0, 3), st.integers(1, 12 * 60))


@pytest.mark.thorough
@runs(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEPS, max_size=25))
def test_whatever_happens_each_session_is_told_once_for_a_lead_and_none_is_left_out(steps):
    with transaction.atomic():
        story = Story()
        for action, number, minutes in steps:
            story.now += minutes * MINUTE
            story.do(action, number)
        transaction.set_rollback(True)


class Story:
    """One person and four sessions, three on Tuesday and one on Wednesday; they are reminded at each `clock`."""

    def __init__(self):
        self.person = ParticipantFactory()
        self.slots = [registration.occurrence for registration in seats(self.person, 0, 3, 8, 20)]
        self.now = STARTS_AT - timedelta(days=4)
        self.told = []

    def do(self, action, number):
        slot = self.slots[number % len(self.slots)]
        slot.refresh_from_db()
        with suppress(refusals.Refused):
            getattr(self, action.replace(" ", "_"))(slot)

    def clock(self, _slot):
        due = list(self._due())
        reminders.post_due(now=self.now)
        for hours, registrations in leaving(self.now):
            assert registrations
            self.told += [(each.pk, each.occurrence.starts_at, hours) for each in registrations]
            assert all(self._is_true(registration) for registration in registrations)
        assert len(self.told) == len(set(self.told))
        assert set(due) <= {*self.told, *self._waiting()}
        assert ReminderRound.objects.filter(people__gt=1).count() == 0

    def post(self, _slot):
        """The mails wait: the mail server does not answer."""
        reminders.post_due(now=self.now)

    def add(self, slot):
        [registration] = seats(self.person, (slot.starts_at - STARTS_AT) / HOUR + 1, registered_at=self.now)
        self.slots.append(registration.occurrence)

    def move(self, slot, by=7 * HOUR):
        if not slot.is_called_off:
            times = {"starts_at": slot.starts_at + by, "ends_at": slot.ends_at + by}
            changes.reschedule(occurrence_id=slot.pk, now=self.now, **times)

    def move_back(self, slot):
        self.move(slot, by=-7 * HOUR)

    def call_off(self, slot):
        changes.call_off(occurrence_id=slot.pk, now=self.now)

    def revive(self, slot):
        changes.revive(occurrence_id=slot.pk, now=self.now)

    def cancel(self, slot):
        for registration in Registration.objects.confirmed().filter(occurrence=slot):
            enrolment.cancel(registration_id=registration.pk, now=self.now)

    def come_back(self, slot):
        enrolment.add_session(participant=self.person, occurrence_id=slot.pk, now=self.now)

    def _due(self):
        """What a reminder must have told after this moment: the person knew it before, and heard nothing since."""
        seats = Registration.objects.confirmed().filter(occurrence__called_off_at=None)
        for registration in seats.select_related("occurrence__session__season"):
            slot = registration.occurrence
            hours = reminders.open_lead(slot, self.now) if slot.starts_at > self.now else None
            if hours and not self._has_heard_since(registration, slot.starts_at - hours * HOUR):
                yield registration.pk, slot.starts_at, hours

    def _waiting(self):
        """What a mail will tell that is kept as long as staff can take a change back."""
        of_one = Message.objects.filter(kind="reminder", status="queued")
        of_several = Message.objects.filter(said_in__status="queued")
        return (of_one | of_several).values_list("registration", "known_starts_at", "hours_before")

    def _has_heard_since(self, registration, due) -> bool:
        mails = Message.objects.filter(registration=registration, kind__in=reminders.TELLING_THE_TIME, due_at__gte=due)
        return registration.registered_at >= due or mails.exclude(status="dropped").exists()

    def _is_true(self, registration) -> bool:
        registration.refresh_from_db()
        slot = registration.occurrence
        return registration.is_confirmed and not slot.is_called_off and slot.starts_at > self.now


def test_story_tells_of_a_session_moved_away_and_back_while_its_mail_waits():
    story = Story()
    story.now = STARTS_AT - 24 * HOUR

    for action in ("post", "move", "clock", "move back", "clock"):
        story.now += MINUTE
        story.do(action, 1)

    assert len(story.told) == 3


def test_story_tells_of_three_sessions_in_one_mail():
    story = Story()
    story.now = STARTS_AT - 24 * HOUR

    story.do("clock", 0)

    assert Message.objects.filter(kind="reminders").count() == 1
    assert [hours for _registration, _starts_at, hours in story.told] == [24, 24, 24]

"""Whatever staff and a person do, in whatever order mails come: calendars end with the right entry, or with none."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.enrolment import enrolment, refusals
from registrations.models import Message, Registration, SlotChange
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.calendar_stores import STORES, seen_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 9, 15, 12, 0, tzinfo=UTC)
REFUSED = (
    refusals.Refused,
    changes.CalledOff,
    changes.SlotInTheWay,
    changes.TooLate,
)


class Story:
    """A session with two slots and one person in the first; each action happens a minute after the one before."""

    def __init__(self):
        first = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
        other = OccurrenceFactory(session=first.session, starts_at=datetime(2030, 10, 8, 13, 0, tzinfo=UTC))
        self.slots = [first, other]
        [registration] = register(first, now=NOW)
        self.person = registration.participant
        self.now = NOW
        self.begun_at = len(send_waiting_mails())

    def do(self, action, *arguments):
        self.now += timedelta(minutes=1)
        try:
            with transaction.atomic():
                getattr(self, action)(*arguments)
        except REFUSED:
            pass

    def move(self, number, hours):
        slot = self._slot(number)
        times = {"starts_at": slot.starts_at + hours, "ends_at": slot.ends_at + hours}
        changes.reschedule(occurrence_id=slot.pk, now=self.now, **times)

    def call_off(self, number):
        changes.call_off(occurrence_id=self.slots[number].pk, now=self.now)

    def revive(self, number):
        changes.revive(occurrence_id=self.slots[number].pk, now=self.now)

    def take_back(self):
        last = SlotChange.objects.order_by("pk").last()
        if last:
            changes.take_back(change_id=last.pk, now=self.now)

    def switch(self, number):
        slot = self.slots[number]
        enrolment.change_occurrence(registration_id=self.newest.pk, occurrence_id=slot.pk, now=self.now)

    def cancel(self):
        enrolment.cancel(registration_id=self.newest.pk, now=self.now)

    def come_back(self, number):
        enrolment.come_back(participant=self.person, occurrence_id=self.slots[number].pk, now=self.now)

    def send(self):
        send_waiting_mails()

    @property
    def newest(self) -> Registration:
        return self.person.registrations.order_by("pk").last()

    @property
    def truth(self):
        """What a calendar must hold."""
        active = self.person.registrations.active().filter(occurrence__called_off_at=None)
        return dict(active.values_list("uid", "occurrence__starts_at"))

    def _slot(self, number):
        self.slots[number].refresh_from_db()
        return self.slots[number]


SLOT = st.sampled_from([0, 1])
HOURS = st.sampled_from([timedelta(hours=hours) for hours in (-2, -1, 1, 2, 24)])
ACTIONS = st.one_of(
    st.tuples(st.just("move"), SLOT, HOURS),
    st.tuples(st.just("call_off"), SLOT),
    st.tuples(st.just("revive"), SLOT),
    st.tuples(st.just("take_back")),
    st.tuples(st.just("switch"), SLOT),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("come_back"), SLOT),
    st.tuples(st.just("send")),
)


def end_of(actions):
    story = Story()
    for action in actions:
        story.do(*action)
    return story, send_waiting_mails()


# The worst of the words, one after the other, and once with the worker running after each step.
LONG_STORY = [
    ("move", 0, timedelta(hours=1)),
    ("move", 0, timedelta(hours=2)),
    ("switch", 1),
    ("call_off", 1),
    ("revive", 1),
    ("cancel",),
    ("come_back", 0),
    ("move", 0, timedelta(days=1)),
    ("take_back",),
]
WITH_WORKER = [step for action in LONG_STORY for step in (action, ("send",))]


@pytest.mark.parametrize("actions", [LONG_STORY, WITH_WORKER], ids=["worker away", "worker at work"])
def test_long_story_ends_with_one_right_entry(actions):
    story, mails = end_of(actions)

    assert len(story.truth) == 1
    for arrived in (mails, mails[::-1]):
        assert [seen_in(store, arrived) for store in STORES] == [story.truth] * len(STORES)
    assert_newest_mails_say_the_present_time(story, mails)


# Found by the machine: the waiting mail of the move is outdated by the person's own way there and back.
BY_WAY_OF_THE_OTHER = [("move", 0, timedelta(hours=1)), ("switch", 1), ("switch", 0), ("take_back",)]


def test_change_taken_back_after_the_person_went_to_the_other_slot_and_back():
    story, mails = end_of(BY_WAY_OF_THE_OTHER)

    assert [seen_in(store, mails) for store in STORES] == [story.truth] * len(STORES)
    assert_newest_mails_say_the_present_time(story, mails)


@pytest.mark.thorough
@settings(max_examples=60, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=12), data=st.data())
def test_any_story_in_any_order_of_arrival_ends_with_the_truth(actions, data):
    with transaction.atomic():
        story, mails = end_of(actions)
        arrived = data.draw(st.permutations(mails))

        assert [seen_in(store, arrived) for store in STORES] == [story.truth] * len(STORES)
        transaction.set_rollback(True)


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=12))
def test_newest_mail_about_a_registration_says_its_present_time(actions):
    with transaction.atomic():
        assert_newest_mails_say_the_present_time(*end_of(actions))
        transaction.set_rollback(True)


def assert_newest_mails_say_the_present_time(story, mails):
    """What a person reads last is so, too; a mail of an older state is never composed."""
    newest = {mail.registration_id: mail for mail in mails}
    for uid, starts_at in story.truth.items():
        mail = newest[Registration.objects.get(uid=uid).pk]
        assert f"{starts_at:%H:%M}" in bytes(mail.octets).decode()
    assert not Message.objects.unsent().exists()

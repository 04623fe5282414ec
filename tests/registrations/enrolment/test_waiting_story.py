"""Whatever people and staff do to two small slots: no seat too many, none empty, nobody overtaken, calendars right."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.enrolment import enrolment, refusals
from registrations.models import Registration, SlotChange
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.calendar_stores import STORES, seen_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.waiting import email_of, names_seated, names_waiting
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

PEOPLE = ["Ana Lima", "Juma Otieno", "Li Wei", "Omar Said"]
REFUSED = (
    refusals.Refused,
    changes.CalledOff,
    changes.CapacityBelowConfirmed,
    changes.SlotInTheWay,
    changes.TooLate,
)


class Story:
    """A session with two slots of one place; each action happens a minute after the one before."""

    def __init__(self):
        first = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC), capacity=1)
        other = OccurrenceFactory(session=first.session, starts_at=datetime(2030, 10, 8, 13, 0, tzinfo=UTC), capacity=1)
        self.slots = [first, other]
        self.now = NOW

    def do(self, action, *arguments):
        self.now += timedelta(minutes=1)
        before = [names_waiting(slot) for slot in self.slots]
        try:
            with transaction.atomic():
                getattr(self, action)(*arguments)
        except REFUSED:
            pass
        for slot, in_turn in zip(self.slots, before, strict=True):
            slot.refresh_from_db()
            self._check(slot, in_turn)

    def _check(self, slot, in_turn):
        seated, waiting = names_seated(slot), names_waiting(slot)
        free = None if slot.capacity is None else slot.capacity - len(seated)
        assert free is None or free >= 0
        assert slot.is_called_off or not waiting or free == 0
        stayed = [name for name in in_turn if name in seated or name in waiting]
        assert stayed == [n for n in in_turn if n in seated] + [n for n in waiting if n in in_turn]
        assert waiting[: len(set(waiting) & set(in_turn))] == [n for n in in_turn if n in waiting]

    def sign_up(self, name, number, waits):
        slot = self.slots[number]
        register(slot, name=name, email=email_of(name), now=self.now, waits_for={slot.pk} if waits else ())

    def cancel(self, name):
        if registration := self.newest(name):
            enrolment.cancel(registration_id=registration.pk, now=self.now)

    def switch(self, name, number, waits):
        if registration := self.newest(name):
            enrolment.change_occurrence(
                registration_id=registration.pk, occurrence_id=self.slots[number].pk, now=self.now, waits=waits
            )

    def come_back(self, name, number, waits):
        if registration := self.newest(name):
            enrolment.add_session(
                participant=registration.participant,
                occurrence_id=self.slots[number].pk,
                now=self.now,
                waits=waits,
            )

    def capacity(self, number, capacity):
        changes.change_capacity(occurrence_id=self.slots[number].pk, capacity=capacity, now=self.now)

    def move(self, number, hours):
        slot = self.slots[number]
        times = {"starts_at": slot.starts_at + hours, "ends_at": slot.ends_at + hours}
        changes.reschedule(occurrence_id=slot.pk, now=self.now, **times)

    def call_off(self, number):
        changes.call_off(occurrence_id=self.slots[number].pk, now=self.now)

    def revive(self, number):
        changes.revive(occurrence_id=self.slots[number].pk, now=self.now)

    def take_back(self):
        if last := SlotChange.objects.order_by("pk").last():
            changes.take_back(change_id=last.pk, now=self.now)

    def send(self):
        send_waiting_mails()

    def newest(self, name):
        return Registration.objects.filter(participant__name=name).order_by("pk").last()

    def truth(self, name):
        """What the calendar of this person must hold."""
        seats = Registration.objects.confirmed().filter(participant__name=name, occurrence__called_off_at=None)
        return dict(seats.values_list("uid", "occurrence__starts_at"))


NAME, SLOT, WAITS = st.sampled_from(PEOPLE), st.sampled_from([0, 1]), st.sampled_from([True, True, False])
ACTIONS = st.one_of(
    st.tuples(st.just("sign_up"), NAME, SLOT, WAITS),
    st.tuples(st.just("sign_up"), NAME, SLOT, st.just(True)),
    st.tuples(st.just("cancel"), NAME),
    st.tuples(st.just("switch"), NAME, SLOT, WAITS),
    st.tuples(st.just("come_back"), NAME, SLOT, WAITS),
    st.tuples(st.just("capacity"), SLOT, st.sampled_from([0, 1, 2, None])),
    st.tuples(st.just("move"), SLOT, st.sampled_from([timedelta(hours=hours) for hours in (-1, 2, 24)])),
    st.tuples(st.just("call_off"), SLOT),
    st.tuples(st.just("revive"), SLOT),
    st.tuples(st.just("take_back")),
    st.tuples(st.just("send")),
)


def end_of(actions):
    story = Story()
    for action in actions:
        story.do(*action)
    return story, send_waiting_mails()


# Each way to a seat once, and the seat lost again.
RIVALS = [
    ("sign_up", "Ana Lima", 0, True),
    ("sign_up", "Juma Otieno", 0, True),
    ("sign_up", "Li Wei", 0, True),
    ("move", 0, timedelta(hours=2)),
    ("switch", "Ana Lima", 1, False),
    ("call_off", 0),
    ("cancel", "Juma Otieno"),
    ("revive", 0),
    ("cancel", "Ana Lima"),
    ("come_back", "Juma Otieno", 0, True),
    ("capacity", 0, 2),
]
WITH_WORKER = [step for action in RIVALS for step in (action, ("send",))]


@pytest.mark.parametrize("actions", first_always([WITH_WORKER, RIVALS]), ids=["worker at work", "worker away"])
def test_rivals_for_one_place_end_with_the_right_entries(actions):
    story, mails = end_of(actions)

    assert names_seated(story.slots[0]) == {"Juma Otieno", "Li Wei"}
    for name in PEOPLE:
        mine = [mail for mail in mails if mail.participant.name == name]
        for arrived in (mine, mine[::-1]):
            assert [seen_in(store, arrived) for store in STORES] == [story.truth(name)] * len(STORES)


@pytest.mark.thorough
@settings(max_examples=30, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=14), data=st.data())
def test_any_story_of_rivals_in_any_order_of_arrival_ends_with_the_truth(actions, data):
    with transaction.atomic():
        story, mails = end_of(actions)

        for name in PEOPLE:
            arrived = data.draw(st.permutations([mail for mail in mails if mail.participant.name == name]))
            assert [seen_in(store, arrived) for store in STORES] == [story.truth(name)] * len(STORES)
        transaction.set_rollback(True)

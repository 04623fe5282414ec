"""What staff and one person do, in any order, to a session with two slots, and what the person's calendar must hold."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import strategies as st

from registrations.enrolment import enrolment, refusals
from registrations.models import Registration, SlotChange
from registrations.rescheduling import arranging, changes
from tests.factories import OccurrenceFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

REFUSED = (
    refusals.Refused,
    changes.CalledOff,
    changes.HeldInParts,
    *(arranging.NoPartLeft, arranging.TooManyParts),
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
        enrolment.add_session(participant=self.person, occurrence_id=self.slots[number].pk, now=self.now)

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

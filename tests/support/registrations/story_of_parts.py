"""As `story`, with slots that are held in parts: two, three, and one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from registrations.rescheduling import changes
from sessions.models import Part
from sessions.models.parts import alone, times_of, uid_of
from tests.factories import OccurrenceFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.story import HOURS, Story

MORNING = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def slot_in_parts(*starts, **fields):
    """A time slot with a part of an hour at each of these moments."""
    parts = tuple(Part(number, start, start + HOUR) for number, start in enumerate(starts, 1))
    first, last = times_of(parts)
    return OccurrenceFactory(starts_at=first, ends_at=last, parts=parts, **fields)


class StoryOfParts(Story):
    def __init__(self):
        first = slot_in_parts(MORNING, MORNING + DAY)
        evening, session = MORNING + 9 * HOUR, {"session": first.session}
        second = slot_in_parts(evening, evening + DAY, evening + 2 * DAY, **session)
        third = OccurrenceFactory(starts_at=MORNING + 10 * DAY, **session)
        self.slots = [first, second, third]
        [registration] = register(first, now=NOW)
        self.person = registration.participant
        self.now = NOW

    def move_part(self, number, part, hours):
        self._arrange(number, part, lambda it: replace(it, starts_at=it.starts_at + hours, ends_at=it.ends_at + hours))

    def call_off_part(self, number, part):
        self._arrange(number, part, lambda it: replace(it, is_called_off=True))

    def hold_part(self, number, part):
        self._arrange(number, part, lambda it: replace(it, is_called_off=False))

    def add_part(self, number):
        slot = self._slot(number)
        start = slot.ends_at + DAY
        parts = [*alone(slot), Part(0, start, start + HOUR)]
        changes.arrange(occurrence_id=slot.pk, parts=parts, now=self.now)

    def _arrange(self, number, part, change):
        slot = self._slot(number)
        parts = [change(each) if each.number == part else each for each in alone(slot)]
        changes.arrange(occurrence_id=slot.pk, parts=parts, now=self.now)

    @property
    def truth(self):
        active = self.person.registrations.confirmed().filter(occurrence__called_off_at=None)
        return {
            uid_of(registration.uid, stretch.part): stretch.starts_at
            for registration in active.select_related("occurrence")
            for stretch in registration.occurrence.held_stretches
        }


SLOT, PART = st.sampled_from([0, 1, 2]), st.sampled_from([1, 2, 3])
ACTIONS = st.one_of(
    st.tuples(st.just("move_part"), SLOT, PART, HOURS),
    st.tuples(st.just("call_off_part"), SLOT, PART),
    st.tuples(st.just("hold_part"), SLOT, PART),
    st.tuples(st.just("add_part"), SLOT),
    st.tuples(st.just("call_off"), SLOT),
    st.tuples(st.just("revive"), SLOT),
    st.tuples(st.just("take_back")),
    st.tuples(st.just("switch"), SLOT),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("come_back"), SLOT),
    st.tuples(st.just("send")),
)


def end_of(actions):
    story = StoryOfParts()
    for action in actions:
        story.do(*action)
    return story, send_waiting_mails()


LONG_STORY = [
    ("move_part", 0, 2, HOUR),
    ("call_off_part", 0, 1),
    ("hold_part", 0, 1),
    ("switch", 1),
    ("add_part", 1),
    ("call_off", 1),
    ("revive", 1),
    ("switch", 2),
    ("add_part", 2),
    ("take_back",),
    ("switch", 0),
    ("cancel",),
    ("come_back", 1),
    ("call_off_part", 1, 3),
]
WITH_WORKER = [step for action in LONG_STORY for step in (action, ("send",))]

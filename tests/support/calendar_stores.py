"""Three calendars as they are in use, each with a parser that did not write our text and with rules of its own.

Each is fed with raw mails in any order; `entries` are the starts of what its owner sees as held, by UID.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import ics
import vobject
from ical.calendar_stream import IcsCalendarStream

from tests.support.calendars import calendar_part, read_mail, text_of


@dataclass(frozen=True)
class Arrived:
    """What a store reads from the calendar part of one mail."""

    method: str
    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    status: str


class Store:
    """Keeps for each UID what its `replaces` says is newer."""

    def __init__(self):
        self._kept = {}

    def receive(self, *messages):
        for message in messages:
            part = calendar_part(read_mail(message))
            if part:
                self._apply(self.read(text_of(part)))

    @property
    def entries(self):
        return {uid: arrived.starts_at for uid, arrived in self._kept.items() if self.is_held(arrived)}

    def _apply(self, arrived):
        known = self._kept.get(arrived.uid)
        if known is None or self.replaces(arrived, known):
            self._kept[arrived.uid] = arrived


class Scheduling(Store):
    """RFC 5546 2.1.5: SEQUENCE, then DTSTAMP; METHOD:CANCEL takes the entry away. Read by vobject."""

    def read(self, text):
        calendar = vobject.readOne(text)
        event = calendar.vevent
        return Arrived(
            calendar.method.value,
            event.uid.value,
            int(event.sequence.value),
            event.dtstamp.value,
            event.dtstart.value,
            event.status.value,
        )

    def replaces(self, new, known):
        return (new.sequence, new.stamp) > (known.sequence, known.stamp)

    def is_held(self, arrived):
        return arrived.method == "REQUEST"


class BySequence(Store):
    """Looks at SEQUENCE alone, as Outlook is documented to do ([MS-STANOICAL] 2.2.103). Read by ics.py."""

    def read(self, text):
        calendar = ics.Calendar(text)
        [event] = calendar.events
        extra = {line.name: line.value for line in event.extra if hasattr(line, "value")}
        # ics.py makes an event without DTSTAMP its own; this store does not look at it.
        starts_at = event.begin.datetime.astimezone(UTC)
        return Arrived(calendar.method, event.uid, int(extra["SEQUENCE"]), starts_at, starts_at, event.status)

    def replaces(self, new, known):
        return new.sequence > known.sequence

    def is_held(self, arrived):
        return arrived.method != "CANCEL"


class WithoutMethod(Store):
    """A CalDAV store: knows no METHOD, goes by STATUS, and keeps what is cancelled, marked. Read by ical."""

    def read(self, text):
        [calendar] = IcsCalendarStream.from_ics(text).calendars
        [event] = calendar.events
        return Arrived("", event.uid, event.sequence, event.dtstamp, event.dtstart, event.status.value)

    def replaces(self, new, known):
        return new.sequence >= known.sequence

    def is_held(self, arrived):
        return arrived.status == "CONFIRMED"


STORES = [Scheduling, BySequence, WithoutMethod]


def seen_in(store_class, mails):
    """What such a calendar holds after these mails, in this order."""
    store = store_class()
    store.receive(*mails)
    return store.entries

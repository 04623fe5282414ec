"""Calendar text and raw mails read back by programs that did not write them, and a calendar that obeys iTIP mails."""

import email
from datetime import UTC
from email.policy import default

import icalendar
import ics
import vobject
from ical.calendar_stream import IcsCalendarStream

STANDARD_LINE = 75


def seen_by_vobject(text):
    """What vobject finds, one dict an event."""
    return [_of_vobject(event) for event in vobject.readOne(text).vevent_list]


def seen_by_ics(text):
    """What ics.py finds, one dict an event, in order of time."""
    return [_of_ics(event) for event in sorted(ics.Calendar(text).events)]


def seen_by_icalendar(text):
    """Of each event the UID and the two moments that icalendar finds, which also writes ours."""
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return [{"uid": str(each["UID"]), "starts_at": each["DTSTART"].dt, "ends_at": each["DTEND"].dt} for each in events]


def seen_by_ical(text):
    """The same as ical finds it."""
    events = IcsCalendarStream.calendar_from_ics(text).events
    return [{"uid": each.uid, "starts_at": each.start, "ends_at": each.end} for each in events]


def method_of(text):
    return vobject.readOne(text).method.value


def read_mail(message):
    """The mail that the outbox row holds, by the parser of the standard library."""
    return email.message_from_bytes(bytes(message.octets), policy=default)


def calendar_part(mail):
    """The part that mail programs act on; None in a mail without one."""
    return next((part for part in mail.walk() if part.get_content_type() == "text/calendar"), None)


def text_of(part):
    return part.get_payload(decode=True).decode()


class CalendarStore:
    """One person's calendar, fed with raw mails in any order; keeps what RFC 5546 2.1.5 says is newest of each UID."""

    def __init__(self):
        self._newest = {}

    def receive(self, *messages):
        for message in messages:
            part = calendar_part(read_mail(message))
            if part:
                self._apply(vobject.readOne(text_of(part)))

    @property
    def entries(self):
        """Start by UID of every entry that is still there."""
        newest = self._newest.items()
        return {uid: event.dtstart.value for uid, (_rank, method, event) in newest if method == "REQUEST"}

    def _apply(self, calendar):
        event = calendar.vevent
        rank = (int(event.sequence.value), event.dtstamp.value)
        known = self._newest.get(event.uid.value)
        if known is None or rank > known[0]:
            self._newest[event.uid.value] = (rank, calendar.method.value, event)


def _of_vobject(event):
    return {
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "starts_at": event.dtstart.value,
        "ends_at": event.dtend.value,
        "summary": event.summary.value,
        "description": event.description.value,
        "location": event.location.value,
        "url": event.url.value,
        "status": event.status.value,
        "organizer": (event.organizer.params["CN"][0], event.organizer.value),
        "attendees": [(a.params["CN"][0], a.value) for a in event.contents.get("attendee", [])],
        "alarms": [alarm.trigger.value for alarm in event.contents.get("valarm", [])],
    }


def _of_ics(event):
    extra = {line.name: line.value for line in event.extra if hasattr(line, "value")}
    return {
        "uid": event.uid,
        "sequence": int(extra["SEQUENCE"]),
        "starts_at": event.begin.datetime.astimezone(UTC),
        "ends_at": event.end.datetime.astimezone(UTC),
        "summary": event.name,
        "description": event.description,
        "location": event.location,
        "url": event.url,
        "status": event.status,
        "organizer": (event.organizer.common_name, f"mailto:{event.organizer.email}"),
        "attendees": [(a.common_name, f"mailto:{a.email}") for a in event.attendees],
        "alarms": [alarm.trigger for alarm in event.alarms],
    }

"""What a mail from somebody's calendar declines (iTIP's REPLY: RFC 5546 3.2.3, as a mail: RFC 6047)."""

import re
from dataclasses import dataclass, field
from itertools import islice

from icalendar.parser import Contentlines

from registrations.mail import incoming

MOST_PARTS, MOST_EVENTS = 10, 20
LONGEST_LINE = 10_000
# What such a part holds was said by somebody else: bounced, reported or forwarded.
ENCLOSED = {"multipart/report", "message/rfc822"}
CALENDAR, EVENT = ["VCALENDAR"], ["VCALENDAR", "VEVENT"]
WANTED = re.compile(r"(BEGIN|END|METHOD|UID|SEQUENCE|ATTENDEE)[;:]", re.IGNORECASE)


@dataclass(frozen=True)
class Decline:
    """`uid` names the calendar entry, `sequence` the revision of it that was declined.

    Who proposes another time (METHOD:COUNTER, RFC 5546 3.2.7) has declined this one, whatever else the mail says.
    """

    uid: str
    sequence: int
    proposes_time: bool = False


@dataclass
class _Event:
    uid: str = ""
    sequence: int = 0
    answers: list = field(default_factory=list)

    def add(self, name, params, value):
        if name == "UID":
            self.uid = value.strip()
        elif name == "SEQUENCE":
            self.sequence = int(value) if re.fullmatch(r"\d{1,9}", value.strip()) else 0
        elif name == "ATTENDEE":
            self.answers.append(str(params.get("PARTSTAT", "")).upper())

    @property
    def is_declined(self) -> bool:
        """A REPLY has one attendee; if it has several, they must agree."""
        return set(self.answers) == {"DECLINED"}

    @property
    def has_uid(self) -> bool:
        """A database takes no unprintable one."""
        return 0 < len(self.uid) <= 255 and self.uid.isprintable()


@dataclass
class _Calendar:
    method: str = ""
    events: list = field(default_factory=list)


def read(octets: bytes) -> list[Decline]:
    """What this mail declines, each entry once; nothing for other answers, reports of mail servers, junk and bombs.

    Who declined is left out: an address in a mail proves nothing. Never raises.
    """
    return incoming.read(octets, _in_mail) or []


def _in_mail(mail) -> list[Decline]:
    # Not every Auto-Submitted mail is dropped: Google's answers to invitations are marked as auto-generated.
    if mail.get("Auto-Submitted", "").strip().lower().startswith("auto-replied"):
        return []
    found = {}
    for part in islice(_calendar_parts(mail), MOST_PARTS):
        for calendar in _calendars(incoming.text(part)):
            # RFC 6047 2.4 wants METHOD in both places; Outlook believes the body, and some gateways lose the header's.
            method = (calendar.method or _method_of_header(part)).strip().upper()
            found.update(dict.fromkeys(_declined(calendar.events, method)))
    return list(found)[:MOST_EVENTS]


def _declined(events, method):
    proposes_time = method == "COUNTER"
    for event in events:
        if event.has_uid and (proposes_time or (method == "REPLY" and event.is_declined)):
            yield Decline(event.uid, event.sequence, proposes_time)


def _calendar_parts(mail):
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() in ENCLOSED:
            continue
        if part.is_multipart():
            waiting += reversed(part.get_payload())
        elif _is_calendar(part):
            yield part


def _is_calendar(part) -> bool:
    return part.get_content_type() in {"text/calendar", "application/ics"} or str(part.get_filename()).endswith(".ics")


def _method_of_header(part) -> str:
    return str(part.get_param("method", ""))


def _calendars(text: str) -> list[_Calendar]:
    """Read line by line: from whole components icalendar computes time zones, and a bad one takes forever."""
    calendars, path = [], []
    for name, params, value in _properties(text):
        if name == "BEGIN":
            path.append(value.strip().upper())
            _begin(path, calendars)
        elif name == "END":
            del path[-1:]
        elif path == CALENDAR and name == "METHOD":
            calendars[-1].method = value
        elif path == EVENT:
            calendars[-1].events[-1].add(name, params, value)
    return calendars


def _begin(path, calendars):
    if path == CALENDAR:
        calendars.append(_Calendar())
    elif path == EVENT:
        calendars[-1].events.append(_Event())


def _properties(text: str):
    """Name, parameters and value of the lines that matter; a line that cannot be read is passed over."""
    for line in Contentlines.from_ical(text):
        if len(line) <= LONGEST_LINE and WANTED.match(line):
            try:
                name, params, value = line.parts()
            except ValueError:
                continue
            yield name.upper(), params, value

"""Calendar text: one event with the properties that calendars need to add, move and remove it (RFC 5545, RFC 5546)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from sessions.calendar import lines
from sessions.plain_text import one_line

HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Minamata Online//Sessions//EN", "CALSCALE:GREGORIAN"]
END = ["END:VCALENDAR"]
ALARM_BEFORE = "PT15M"
LOOK_AGAIN_AFTER = "PT1H"
# Nothing refers to it and nothing shows it: a calendar has one component at least (RFC 5545 3.6).
NO_EVENT = [
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "TZNAME:UTC",
    "END:STANDARD",
    "END:VTIMEZONE",
]


@dataclass(frozen=True)
class Entry:
    """What one calendar entry says; moments are aware, `page_url` is where a click on it leads."""

    uid: str
    sequence: int
    stamp: datetime
    modified_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    page_url: str
    is_cancelled: bool
    takes_time: bool = True


@dataclass(frozen=True)
class Head:
    """What a calendar to subscribe to says of itself; `source_url` is its own address, for one that anybody may know.

    `color` is a CSS name of a color (RFC 7986 5.9).
    """

    name: str
    description: str = ""
    page_url: str = ""
    source_url: str = ""
    color: str = "teal"


def calendar(method: str, events) -> str:
    """The calendar object with CRLF lines, folded at 75 octets; `events` are those of `event`, one at least."""
    return _written([f"METHOD:{method}"], events)


def subscribed_calendar(head: Head, events) -> str:
    """A calendar that programs fetch again and again: without METHOD, with a name and how often to look (RFC 7986)."""
    return _written(_lines_of_head(head), events or [NO_EVENT])


def event(entry: Entry, *, with_alarm=True, attendee: str = "") -> list[str]:
    """Its lines; `attendee` is one made by `address`. A cancelled one has no alarm (RFC 5546 3.2.5 forbids it)."""
    # Outlook then offers no new time to propose: the times of sessions are the same for all.
    invited = [attendee, "X-MICROSOFT-DISALLOW-COUNTER:TRUE"] if attendee else []
    alarm = _alarm(entry.summary) if with_alarm and not entry.is_cancelled else []
    return ["BEGIN:VEVENT", *_properties(entry), *invited, *alarm, "END:VEVENT"]


def address(property_name: str, name: str, email: str, **parameters) -> str:
    """The line of an organizer or attendee."""
    return lines.with_parameters(property_name, parameters | {"CN": one_line(name)}, f"mailto:{one_line(email)}")


def _properties(entry) -> list[str]:
    takes_time = entry.takes_time and not entry.is_cancelled
    return [
        lines.text("UID", entry.uid),
        f"SEQUENCE:{entry.sequence}",
        lines.moment("DTSTAMP", entry.stamp),
        lines.moment("LAST-MODIFIED", entry.modified_at),
        lines.moment("DTSTART", entry.starts_at),
        lines.moment("DTEND", entry.ends_at),
        lines.text("SUMMARY", one_line(entry.summary)),
        lines.text("DESCRIPTION", _in_lines(entry.description)),
        lines.text("LOCATION", entry.page_url),
        f"URL:{entry.page_url}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'OPAQUE' if takes_time else 'TRANSPARENT'}",
        "CLASS:PUBLIC",
        address("ORGANIZER", settings.ORGANIZER_NAME, settings.ORGANIZER_EMAIL),
    ]


def _alarm(summary: str) -> list[str]:
    words = lines.text("DESCRIPTION", one_line(summary))
    return ["BEGIN:VALARM", "ACTION:DISPLAY", words, f"TRIGGER:-{ALARM_BEFORE}", "END:VALARM"]


def _lines_of_head(head) -> list[str]:
    """Outlook, Apple and Google read the older X- properties."""
    source = lines.with_parameters("SOURCE", {"VALUE": "URI"}, head.source_url)
    return [
        *_texts(("NAME", "X-WR-CALNAME"), one_line(head.name)),
        *_texts(("DESCRIPTION", "X-WR-CALDESC"), _in_lines(head.description)),
        *([f"URL:{head.page_url}"] if head.page_url else []),
        *([source] if head.source_url else []),
        *_texts(("COLOR",), head.color),
        lines.with_parameters("REFRESH-INTERVAL", {"VALUE": "DURATION"}, LOOK_AGAIN_AFTER),
        f"X-PUBLISHED-TTL:{LOOK_AGAIN_AFTER}",
    ]


def _texts(names, words) -> list[str]:
    return [lines.text(name, words) for name in names] if words else []


def _in_lines(text) -> str:
    return "\n".join(one_line(line) for line in text.splitlines())


def _written(head, components) -> str:
    inside = [line for component in components for line in component]
    return lines.joined([*HEAD, *head, *inside, *END])

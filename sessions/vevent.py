"""Calendar text: one event with the properties that calendars need to add, move and remove it (RFC 5545, RFC 5546)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.encoding import punycode
from icalendar import Alarm, Calendar, Event, vCalAddress, vDuration, vText, vUri

from sessions.plain_text import one_line

PRODID = "-//Minamata Online//Sessions//EN"
ALARM_BEFORE = timedelta(minutes=15)
LOOK_AGAIN_AFTER = timedelta(hours=1)
# With the space at its beginning, a line has 75 octets at most (RFC 5545 3.1).
FOLD_AT = 74


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


def calendar(method: str, events) -> str:
    """The calendar object with CRLF lines, folded at 75 octets."""
    result = _calendar()
    result.add("method", method)
    return _text(result, events)


def subscribed_calendar(name: str, events, *, page_url: str = "") -> str:
    """A calendar that programs fetch again and again: without METHOD, with a name and how often to look (RFC 7986)."""
    result = _calendar()
    # Outlook, Apple and Google read the older X- properties.
    for key in ("name", "x-wr-calname"):
        result.add(key, vText(one_line(name)))
    if page_url:
        result.add("url", vUri(page_url))
    result.add("refresh-interval", vDuration(LOOK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    result.add("x-published-ttl", vDuration(LOOK_AGAIN_AFTER))
    return _text(result, events)


def event(entry: Entry, *, with_alarm=True) -> Event:
    """The event without its ATTENDEE; a cancelled one has no alarm (RFC 5546 3.2.5 forbids it)."""
    result = Event()
    result.add("uid", entry.uid)
    result.add("sequence", entry.sequence)
    # UTC, so that no VTIMEZONE can be read in two ways.
    result.add("dtstamp", entry.stamp.astimezone(UTC))
    result.add("last-modified", entry.modified_at.astimezone(UTC))
    result.add("dtstart", entry.starts_at.astimezone(UTC))
    result.add("dtend", entry.ends_at.astimezone(UTC))
    result.add("summary", one_line(entry.summary))
    result.add("description", "\n".join(one_line(line) for line in entry.description.splitlines()))
    result.add("location", entry.page_url)
    result.add("url", entry.page_url)
    result.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    result.add("transp", "OPAQUE")
    result.add("class", "PUBLIC")
    result.add("organizer", address(settings.ORGANIZER_NAME, settings.ORGANIZER_EMAIL))
    if with_alarm and not entry.is_cancelled:
        result.add_component(_alarm(entry.summary))
    return result


def address(name: str, email: str, **parameters) -> vCalAddress:
    """A mailto address with its CN; a double quote becomes a single one, because few programs know RFC 6868."""
    result = vCalAddress(f"mailto:{one_line(ascii_address(email))}")
    result.params.update(parameters)
    result.params["CN"] = one_line(name).replace('"', "'")
    return result


def ascii_address(email: str) -> str:
    """The address as it stands in headers: a domain in another script in its IDNA form."""
    local, at, domain = email.rpartition("@")
    return f"{local}{at}{punycode(domain)}"


def _calendar() -> Calendar:
    result = Calendar()
    result.add("version", "2.0")
    result.add("prodid", PRODID)
    result.add("calscale", "GREGORIAN")
    return result


def _text(calendar, events) -> str:
    for event in events:
        calendar.add_component(event)
    return "".join(f"{folded(line)}\r\n" for line in calendar.content_lines(sorted=False) if line)


def folded(line: str) -> str:
    """As icalendar folds it, which looks at each sign and takes longer for that than for all the rest."""
    octets, pieces, start = line.encode(), [], 0
    while len(octets) - start > FOLD_AT:
        end = start + FOLD_AT
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        if octets[end - 1] in b"\\^":
            end -= 1
        pieces.append(octets[start:end])
        start = end
    return b"\r\n ".join([*pieces, octets[start:]]).decode()


def _alarm(summary: str) -> Alarm:
    result = Alarm()
    result.add("action", "DISPLAY")
    result.add("description", one_line(summary))
    result.add("trigger", -ALARM_BEFORE)
    return result

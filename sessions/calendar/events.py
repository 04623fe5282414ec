"""Calendar text: one event with the properties that calendars need to add, move and remove it (RFC 5545, RFC 5546)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from icalendar import Alarm, Calendar, Event, vCalAddress, vDatetime, vDuration, vText, vUri

from sessions.plain_text import one_line

PRODID = "-//Minamata Online//Sessions//EN"
ALARM_BEFORE = timedelta(minutes=15)
LOOK_AGAIN_AFTER = timedelta(hours=1)
# With the space at its beginning, a line has 75 octets at most (RFC 5545 3.1).
FOLD_AT = 74
NEVER = datetime.fromtimestamp(0, UTC)


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


# What one entry does not share with any other: all else is the same for everybody who comes to the slot.
NO_COUNTER = "X-MICROSOFT-DISALLOW-COUNTER"
OWN = ("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DESCRIPTION", "LOCATION", "URL", "ATTENDEE", NO_COUNTER)
# Nothing refers to it and nothing shows it: a calendar has one component at least (RFC 5545 3.6).
NO_EVENT = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000"),
    *("TZOFFSETTO:+0000", "TZNAME:UTC", "END:STANDARD", "END:VTIMEZONE"),
)


def calendar(method: str, events) -> str:
    """The calendar object with CRLF lines, folded at 75 octets; `events` are those of `event`, one at least."""
    return _text(_head(method), events)


def subscribed_calendar(head: Head, events) -> str:
    """A calendar that programs fetch again and again: without METHOD, with a name and how often to look (RFC 7986)."""
    return _text(_subscription(head), events or [NO_EVENT])


def event(entry: Entry, *, with_alarm=True, attendee: vCalAddress | None = None) -> list[str]:
    """The lines of the event, not folded; a cancelled one has no alarm (RFC 5546 3.2.5 forbids it)."""
    blank = replace(entry, uid="", sequence=0, stamp=NEVER, modified_at=NEVER, description="", page_url="")
    form = _form(blank, with_alarm, settings.ORGANIZER_NAME, settings.ORGANIZER_EMAIL)
    own = _own_lines(entry, attendee)
    return [line for line in (own.get(each, each) for each in form) if line]


def address(name: str, email: str, **parameters) -> vCalAddress:
    """A mailto address with its CN; a double quote becomes a single one, because few programs know RFC 6868."""
    result = vCalAddress(f"mailto:{one_line(email)}")
    result.params.update(parameters)
    result.params["CN"] = one_line(name).replace('"', "'")
    return result


@lru_cache
def _head(method) -> tuple[str, ...]:
    result = _empty()
    result.add("method", method)
    return _lines(result)[:-1]


@lru_cache(maxsize=500)
def _subscription(head) -> tuple[str, ...]:
    result = _empty()
    # Outlook, Apple and Google read the older X- properties.
    _add_text(result, ("name", "x-wr-calname"), one_line(head.name))
    _add_text(result, ("description", "x-wr-caldesc"), _in_lines(head.description))
    if head.page_url:
        result.add("url", vUri(head.page_url))
    if head.source_url:
        result.add("source", vUri(head.source_url), parameters={"VALUE": "URI"})
    _add_text(result, ("color",), head.color)
    result.add("refresh-interval", vDuration(LOOK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    result.add("x-published-ttl", vDuration(LOOK_AGAIN_AFTER))
    return _lines(result)[:-1]


def _empty() -> Calendar:
    result = Calendar()
    result.add("version", "2.0")
    result.add("prodid", PRODID)
    result.add("calscale", "GREGORIAN")
    return result


def _add_text(calendar, names, text):
    for name in names if text else ():
        calendar.add(name, vText(text))


@lru_cache(maxsize=2000)
def _form(blank: Entry, with_alarm, organizer_name, organizer_email) -> tuple[str, ...]:
    """The lines of an event in which each of `OWN` is nothing but its name."""
    result = Event()
    result.add("uid", blank.uid)
    result.add("sequence", blank.sequence)
    # UTC, so that no VTIMEZONE can be read in two ways.
    result.add("dtstamp", blank.stamp)
    result.add("last-modified", blank.modified_at)
    result.add("dtstart", blank.starts_at.astimezone(UTC))
    result.add("dtend", blank.ends_at.astimezone(UTC))
    result.add("summary", one_line(blank.summary))
    result.add("description", blank.description)
    result.add("location", blank.page_url)
    result.add("url", blank.page_url)
    result.add("status", "CANCELLED" if blank.is_cancelled else "CONFIRMED")
    result.add("transp", "OPAQUE" if blank.takes_time and not blank.is_cancelled else "TRANSPARENT")
    result.add("class", "PUBLIC")
    result.add("organizer", address(organizer_name, organizer_email))
    result.add("attendee", "")
    result.add(NO_COUNTER, "")
    *lines, end = _lines(result)
    alarm = _lines(_alarm(blank.summary)) if with_alarm and not blank.is_cancelled else ()
    return (*map(_name_if_own, lines), *alarm, end)


def _name_if_own(line) -> str:
    name = line.partition(":")[0]
    return name if name in OWN else line


def _own_lines(entry, attendee) -> dict[str, str]:
    is_invitation = attendee is not None
    return {
        "UID": f"UID:{_escaped(entry.uid)}",
        "SEQUENCE": f"SEQUENCE:{entry.sequence}",
        "DTSTAMP": f"DTSTAMP:{_in_utc(entry.stamp)}",
        "LAST-MODIFIED": f"LAST-MODIFIED:{_in_utc(entry.modified_at)}",
        "DESCRIPTION": f"DESCRIPTION:{_escaped(_in_lines(entry.description))}",
        "LOCATION": f"LOCATION:{_escaped(entry.page_url)}",
        "URL": f"URL:{entry.page_url}",
        "ATTENDEE": Event().content_line("ATTENDEE", attendee, sorted=False) if is_invitation else "",
        # Outlook then offers no new time to propose: the times of sessions are the same for all.
        NO_COUNTER: f"{NO_COUNTER}:TRUE" if is_invitation else "",
    }


def _in_lines(text) -> str:
    return "\n".join(one_line(line) for line in text.splitlines())


def _escaped(text) -> str:
    return vText(text).to_ical().decode()


@lru_cache(maxsize=2000)
def _in_utc(moment) -> str:
    return vDatetime(moment.astimezone(UTC)).to_ical().decode()


def _lines(component) -> tuple[str, ...]:
    return tuple(str(line) for line in component.content_lines(sorted=False) if line)


def _text(head, events) -> str:
    lines = [*head, *(line for event in events for line in event), "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in lines)


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

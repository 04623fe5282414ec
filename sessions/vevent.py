"""Calendar text: one event with the properties that calendars need to add, move and remove it (RFC 5545, RFC 5546)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils.encoding import punycode
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


# What one entry does not share with any other: all else is the same for everybody who comes to the slot.
OWN = ("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DESCRIPTION", "LOCATION", "URL", "ATTENDEE")


def calendar(method: str, events) -> str:
    """The calendar object with CRLF lines, folded at 75 octets; `events` are those of `event`."""
    return _text(_head(method, "", ""), events)


def subscribed_calendar(name: str, events, *, page_url: str = "") -> str:
    """A calendar that programs fetch again and again: without METHOD, with a name and how often to look (RFC 7986)."""
    return _text(_head("", name, page_url), events)


def event(entry: Entry, *, with_alarm=True, attendee: vCalAddress | None = None) -> list[str]:
    """The lines of the event, not folded; a cancelled one has no alarm (RFC 5546 3.2.5 forbids it)."""
    blank = replace(entry, uid="", sequence=0, stamp=NEVER, modified_at=NEVER, description="", page_url="")
    form = _form(blank, with_alarm, settings.ORGANIZER_NAME, settings.ORGANIZER_EMAIL)
    own = _own_lines(entry, attendee)
    return [line for line in (own.get(each, each) for each in form) if line]


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


@lru_cache(maxsize=500)
def _head(method, name, page_url) -> tuple[str, ...]:
    result = Calendar()
    result.add("version", "2.0")
    result.add("prodid", PRODID)
    result.add("calscale", "GREGORIAN")
    if method:
        result.add("method", method)
    if name:
        _add_subscription(result, name, page_url)
    return _lines(result)[:-1]


def _add_subscription(calendar, name, page_url):
    # Outlook, Apple and Google read the older X- properties.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(one_line(name)))
    if page_url:
        calendar.add("url", vUri(page_url))
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN_AFTER))


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
    result.add("transp", "OPAQUE")
    result.add("class", "PUBLIC")
    result.add("organizer", address(organizer_name, organizer_email))
    result.add("attendee", "")
    *lines, end = _lines(result)
    alarm = _lines(_alarm(blank.summary)) if with_alarm and not blank.is_cancelled else ()
    return (*map(_name_if_own, lines), *alarm, end)


def _name_if_own(line) -> str:
    name = line.partition(":")[0]
    return name if name in OWN else line


def _own_lines(entry, attendee) -> dict[str, str]:
    described = "\n".join(one_line(line) for line in entry.description.splitlines())
    return {
        "UID": f"UID:{_escaped(entry.uid)}",
        "SEQUENCE": f"SEQUENCE:{entry.sequence}",
        "DTSTAMP": f"DTSTAMP:{_in_utc(entry.stamp)}",
        "LAST-MODIFIED": f"LAST-MODIFIED:{_in_utc(entry.modified_at)}",
        "DESCRIPTION": f"DESCRIPTION:{_escaped(described)}",
        "LOCATION": f"LOCATION:{_escaped(entry.page_url)}",
        "URL": f"URL:{entry.page_url}",
        "ATTENDEE": "" if attendee is None else Event().content_line("ATTENDEE", attendee, sorted=False),
    }


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

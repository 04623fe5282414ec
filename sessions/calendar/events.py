"""Calendar text: one event with the properties that calendars need to add, move and remove it (RFC 5545, RFC 5546)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vInt,
    vText,
    vUri,
)
from icalendar.parser import Contentline
from icalendar.parser_tools import to_unicode
from icalendar.prop import vInline

from sessions.plain_text import one_line, sentence

PRODID = "-//Minamata Online//Sessions//EN"
ALARM_BEFORE = timedelta(minutes=15)
LOOK_AGAIN_AFTER = timedelta(hours=1)
# With the space at its beginning, a line has 75 octets at most (RFC 5545 3.1).
FOLD_AT = 74


# Of entries of a rehearsal: they are no entries of the site that people take part in.
OF_REHEARSALS = "@rehearsal."


def uid_in(season, uid: str) -> str:
    """The UID that entries of the season have: those of a rehearsal have a domain part of their own."""
    return uid.replace("@", OF_REHEARSALS, 1) if season.is_rehearsal else uid


def uid_without_rehearsal(uid: str) -> tuple[str, bool]:
    """The UID as it is stored, and whether the entry said that it is of a rehearsal."""
    return uid.replace(OF_REHEARSALS, "@", 1), OF_REHEARSALS in uid


@dataclass(frozen=True)
class Entry:
    """What one calendar entry says; moments are aware, `page_url` is where a click on it leads, if anywhere."""

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
    result = _empty()
    result.add("method", method)
    return _text(result, events)


def subscribed_calendar(head: Head, events) -> str:
    """A calendar that programs fetch again and again: without METHOD, with a name and how often to look (RFC 7986)."""
    result = _empty()
    # Outlook, Apple and Google read the older X- properties.
    _add_text(result, ("name", "x-wr-calname"), sentence(head.name))
    _add_text(result, ("description", "x-wr-caldesc"), _in_lines(head.description))
    if head.page_url:
        result.add("url", vUri(head.page_url))
    if head.source_url:
        result.add("source", vUri(head.source_url), parameters={"VALUE": "URI"})
    _add_text(result, ("color",), head.color)
    result.add("refresh-interval", vDuration(LOOK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    result.add("x-published-ttl", vDuration(LOOK_AGAIN_AFTER))
    return _text(result, events or [_no_event()])


def kept_calendar(name: str, events) -> str:
    """A calendar in a file: it has a name, and nobody is to look for changes."""
    result = _empty()
    _add_text(result, ("name", "x-wr-calname"), sentence(name))
    return _text(result, events or [_no_event()])


def event(entry: Entry, *, with_alarm=True, attendee: vCalAddress | None = None) -> Event:
    """A cancelled one has no alarm (RFC 5546 3.2.5 forbids it)."""
    result = Event(_properties(entry))
    if attendee is not None:
        result.add("attendee", attendee)
        # Outlook then offers no new time to propose: the times of sessions are the same for all.
        result.add("x-microsoft-disallow-counter", "TRUE")
    if with_alarm and not entry.is_cancelled:
        result.add_component(_alarm(entry.summary))
    return result


def _properties(entry) -> dict:
    """In the types of the library, which would else look for the type of each."""
    page = {"LOCATION": vText(entry.page_url), "URL": vUri(entry.page_url)} if entry.page_url else {}
    return {
        "UID": vText(entry.uid),
        "SEQUENCE": vInt(entry.sequence),
        "DTSTAMP": _in_utc(entry.stamp),
        "LAST-MODIFIED": _in_utc(entry.modified_at),
        "DTSTART": _in_utc(entry.starts_at),
        "DTEND": _in_utc(entry.ends_at),
        "SUMMARY": vText(sentence(entry.summary)),
        "DESCRIPTION": vText(_in_lines(entry.description)),
        **page,
        "STATUS": vText("CANCELLED" if entry.is_cancelled else "CONFIRMED"),
        "TRANSP": vText("OPAQUE" if entry.takes_time and not entry.is_cancelled else "TRANSPARENT"),
        "CLASS": vText("PUBLIC"),
        "ORGANIZER": address(settings.ORGANIZER_NAME, settings.ORGANIZER_EMAIL),
    }


def _in_utc(moment) -> vInline:
    """So that no VTIMEZONE can be read in two ways; the type of the library looks for names of the zone first."""
    moment = moment.astimezone(UTC)
    return vInline(f"{moment.year:04}{moment:%m%dT%H%M%SZ}")


def address(name: str, email: str, **parameters) -> vCalAddress:
    """A mailto address with its CN; a double quote becomes a single one, because few programs know RFC 6868."""
    result = vCalAddress(f"mailto:{one_line(email)}")
    result.params.update(parameters)
    result.params["CN"] = one_line(name).replace('"', "'")
    return result


def _empty() -> Calendar:
    result = Calendar()
    result.add("version", "2.0")
    result.add("prodid", PRODID)
    result.add("calscale", "GREGORIAN")
    return result


def _add_text(calendar, names, text):
    for name in names if text else ():
        calendar.add(name, vText(text))


def _in_lines(text) -> str:
    return "\n".join(sentence(line) for line in text.splitlines())


def _text(calendar, components) -> str:
    for component in components:
        calendar.add_component(component)
    return "".join(f"{folded(_line(*each))}\r\n" for each in calendar.property_items(sorted=False))


def _line(name, value) -> str:
    """As icalendar writes it, which takes longer where there are no parameters, as in nearly all of ours."""
    parameters = getattr(value, "params", None)
    if parameters:
        return Contentline.from_parts(name, parameters, value, sorted=False)
    return f"{name}:{to_unicode(value if isinstance(value, bytes) else value.to_ical())}"


def folded(line: str) -> str:
    """As icalendar folds it, which looks at each character and takes as long for that as for all the rest."""
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
    result.add("description", sentence(summary))
    result.add("trigger", -ALARM_BEFORE)
    return result


def _no_event() -> Timezone:
    """Nothing refers to it and nothing shows it: a calendar has one component at least (RFC 5545 3.6)."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    standard.add("tzname", "UTC")
    result = Timezone()
    result.add("tzid", "Etc/UTC")
    result.add_component(standard)
    return result

"""What must hold between the values of a season file, beyond the shape of each."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from sessions.models import Stream
from sessions.models.parts import MOST_PARTS
from sessions.models.sessions import validate_slug
from sessions.seasons.season_file.keys import SESSION, SLOT
from sessions.seasons.season_file.shapes import Problem


def problems(season_file) -> list[Problem]:
    """`season_file` holds only values of the right shape; what is missing from it has been noted before."""
    streams = season_file.get("stream", [])
    sessions = season_file.get("session", [])
    return [
        *_wrong_number_of_tables(season_file),
        *_repeated_slugs("stream", streams),
        *_repeated_slugs("session", sessions),
        *_reserved_slugs(sessions),
        *_missing_zone(season_file, sessions),
        *_problems_of_sessions(season_file, sessions),
    ]


def moment(start: datetime, zone_name: str) -> datetime:
    """The UTC moment of a wall time; raises ValueError where clock changes make it no moment or two."""
    zone = ZoneInfo(zone_name)
    earlier, later = (start.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if earlier.astimezone(zone).replace(tzinfo=None) != start:
        raise ValueError(f"{start:%Y-%m-%dT%H:%M} does not exist in {zone_name}: clocks go forward then")
    if earlier != later:
        raise ValueError(f"{start:%Y-%m-%dT%H:%M} comes twice in {zone_name}: clocks go back then")
    return earlier


def _wrong_number_of_tables(season_file):
    marks = len(Stream.Mark)
    if len(season_file.get("stream", [])) > marks:
        yield Problem(("stream", marks), f"at most {marks} streams, one for each mark")
    if season_file.get("session") == []:
        yield Problem(("session",), "there must be at least one session")


def _missing_zone(season_file, sessions):
    slots = [slot for session in sessions for slot in (session or {}).get("slots") or []]
    without = [slot for slot in slots if slot is not None and "timezone" not in slot]
    if without and "timezone" not in season_file.get("season", {}):
        yield Problem(("season", "timezone"), f"needed, because {len(without)} slots name no timezone of their own")


def _repeated_slugs(table, rows):
    seen = set()
    for index, row in enumerate(rows):
        name = (row or {}).get("slug")
        if name in seen:
            yield Problem((table, index, "slug"), f"{name} is the slug of another {table} too")
        if name:
            seen.add(name)


def _reserved_slugs(sessions):
    for index, session in enumerate(sessions):
        try:
            validate_slug((session or {}).get("slug"))
        except ValidationError as error:
            yield Problem(("session", index, "slug"), " ".join(error.messages))


def _problems_of_sessions(season_file, sessions):
    known_streams = [stream.get("slug") for stream in season_file.get("stream", []) if stream]
    usual_zone = season_file.get("season", {}).get("timezone")
    for index, session in enumerate(sessions):
        for place, text in _session_problems(session or {}, known_streams, usual_zone):
            yield Problem(("session", index, *place), text)


def _session_problems(session, known_streams, usual_zone):
    stream = session.get("stream")
    if stream and stream not in known_streams:
        yield ("stream",), f"there is no [[stream]] with the slug {stream}"
    yield from _slot_problems(session.get("slots"), usual_zone, session.get("duration_minutes"))
    yield from _date_problems(session)
    yield from _attendance_problems(session.get("attendance", {}), session.get("slots") or [])
    yield from _uncertain_problems(session.get("uncertain", []))
    yield from _details_problems(session.get("document_details", []), session.get("documents", []))


def _slot_problems(slots, usual_zone, minutes):
    if slots == []:
        yield ("slots",), "there must be at least one slot"
    taken = {}
    for index, slot in enumerate(slots or []):
        zone_name = (slot or {}).get("timezone", usual_zone)
        if not zone_name or "start" not in slot:
            continue
        own = [(("slots", index, "start"), slot["start"])]
        own += [(("slots", index, "parts", number), each) for number, each in enumerate(slot.get("parts") or [])]
        for place, start in own:
            if start is not None:
                yield from _start_problems(place, start, zone_name, taken, minutes)
        if len(own) > MOST_PARTS:
            yield ("slots", index, "parts"), f"at most {MOST_PARTS - 1}, besides the first one at `start`"


def _start_problems(place, start, zone_name, taken, minutes):
    """Of a slot, or of one of its further parts."""
    try:
        starts_at = moment(start, zone_name)
    except ValueError as error:
        yield place, str(error)
        return
    if starts_at in taken:
        yield place, f"the same time as slots[{taken[starts_at]}]"
    elif other := _overlapping(starts_at, taken, minutes):
        yield place, f"slots[{taken[other]}] is not over then, or begins before this one is over"
    taken.setdefault(starts_at, place[1])


def _overlapping(starts_at, taken, minutes) -> datetime | None:
    """The start of a slot of the same length that overlaps; `minutes` may be missing from the file."""
    length = timedelta(minutes=minutes or 0)
    return next((other for other in taken if abs(other - starts_at) < length), None)


def _date_problems(session):
    days = [slot["start"].date() for slot in session.get("slots") or [] if slot and "start" in slot]
    if "date" in session and days and session["date"] != min(days):
        yield ("date",), f"{session['date']} is not the day of the first slot, {min(days)}"


def _attendance_problems(attendance, slots):
    numbers = attendance.get("by_slot")
    total = attendance.get("total")
    if attendance.get("known") is False and (numbers or total is not None):
        yield ("attendance", "known"), "false, but a number is given"
    if attendance.get("known") and numbers is None and total is None:
        yield ("attendance", "known"), "true, but neither total nor by_slot is given"
    if numbers is not None and len(numbers) != len(slots):
        yield ("attendance", "by_slot"), f"{len(numbers)} numbers for {len(slots)} slots"
    if numbers and None not in numbers and total is not None and sum(numbers) != total:
        yield ("attendance", "total"), f"{total} is not the sum of by_slot, {sum(numbers)}"


def _uncertain_problems(names):
    known = {*SESSION.keys, *(f"slots.{key}" for key in SLOT.keys)}
    for index, name in enumerate(names):
        if name is not None and name not in known:
            yield ("uncertain", index), f"{name} is not a key of a session"


def _details_problems(details, documents):
    titles = [each.get("title") for each in details if each]
    for index, title in enumerate(each.get("title") if each else None for each in details):
        if title and title not in documents:
            yield ("document_details", index, "title"), f"{title} is not in `documents`"
        elif title and title in titles[:index]:
            yield ("document_details", index, "title"), f"{title} is there twice"

"""A season file in the words of the models; a key left out of the file is left out of `fields`."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sessions import translations
from sessions.clocks.wall_clock import as_typed
from sessions.models import Material, Part, Speaker, Stream
from sessions.models.parts import alone
from sessions.seasons.season_file.rules import moment

DEFAULT_PART = Speaker.Part.PANELIST


@dataclass(frozen=True)
class SlotEntry:
    starts_at: datetime
    ends_at: datetime
    fields: dict
    # Of a slot that is held in several.
    parts: tuple[Part, ...] = ()

    @property
    def times(self) -> list[tuple]:
        return [part.times for part in alone(self)]


@dataclass(frozen=True)
class SessionEntry:
    """`speakers` and `materials` are None where the file does not speak of them.

    `recording`, and `documents` by title, have fields of Material.
    """

    slug: str
    stream: str
    fields: dict
    slots: list[SlotEntry]
    speakers: list[dict] | None
    materials: list[tuple[str, str]] | None
    recording: dict = field(default_factory=dict)
    documents: dict[str, dict] = field(default_factory=dict)


@dataclass(frozen=True)
class SeasonEntry:
    """`fields` and `streams` hold model fields by name, `streams` by the slug of the stream."""

    slug: str
    fields: dict
    streams: dict[str, dict]
    sessions: list[SessionEntry]


def season_entry(season_file) -> SeasonEntry:
    """`season_file` has passed every check."""
    season = season_file["season"]
    zone_name = season.get("timezone") or season_file["session"][0]["slots"][0]["timezone"]
    sessions = [_session_entry(session, zone_name) for session in season_file["session"]]
    starts = [start for entry in sessions for slot in entry.slots for start, _end in slot.times]
    days = [start.astimezone(ZoneInfo(zone_name)).date() for start in starts]
    fields = _picked(season, **{key: key for key in ("title", "place", "organiser", "introduction", "note")})
    fields |= _picked(season, source="sources") | {"timezone": zone_name} | _partners(season) | _translations(season)
    if "organisers" in season:
        fields["organiser"] = "\n".join(season["organisers"])
    fields |= {"starts_on": min(days), "ends_on": max(days)}
    return SeasonEntry(season["slug"], fields, _streams(season_file["stream"]), sessions)


def _picked(table, **names) -> dict:
    """The keys that are present, under the names of the model's fields."""
    return {names[key]: table[key] for key in names if key in table}


def _streams(streams):
    marks = Stream.Mark.values
    return {
        stream["slug"]: {"title": stream["title"], "mark": mark, "position": position} | _translations(stream)
        for position, (stream, mark) in enumerate(zip(streams, marks, strict=False))
    }


def _session_entry(session, zone_name) -> SessionEntry:
    return SessionEntry(
        slug=session["slug"],
        stream=session["stream"],
        fields=_session_fields(session),
        slots=_slots(session, zone_name),
        speakers=_speakers(session),
        materials=_materials(session),
        recording=_recording(session.get("recording_details", {})),
        documents=_documents(session.get("document_details", [])),
    )


def _session_fields(session) -> dict:
    same = ("title", "access", "platform", "audience", "summary", "note")
    fields = _picked(session, **{key: key for key in same})
    fields |= _picked(session, source="sources", unconfirmed="is_unconfirmed", uncertain="unconfirmed_fields")
    if "languages" in session:
        fields["languages"] = ", ".join(session["languages"])
    return fields | _partners(session) | _attendance(session) | _translations(session)


def _translations(table) -> dict:
    """As they are stored: made from the English of the same table."""
    if "translations" not in table:
        return {}
    made = {code: _made(table, texts) for code, texts in table["translations"].items()}
    return {"translations": {code: texts for code, texts in made.items() if texts}}


def _made(table, texts) -> dict:
    return {
        name: {"text": text, "of": translations.digest(table.get(name, ""))} for name, text in texts.items() if text
    }


def _partners(table) -> dict:
    lines = table.get("partners", table.get("collaborators"))
    return {} if lines is None else {"partners": "\n".join(lines)}


def _attendance(session) -> dict:
    if "attendance" not in session:
        return {}
    attendance = session["attendance"]
    by_slot = attendance.get("by_slot")
    return {
        "attendance_total": attendance.get("total", sum(by_slot) if by_slot else None),
        "attendance_is_minimum": "qualifier" in attendance,
        "attendance_note": attendance.get("note", ""),
    }


def _slots(session, zone_name) -> list[SlotEntry]:
    duration = timedelta(minutes=session["duration_minutes"])
    counted = "attendance" in session
    attended = session.get("attendance", {}).get("by_slot") or [None] * len(session["slots"])
    entries = []
    for slot, people in zip(session["slots"], attended, strict=True):
        own_zone = slot.get("timezone", zone_name)
        starts = sorted(moment(start, own_zone) for start in [slot["start"], *slot.get("parts", [])])
        fields = {key: ", ".join(slot[key]) for key in ("languages", "interpretation") if key in slot}
        fields |= {"attendance": people} if counted else {}
        parts = tuple(_part(number, start, start + duration, zone_name) for number, start in enumerate(starts, 1))
        entries.append(SlotEntry(starts[0], starts[-1] + duration, fields, parts if len(parts) > 1 else ()))
    return sorted(entries, key=lambda entry: entry.starts_at)


def _part(number, starts_at, ends_at, zone_name) -> Part:
    typed = as_typed(starts_at, ends_at, zone_name)
    return Part(number, starts_at, ends_at, typed["typed_start"], typed["typed_end"])


def _speakers(session) -> list[dict] | None:
    if "speakers" not in session:
        return None
    blank = {"role": "", "affiliation": "", "part": DEFAULT_PART.value}
    return [
        blank | speaker | {"position": position} | _translations(speaker)
        for position, speaker in enumerate(session["speakers"])
    ]


def _materials(session) -> list[tuple[str, str]] | None:
    if "recording" not in session and "documents" not in session:
        return None
    recording = [(Material.Kind.RECORDING.value, "Recording")] if session.get("recording") else []
    return recording + [(_kind(title), title) for title in session.get("documents", [])]


def _recording(details) -> dict:
    codes = {name: ", ".join(details[name]) for name in ("languages", "captions") if name in details}
    return codes | _picked(details, minutes="duration_minutes")


def _documents(details) -> dict[str, dict]:
    return {each["title"]: _picked(each, symbol="symbol", editions="editions") for each in details}


def _kind(title) -> str:
    words = title.lower()
    if "slide" in words or "deck" in words:
        return Material.Kind.SLIDES.value
    if "questions and answers" in words:
        return Material.Kind.QUESTIONS.value
    return Material.Kind.DOCUMENT.value

"""The season for programs: the tables of its file (docs/season-file.md) as JSON, and what was published."""

from datetime import UTC

from django.conf import settings

from sessions import partners, translations
from sessions.models import Occurrence
from sessions.reference.languages import codes_in

# What season files do not have stands in keys of these names alone.
BEYOND_THE_FILE = {"archived_on", "was_at", "starts_on", "ends_on", "is_rehearsal", "materials"}
BEYOND_THE_FILE |= {"uid", "called_off", "starts_at", "ends_at"}
DOCUMENTS = ("slides", "questions", "document")


def of(archive, places, written) -> dict:
    """`written` has the sizes and digests of the files by their paths."""
    programme = archive.programme
    return {
        "season": _season(archive),
        "stream": [_filled(slug=each.slug, title=each.title, translations=_texts(each)) for each in programme.streams],
        "session": [_session(each, programme.slots.get(each.pk, []), places, written) for each in programme.sessions],
    }


def _season(archive) -> dict:
    season = archive.season
    return _filled(
        slug=season.slug,
        title=season.title,
        timezone=season.timezone,
        place=season.place,
        organisers=_named(season.organiser),
        introduction=season.introduction,
        note=season.note,
        partners=_named(season.partners),
        source=season.sources,
        translations=_texts(season),
        starts_on=season.starts_on.isoformat(),
        ends_on=season.ends_on.isoformat(),
        is_rehearsal=season.is_rehearsal,
        archived_on=archive.day.isoformat(),
        was_at=settings.SITE_URL + season.get_absolute_url(),
    )


def _session(session, slots, places, written) -> dict:
    materials = list(session.materials.all())
    stretches = [each for slot in slots for each in slot.held_stretches or slot.stretches]
    lengths = [(each.ends_at - each.starts_at).total_seconds() // 60 for each in stretches]
    return _filled(
        slug=session.slug,
        title=session.title,
        stream=session.stream.slug,
        platform=session.platform,
        languages=codes_in(session.languages),
        audience=session.audience,
        summary=session.summary,
        speakers=[_speaker(each) for each in session.speakers.all()],
        partners=_named(session.partners),
        attendance=_attendance(session, slots),
        source=session.sources,
        unconfirmed=session.is_unconfirmed,
        uncertain=session.unconfirmed_fields,
        translations=_texts(session, "title", "summary"),
        recording=any(each.kind == "recording" for each in materials),
        documents=[each.title for each in materials if each.kind in DOCUMENTS],
        document_details=[_details(each) for each in materials if each.kind in DOCUMENTS and _details(each)],
        materials=[_material(each, places, written) for each in materials],
    ) | {"slots": [_slot(each) for each in slots], "duration_minutes": int(max(lengths, default=60))}


def _slot(slot: Occurrence) -> dict:
    zone = slot.session.season.zone
    return _filled(
        start=_local(slot.starts_at, zone),
        parts=[_local(part.starts_at, zone) for part in _further(slot)],
        starts_at=slot.starts_at.astimezone(UTC).isoformat(),
        ends_at=slot.ends_at.astimezone(UTC).isoformat(),
        languages=codes_in(slot.languages),
        interpretation=codes_in(slot.interpretation),
        uid=str(slot.uid),
        called_off=slot.is_called_off,
    )


def _further(slot) -> list:
    """The parts that are held, without the first."""
    return [part for part in slot.parts if not part.is_called_off][1:]


def _local(moment, zone) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def _speaker(speaker) -> dict:
    said = {"name": speaker.name, "role": speaker.role, "affiliation": speaker.affiliation, "part": speaker.part}
    return _filled(**said, translations=_texts(speaker))


def _attendance(session, slots) -> dict:
    by_slot, total = [slot.attendance for slot in slots], session.attendance_total
    is_of_each = bool(by_slot) and None not in by_slot and total in (None, sum(by_slot))
    if total is None and not is_of_each:
        return {}
    return _filled(
        known=True,
        total=total,
        by_slot=by_slot if is_of_each else [],
        qualifier="more than" if session.attendance_is_minimum else "",
        note=session.attendance_note,
    )


def _details(document) -> dict:
    """Of an official document; empty where there is only its title."""
    known = _filled(symbol=document.symbol, editions=document.editions)
    return known and {"title": document.title} | known


def _material(material, places, written) -> dict:
    names = ("kind", "title", "symbol", "language", "url", "editions", "duration_minutes")
    known = {name: getattr(material, name) for name in names}
    known |= {name: codes_in(getattr(material, name)) for name in ("languages", "captions")}
    known["octets"] = material.size
    if material.file:
        path = places.of_file(material)
        known |= {"path": path, "octets": written[path].octets, "sha256": written[path].sha256}
    return _filled(**known, translations=_texts(material))


def _named(lines) -> list[str]:
    return [f"{each.name} {each.url}".strip() for each in partners.of_lines(lines)]


def _texts(row, *names) -> dict:
    """By language, without what is hidden."""
    found = {
        code: _filled(**{name: _shown(row, name, code) for name in names or row.TRANSLATED})
        for code in translations.LANGUAGES
    }
    return {code: texts for code, texts in found.items() if texts}


def _shown(row, name, language):
    said = translations.said(row, name, language)
    return "" if said.is_fallback else said.text


def _filled(**facts) -> dict:
    return {name: value for name, value in facts.items() if value or (value == 0 and value is not False)}

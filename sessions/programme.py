"""Bring the programme of a season into the database, as a season file describes it."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError

from sessions import files, rewording
from sessions.models import Material, Occurrence, Season, Session, Speaker, Stream

CREATED, UPDATED, UNCHANGED, KEPT, REMOVED = OUTCOMES = ("created", "updated", "unchanged", "kept", "removed")


@dataclass
class Report:
    """What a load did: `outcomes` counts by (model, outcome), `remarks` are sentences about what was left alone."""

    season: Season | None = None
    outcomes: Counter = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        return any(number for (_model, outcome), number in self.outcomes.items() if outcome not in (UNCHANGED, KEPT))

    def count(self, row, outcome):
        self.outcomes[type(row), outcome] += 1

    def keep(self, row, remark):
        self.count(row, KEPT)
        self.remarks.append(remark)


@transaction.atomic
def load(*, entry, now) -> Report:
    """Create the season or bring it up to date; loading the same file again changes nothing.

    Locks every time slot of the season. Never moves or removes a slot or a session that has registrations.
    Fields that the file leaves out stay as they are, and so do materials with an address or a file.
    """
    report = Report()
    before = rewording.words(entry.slug)
    report.season = _settle(Season, {"slug": entry.slug}, entry.fields, report)
    list(_slots(report.season).select_for_update(of=("self",)).order_by("pk"))
    streams = _streams(report.season, entry.streams, report)
    for planned in entry.sessions:
        _session(report.season, streams[planned.stream], planned, now, report)
    _remove_other_sessions(report.season, entry, report)
    _remove_other_streams(report.season, entry, report)
    rewording.renew_differing(report.season, before, now=now)
    if report.is_news:
        Season.objects.touch(report.season.pk, now=now)
    return report


def _settle(model, identity, fields, report):
    """The row of this identity, created or revised; only fields that differ are written."""
    row = model.objects.filter(**identity).first()
    if row is None:
        row = model.objects.create(**identity, **fields)
        report.count(row, CREATED)
    else:
        report.count(row, UPDATED if _revise(row, fields) else UNCHANGED)
    return row


def _revise(row, fields) -> bool:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _slots(season):
    return Occurrence.objects.filter(session__season=season)


def _streams(season, planned, report) -> dict[str, Stream]:
    return {slug: _settle(Stream, {"season": season, "slug": slug}, planned[slug], report) for slug in planned}


def _session(season, stream, planned, now, report):
    fields = planned.fields | {"stream_id": stream.pk}
    session = _settle(Session, {"season": season, "slug": planned.slug}, fields, report)
    if planned.speakers is not None:
        _set_panel(session, planned.speakers)
    if planned.materials is not None:
        _set_materials(session, planned.materials)
    _set_slots(session, planned.slots, now, report)


def _set_panel(session, planned):
    names = ("name", "role", "affiliation", "part", "position")
    if list(session.speakers.values(*names)) != planned:
        session.speakers.all().delete()
        Speaker.objects.bulk_create(Speaker(session=session, **person) for person in planned)


def _set_materials(session, planned):
    """Staff may have given a material its address or file or, for a recording, another title."""
    for material in session.materials.filter(url="", file=""):
        if (material.kind, material.title) not in planned:
            material.delete()
    present = set(session.materials.values_list("kind", "title"))
    has_recording = any(kind == Material.Kind.RECORDING for kind, _title in present)
    for position, (kind, title) in enumerate(planned):
        if (kind, title) in present or (has_recording and kind == Material.Kind.RECORDING):
            continue
        session.materials.create(kind=kind, title=title, position=position)


def _set_slots(session, planned, now, report):
    """Slots find their rows by their start; what is left on both sides is paired in order."""
    rows = {row.starts_at: row for row in session.occurrences.in_order()}
    unmatched = [entry for entry in planned if entry.starts_at not in rows]
    pairs = [(entry, rows.pop(entry.starts_at)) for entry in planned if entry.starts_at in rows]
    left_over = list(rows.values())
    pairs += zip(unmatched, left_over, strict=False)
    for entry, row in pairs:
        _update_slot(row, entry, now, report)
    for entry in unmatched[len(left_over) :]:
        _create_slot(session, entry, now, report)
    for row in left_over[len(unmatched) :]:
        _remove(row, f"{_name(row)}: not in the file, but it has registrations: kept", report)


def _create_slot(session, entry, now, report):
    times = {"starts_at": entry.starts_at, "ends_at": entry.ends_at}
    report.count(session.occurrences.create(**times, **entry.fields, changed_at=now), CREATED)


def _update_slot(row, entry, now, report):
    times = {"starts_at": entry.starts_at, "ends_at": entry.ends_at}
    moves = (row.starts_at, row.ends_at) != (entry.starts_at, entry.ends_at)
    if moves and row.registrations.exists():
        local = [moment.astimezone(row.session.season.zone) for moment in times.values()]
        wanted = f"{local[0]:%Y-%m-%d %H:%M} to {local[1]:%H:%M}"
        report.keep(row, f"{_name(row)}: has registrations, so it was not moved to {wanted}; move it in the admin")
        _revise(row, entry.fields)
        return
    # RFC 5545 3.8.7.4: without a higher SEQUENCE, calendars that follow the public entry may keep the old time.
    revision = times | {"sequence": row.sequence + 1, "changed_at": now} if moves else {}
    report.count(row, UPDATED if _revise(row, entry.fields | revision) else UNCHANGED)


def _remove_other_sessions(season, entry, report):
    planned = [session.slug for session in entry.sessions]
    for session in season.sessions.exclude(slug__in=planned).order_by("pk"):
        slots, materials = list(session.occurrences.in_order()), list(session.materials.all())
        remark = f'session "{session.slug}": not in the file, but it has registrations: kept with its slots'
        outcome = REMOVED if _remove(session, remark, report) else KEPT
        if outcome == REMOVED:
            files.discard_after_commit(materials)
        report.outcomes[Occurrence, outcome] += len(slots)


def _remove_other_streams(season, entry, report):
    for stream in season.streams.exclude(slug__in=entry.streams):
        _remove(stream, f'stream "{stream.slug}": not in the file, but a kept session belongs to it: kept', report)


def _remove(row, remark, report) -> bool:
    """Registrations protect their session and slot (on_delete), sessions their stream."""
    try:
        row.delete()
    except ProtectedError:
        report.keep(row, remark)
        return False
    report.count(row, REMOVED)
    return True


def _name(slot) -> str:
    local = slot.starts_at.astimezone(slot.session.season.zone)
    return f'session "{slot.session.slug}", slot {local:%Y-%m-%d %H:%M}'

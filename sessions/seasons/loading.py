"""Bring the programme of a season into the database, as a season file describes it."""

from django.db import transaction

from sessions import translations
from sessions.clocks import zones
from sessions.materials import files
from sessions.models import Material, Occurrence, Season, Session, Speaker, Stream
from sessions.seasons import loading_slots, rewording, season_days
from sessions.seasons.load_report import CREATED, KEPT, REMOVED, UNCHANGED, UPDATED, Act, Report, change


@transaction.atomic
def load(*, entry, now, allowed=frozenset()) -> Report:
    """Create the season; or show what would change in one that is there, and do as much of it as is allowed.

    Locks every time slot of the season, then the season. Whatever is allowed, no slot and no session of registered or
    invited people is moved or removed, and what staff alone can type stays. Loading the same file again changes
    nothing.
    """
    slots = Occurrence.objects.filter(session__season__slug=entry.slug)
    clock_is_promised = bool(slots.locked())
    before = rewording.words(entry.slug)
    season = Season.objects.filter(slug=entry.slug).locked().first()
    is_new = season is None
    report = Report(frozenset(Act) if is_new else frozenset(allowed))
    report.season = season = season or _created(entry, report)
    streams = {slug: _stream(season, slug, entry.streams[slug], report) for slug in entry.streams}
    for planned in entry.sessions:
        _session(season, streams[planned.stream], planned, now, report)
    _remove_other_sessions(season, entry, report)
    _remove_other_streams(season, entry, report)
    if not is_new:
        _revise_season(season, entry, report, clock_is_promised)
    rewording.renew_differing(season, before, now=now)
    if report.is_news:
        Season.objects.touch(season.pk, now=now)
    return report


def _created(entry, report) -> Season:
    report.count(Season, CREATED)
    report.done.append(f'season "{entry.slug}" is added')
    place = {"place": zones.season_place(entry.fields["timezone"])} if "timezone" in entry.fields else {}
    return Season.objects.create(slug=entry.slug, **place | entry.fields)


def _revise_season(season, entry, report, clock_is_promised):
    """Its dates hold every slot, whatever the file says and wherever staff moved one."""
    starts_on, ends_on = season_days.around_slots(season, entry.fields["starts_on"], entry.fields["ends_on"])
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    against = {"timezone": "its time slots are promised on this clock"} if clock_is_promised else {}
    _revise(season, entry.fields | dates, f'season "{season.slug}"', report, against=against)
    if report.is_news:
        season.starts_on, season.ends_on = season_days.around_slots(season)
        season.save(update_fields=["starts_on", "ends_on"])


def _revise(row, fields, name, report, *, against=None):
    """Each field that differs is written if that is allowed; `against` has reasons by field."""
    if "translations" in fields:
        fields = fields | {"translations": translations.merged(row.translations, fields["translations"])}
    differing = {field: value for field, value in fields.items() if getattr(row, field) != value}
    changed = []
    for field, value in differing.items():
        words = f"{name}: {change(field, getattr(row, field), value)}"
        if report.may(Act.OVERWRITE, words, against=(against or {}).get(field, "")):
            setattr(row, field, value)
            changed.append(field)
    if changed:
        row.save(update_fields=changed)
    report.count(type(row), UPDATED if changed else KEPT if differing else UNCHANGED)


def _settle(model, identity, fields, name, report):
    """The row of this identity, created or revised; None where it is not there and may not be added."""
    row = model.objects.filter(**identity).first()
    if row:
        _revise(row, fields, name, report)
        return row
    is_added = report.may(Act.ADD, f"{name} is added")
    report.count(model, CREATED if is_added else KEPT)
    return model.objects.create(**identity, **fields) if is_added else None


def _stream(season, slug, fields, report) -> Stream | None:
    return _settle(Stream, {"season": season, "slug": slug}, fields, f'stream "{slug}"', report)


def _session(season, stream, planned, now, report):
    name, identity = f'session "{planned.slug}"', {"season": season, "slug": planned.slug}
    is_new = not Session.objects.filter(**identity).exists()
    fields = planned.fields | ({"stream": stream} if stream else {})
    session = _settle(Session, identity, fields, name, report)
    if session is None:
        return
    if planned.speakers is not None:
        _set_panel(session, planned.speakers, report, is_new)
    if planned.materials is not None:
        _set_materials(session, planned.materials, report, is_new)
    recordings = session.materials.filter(kind=Material.Kind.RECORDING)
    _set_details(session, "recording", recordings, planned.recording, report, is_new)
    others = session.materials.exclude(kind=Material.Kind.RECORDING)
    for title, details in planned.documents.items():
        _set_details(session, f'document "{title}"', others.filter(title=title), details, report, is_new)
    loading_slots.load(session, planned.slots, report=report, now=now)


def _set_panel(session, planned, report, is_new):
    names = ("name", "role", "affiliation", "part", "position", "translations")
    before = list(session.speakers.values(*names))
    stored = {person["name"]: person["translations"] for person in before}
    planned = [
        person | {"translations": translations.merged(stored.get(person["name"], {}), person.get("translations", {}))}
        for person in planned
    ]
    panels = [", ".join(person["name"] for person in panel) for panel in (before, planned)]
    words = f'session "{session.slug}": {change("panel", *panels)}'
    if before != planned and (is_new or report.may(Act.OVERWRITE, words)):
        session.speakers.all().delete()
        Speaker.objects.bulk_create(Speaker(session=session, **person) for person in planned)


def _set_materials(session, planned, report, is_new):
    """Staff may have given a material its address or file or, for a recording, another title."""
    bare = list(session.materials.filter(url="", file=""))
    gone = [material for material in bare if (material.kind, material.title) not in planned]
    new = _new_materials(session, planned)
    before = ", ".join(material.title for material in gone)
    words = f'session "{session.slug}": {change("materials", before, ", ".join(title for *_, title in new))}'
    if (gone or new) and (is_new or report.may(Act.OVERWRITE, words)):
        Material.objects.filter(pk__in=[material.pk for material in gone]).delete()
        for position, kind, title in new:
            session.materials.create(kind=kind, title=title, position=position)


def _set_details(session, name, rows, planned, report, is_new):
    """What the file says of the first of these materials, if there is one."""
    found = rows.order_by("position", "pk").first()
    differing = [field for field in planned if found and getattr(found, field) != planned[field]]
    changes = ", ".join(change(field, getattr(found, field), planned[field]) for field in differing)
    if differing and (is_new or report.may(Act.OVERWRITE, f'session "{session.slug}": {name}, {changes}')):
        Material.objects.filter(pk=found.pk).update(**{field: planned[field] for field in differing})


def _new_materials(session, planned) -> list[tuple[int, str, str]]:
    """Position, kind and title of those that are not there."""
    present = set(session.materials.values_list("kind", "title"))
    has_recording = any(kind == Material.Kind.RECORDING for kind, _title in present)
    return [
        (position, kind, title)
        for position, (kind, title) in enumerate(planned)
        if (kind, title) not in present and not (has_recording and kind == Material.Kind.RECORDING)
    ]


def _remove_other_sessions(season, entry, report):
    planned = [session.slug for session in entry.sessions]
    for session in season.sessions.exclude(slug__in=planned).order_by("pk"):
        words = f'session "{session.slug}": not in the file, is removed with its slots'
        slots, materials = session.occurrences.count(), list(session.materials.all())
        is_removed = report.may(Act.REMOVE, words, against=_people_of_session(session))
        report.count(Session, REMOVED if is_removed else KEPT)
        report.outcomes[Occurrence, REMOVED if is_removed else KEPT] += slots
        if is_removed:
            files.discard_after_commit(materials)
            session.delete()


def _people_of_session(session) -> str:
    if session.registrations.exists():
        return "it has registrations"
    return "people are invited to it" if session.invitations.exists() else ""


def _remove_other_streams(season, entry, report):
    for stream in season.streams.exclude(slug__in=entry.streams):
        against = "a session belongs to it" if stream.sessions.exists() else ""
        is_removed = report.may(Act.REMOVE, f'stream "{stream.slug}": not in the file, is removed', against=against)
        report.count(Stream, REMOVED if is_removed else KEPT)
        if is_removed:
            stream.delete()

"""Reports that staff upload: kept while they look at what is in them, and deleted as soon as they count."""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from registrations.attendance import blocks, reading, refusals, zone_fit
from registrations.models import AttendanceReport, AttendanceUpload
from sessions import tables
from sessions.clocks import zones
from sessions.models import Occurrence

LIMITS = tables.Limits(rows=20_000, columns=60, octets=10 * 1024 * 1024, characters=10_000_000)
# As long as somebody of the staff stays signed in.
KEPT = timedelta(hours=12)
MOST_FILES = 10
HEADINGS_AMONG = 50
FITTING_AT_MOST = 3


class CannotTake(Exception):
    """The words say which files are not taken, and why."""


@dataclass(frozen=True)
class Parsed:
    """A file as it is read now; without a report there is a `problem`, in words.

    `headings` are those above columns that staff named.
    """

    upload: AttendanceUpload
    reading: tables.Reading
    lines: int
    headings: list[str]
    report: reading.Report | None
    problem: str = ""
    # Time slots of the season at whose time people were there, if nobody was at that of this one.
    fitting: list[Occurrence] = field(default_factory=list)
    # Another time zone in which people were there at the time of this slot.
    fit: zone_fit.Fit | None = None


def waiting(occurrence, *, by):
    """What somebody has uploaded about this slot."""
    return AttendanceUpload.objects.filter(occurrence=occurrence, uploaded_by=by).order_by("pk")


@transaction.atomic
def store(*, occurrence, files, zone, by, now, instead=False) -> list[str]:
    """Keep files, each a name with its octets, beside those that wait or `instead` of them. No file waits twice.

    Gives a sentence for each that is left out, because it is no table or counts already. Raises CannotTake where there
    are too many, or none can be kept; then nothing is changed.
    """
    delete_old(now=now)
    old = waiting(occurrence, by=by)
    if (0 if instead else old.count()) + len(files) > MOST_FILES:
        raise CannotTake(_("At most %(number)d files can be looked at together.") % {"number": MOST_FILES})
    uploads, refused = [], []
    for name, octets in files:
        try:
            uploads.append(_upload(occurrence, name, octets, zone, by, now))
        except CannotTake as reason:
            refused += reason.args
    if not uploads:
        raise CannotTake(*refused)
    if instead:
        old.delete()
    AttendanceUpload.objects.bulk_create(uploads, ignore_conflicts=True)
    return refused


def read_again(*, upload, zone, encoding, day_first):
    _say(upload, zone=zone, encoding=encoding, day_first=day_first)


def read_in_zone(*, upload, zone):
    """Only the zone is another one than before."""
    _say(upload, zone=zone)


def name_columns(*, upload, columns, heading):
    """By position what they are, below a line (from 1; 0 without headings)."""
    _say(upload, columns=columns, heading=heading)


def discard(occurrence, *, by, pks):
    waiting(occurrence, by=by).filter(pk__in=pks).delete()


def delete_old(*, now) -> int:
    deleted, _by_model = AttendanceUpload.objects.filter(uploaded_at__lt=now - KEPT).delete()
    return deleted


def table_of(upload) -> tables.Table:
    """Raises CannotRead where it is no table in the encoding that staff said."""
    return tables.read(bytes(upload.octets), LIMITS, tables.Choice(encoding=upload.said.get("encoding", "")))


def parsed(upload, slot) -> Parsed:
    """Within the time of the slot."""
    said = upload.said
    try:
        table = table_of(upload)
    except tables.CannotRead as reason:
        # It was a table in another encoding.
        return Parsed(upload, tables.Reading(said.get("encoding", "")), 0, [], None, str(reason))
    heading = said.get("heading", 0)
    about = (upload, table.reading, len(table.rows), blocks.headings(table.rows, heading))
    in_words = reading.Said(
        zone=said["zone"],
        day_first=said.get("day_first"),
        columns=said.get("columns") or None,
        heading=heading,
    )
    try:
        report = reading.read(table.rows, in_words, slot=(slot.starts_at, slot.ends_at))
    except reading.NotUnderstood as reason:
        fitting = _fitting(slot, reason.report)
        return Parsed(*about, None, str(reason), fitting, None if fitting else _zone_fit(slot, reason.report))
    return Parsed(*about, report, fit=_zone_fit(slot, report))


def _zone_fit(slot, report) -> zone_fit.Fit | None:
    season = slot.session.season
    return report and zone_fit.find(report, (slot.starts_at, slot.ends_at), likely=[zones.usable(season.timezone)])


def _fitting(slot, report) -> list[Occurrence]:
    if not report:
        return []
    between = refusals.first_and_last(report)
    of_season = Occurrence.objects.filter(session__season=slot.session.season_id).exclude(pk=slot.pk)
    at_that_time = of_season.filter(starts_at__lt=between[1], ends_at__gt=between[0])
    return list(at_that_time.select_related("session__season").order_by("starts_at", "pk")[:FITTING_AT_MOST])


def _upload(occurrence, name, octets, zone, by, now) -> AttendanceUpload:
    if not octets:
        raise CannotTake(_("“%(name)s” is empty.") % {"name": name})
    digest = sha256(octets).hexdigest()
    if AttendanceReport.objects.in_force().filter(occurrence=occurrence, sha256=digest).exists():
        raise CannotTake(_("“%(name)s” was added before, and counts already.") % {"name": name})
    if tables.is_workbook(octets):
        words = _("“%(name)s” is a workbook. Choose the file as the meeting platform gave it out (CSV).")
        raise CannotTake(words % {"name": name})
    try:
        rows = tables.read(octets, LIMITS).rows
    except tables.CannotRead as reason:
        raise CannotTake(_("“%(name)s”: %(reason)s") % {"name": name, "reason": reason}) from None
    said = {"zone": zone} | _named_before(rows)
    about = {"occurrence": occurrence, "uploaded_by": by, "uploaded_at": now}
    return AttendanceUpload(name=name[:200], octets=octets, sha256=digest, said=said, **about)


def _named_before(rows) -> dict:
    """What staff said of the columns of an earlier file that had these headings."""
    if blocks.of(rows):
        return {}
    lines = {tuple(blocks.tidy(row)): number for number, row in enumerate(rows[:HEADINGS_AMONG], 1)}
    known = AttendanceReport.objects.exclude(columns={}).order_by("-pk").values_list("columns", flat=True)
    for said in known[:HEADINGS_AMONG]:
        if heading := lines.get(tuple(said["headings"])):
            return {"columns": said["columns"], "heading": heading}
    return {}


def _say(upload, **said):
    AttendanceUpload.objects.filter(pk=upload.pk).update(said=upload.said | said)

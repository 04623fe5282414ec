"""Reports of attendance take effect, and are undone: each registration has the seconds of all reports in force."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from registrations import audit
from registrations.attendance import counting
from registrations.attendance.matching import Kind, Visitor
from registrations.models import AttendanceInterval, AttendanceReport, Registration
from sessions.models import Occurrence

Decision = AttendanceInterval.Decision
BATCH = 1000


class ReadAlready(Exception):
    """The same file counts for this time slot already."""


class ChangedMeanwhile(Exception):
    """A report that should be replaced, or undone, counts no more; or the time slot has another time."""


@dataclass(frozen=True)
class File:
    """What a report was read from, and how."""

    name: str
    sha256: str
    encoding: str
    layout: str
    zone: str
    day_first: bool
    rows: int
    columns: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """When a slot begins and ends, and the reports (ids) that count: with others the new files may contradict them."""

    starts_at: datetime
    ends_at: datetime
    reports: frozenset[int]

    @classmethod
    def of(cls, slot, reports):
        return cls(slot.starts_at, slot.ends_at, frozenset(report.pk for report in reports))


@transaction.atomic
def take(*, occurrence_id, files, visitors, decisions, replaces=(), seen=None, by, now) -> list[AttendanceReport]:
    """Let files count from now on, one report each, beside the others of the slot or instead of what they `replace`.

    `visitors` are Visitor as matching found them in all `files` together; `decisions` say by their key which
    registration (id) it is where that is proposed or unknown, or None where it is left open. `replaces` are ids of
    reports, `seen` the slot as it was when the files were read. Locks the slots of the session. Raises ReadAlready or
    ChangedMeanwhile.
    """
    slot = _locked(occurrence_id)
    in_force = AttendanceReport.objects.in_force().filter(occurrence=slot)
    replaced = in_force.filter(pk__in=replaces)
    if replaced.count() != len(set(replaces)) or (seen and seen != Seen.of(slot, in_force)):
        raise ChangedMeanwhile
    reports = _stored([_report(slot, file, by, now) for file in files], replaced, now)
    of_session = set(Registration.objects.filter(session=slot.session_id).values_list("pk", flat=True))
    people = defaultdict(set)
    for number in range(0, len(visitors), BATCH):
        rows = [row for visitor in visitors[number : number + BATCH] for row in _intervals(reports, visitor, decisions)]
        for row in rows:
            row.registration_id = row.registration_id if row.registration_id in of_session else None
            people[row.report_id].add(row.registration_id)
        AttendanceInterval.objects.bulk_create(rows, BATCH)
    counting.recount(slot.session_id)
    for report in reports:
        after = {"file": report.file_name, "people": len(people[report.pk] - {None})}
        audit.record("attendance-read", slot, by=by, after=after)
    return reports


@transaction.atomic
def undo(*, report_id, by, now):
    """A report counts no more. With the last of those that were read together what they had replaced counts again,
    unless the same file was read anew meanwhile.

    Raises ChangedMeanwhile where it was undone before.
    """
    report = AttendanceReport.objects.get(pk=report_id)
    slot = _locked(report.occurrence_id)
    if not AttendanceReport.objects.in_force().filter(pk=report.pk).update(undone_at=now):
        raise ChangedMeanwhile
    back, anew = _replaced_with(report)
    AttendanceReport.objects.filter(pk__in=anew).update(replaced_by=None)
    AttendanceReport.objects.filter(pk__in=back).update(undone_at=None, replaced_by=None)
    counting.recount(slot.session_id)
    audit.record("attendance-undone", slot, by=by, before={"file": report.file_name})


def registration_of(visitor: Visitor, decisions) -> tuple[int | None, str]:
    """Whose times they are (id), and who decided that."""
    if visitor.key in decisions:
        chosen = decisions[visitor.key]
        return chosen, Decision.STAFF if chosen else Decision.LEFT_OPEN
    if visitor.kind in (Kind.MATCHED, Kind.OUTSIDE) and visitor.is_certain:
        return visitor.candidates[0].pk, Decision.AUTOMATIC
    return None, Decision.LEFT_OPEN if visitor.kind in (Kind.PROPOSED, Kind.UNKNOWN) else Decision.AUTOMATIC


def _locked(occurrence_id) -> Occurrence:
    """With all slots of its session: people of the others are counted, too."""
    siblings = Occurrence.objects.filter(session__occurrences=occurrence_id)
    return {slot.pk: slot for slot in siblings.locked()}[occurrence_id]


def _report(slot, file, by, now) -> AttendanceReport:
    return AttendanceReport(
        occurrence=slot,
        file_name=file.name[:200],
        sha256=file.sha256,
        encoding=file.encoding,
        layout=file.layout,
        zone=file.zone,
        day_first=file.day_first,
        rows=file.rows,
        columns=file.columns,
        uploaded_by=by,
        imported_at=now,
    )


def _stored(reports, replaced, now) -> list[AttendanceReport]:
    old = list(replaced.values_list("pk", flat=True))
    replaced.update(undone_at=now)
    try:
        with transaction.atomic():
            for report in reports:
                report.save()
    except IntegrityError:
        raise ReadAlready from None
    AttendanceReport.objects.filter(pk__in=old).update(replaced_by=reports[0])
    return reports


def brought_back(report):
    """The reports that count again without this one: those that it replaced, with the last of those read together."""
    back, _anew = _replaced_with(report)
    return AttendanceReport.objects.filter(pk__in=back)


def _replaced_with(report) -> tuple[list[int], list[int]]:
    """Ids of what the reports that were read together had replaced: those that come back, and those read anew since.

    None as long as another one of them counts, or would come back when its own replacement is undone.
    """
    of_slot = AttendanceReport.objects.filter(occurrence=report.occurrence_id)
    together = of_slot.filter(imported_at=report.imported_at)
    # What they replaced themselves may have been read at the same moment.
    others = together.exclude(pk=report.pk).exclude(replaced_by__imported_at=report.imported_at)
    if others.filter(Q(undone_at=None) | Q(replaced_by__isnull=False)).exists():
        return [], []
    counting_now = of_slot.in_force().exclude(pk=report.pk)
    known = set(counting_now.values_list("sha256", flat=True))
    replaced = list(of_slot.filter(replaced_by__in=together.values("pk")).values_list("pk", "sha256"))
    back = [pk for pk, sha256 in replaced if sha256 not in known]
    return back, [pk for pk, sha256 in replaced if sha256 in known]


def _intervals(reports, visitor: Visitor, decisions) -> list[AttendanceInterval]:
    registration, decision = registration_of(visitor, decisions)
    return [
        AttendanceInterval(
            report=reports[join.file],
            registration_id=registration,
            name=join.name[:200],
            email=join.email[:254],
            part=join.part,
            joined_at=join.joined_at,
            left_at=join.left_at,
            decision=decision,
        )
        for join in visitor.joins
    ]

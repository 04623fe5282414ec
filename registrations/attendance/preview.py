"""What files about a slot come to, before they count."""

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _

from registrations.attendance import comparing, counting, importing, matching, presence, uploads
from registrations.attendance.importing import File
from registrations.attendance.matching import Kind, Visitor
from registrations.models import AttendanceReport
from sessions.models import Occurrence

ADD, REPLACE_ALL = "add", "all"


@dataclass(frozen=True)
class Preview:
    """`problems` say why these files cannot count together; `reports` are those in force, `differences` from each."""

    slot: Occurrence
    files: list[uploads.Parsed]
    visitors: list[Visitor]
    reports: list[AttendanceReport]
    problems: list[str]
    differences: list[comparing.Difference]

    @property
    def can_count(self) -> bool:
        return bool(self.files) and not self.problems and all(file.report for file in self.files)

    @property
    def is_of_nobody(self) -> bool:
        return self.can_count and not any(visitor.seconds for visitor in self.visitors)

    @cached_property
    def fingerprint(self) -> str:
        """Another one as soon as the files, how they are read, what counts, or who is registered is another."""
        files = [(file.upload.pk, sorted(file.upload.said.items(), key=str)) for file in self.files]
        people = [(each.key, each.kind, [row.pk for row in each.candidates]) for each in self.visitors]
        about = (self.slot.starts_at, self.slot.ends_at, [report.pk for report in self.reports])
        return sha256(repr((files, people, about)).encode()).hexdigest()[:32]

    @property
    def refused(self) -> list[uploads.Parsed]:
        return [file for file in self.files if not file.report]

    def of(self, kind) -> list[Visitor]:
        return [visitor for visitor in self.visitors if visitor.kind is kind]

    def replaced_by(self, how) -> list[int]:
        """Ids of the reports instead of which these files count."""
        if how == ADD:
            return []
        return [report.pk for report in self.reports] if how == REPLACE_ALL else [int(how)]

    def contradicted_by(self, how) -> list[AttendanceReport]:
        """The reports that would count beside these files although everybody came earlier by the same time in one."""
        replaced = self.replaced_by(how)
        return [each.report for each in self.differences if each.shifted and each.report.pk not in replaced]


@dataclass(frozen=True)
class Outcome:
    """How many registered people were there in all, and for how many minutes."""

    people: int
    minutes: int


def of(slot, *, by) -> Preview:
    files = [uploads.parsed(upload, slot) for upload in uploads.waiting(slot, by=by)]
    joins = [
        replace(join, file=number) if number else join
        for number, file in enumerate(files)
        for join in (file.report.joins if file.report else [])
    ]
    visitors = matching.visitors(joins, slot)
    in_force = AttendanceReport.objects.in_force().filter(occurrence=slot).select_related("uploaded_by").order_by("pk")
    reports = list(in_force)
    differences = comparing.differences(visitors, len(files), reports, slot)
    return Preview(slot, files, visitors, reports, _contradictions(files, visitors), differences)


def outcomes(preview, decisions) -> dict[str, Outcome]:
    """What counts now (""), and what would count if the files are added, or replace one report or all of them."""
    new = [
        (registration, [None, join.joined_at, join.left_at])
        for visitor in preview.visitors
        if (registration := importing.registration_of(visitor, decisions)[0])
        for join in visitor.joins
    ]
    known = counting.times(preview.slot)
    found = {"": _outcome(preview.slot, known, [], set())}
    choices = [ADD, *(str(report.pk) for report in preview.reports), *([REPLACE_ALL] if preview.reports[1:] else [])]
    for how in choices:
        found[how] = _outcome(preview.slot, known, new, set(preview.replaced_by(how)))
    return found


def without(slot, report) -> tuple[Outcome, Outcome]:
    """What counts now, and what would count if this report were undone."""
    of_slot = AttendanceReport.objects.filter(occurrence=slot)
    left = [*of_slot.in_force().exclude(pk=report.pk), *importing.brought_back(report)]
    now, then = counting.times(slot), counting.times(slot, reports=left)
    return _outcome(slot, now, [], set()), _outcome(slot, then, [], set())


def take(preview, *, how, decisions, by, now) -> list[AttendanceReport]:
    """Raises what importing.take does."""
    reports = importing.take(
        occurrence_id=preview.slot.pk,
        files=[_file(file) for file in preview.files],
        visitors=preview.visitors,
        decisions=decisions,
        replaces=preview.replaced_by(how),
        seen=importing.Seen.of(preview.slot, preview.reports),
        by=by,
        now=now,
    )
    uploads.discard(preview.slot, by=by, pks=[file.upload.pk for file in preview.files])
    return reports


def open_ones(preview) -> list[Visitor]:
    """About whom staff decide, those with the longest time first."""
    found = [*preview.of(Kind.PROPOSED), *preview.of(Kind.UNKNOWN)]
    return sorted(found, key=lambda visitor: (visitor.kind is Kind.UNKNOWN, -visitor.seconds))


def _file(file) -> File:
    upload, columns, headings = file.upload, file.upload.said.get("columns"), file.headings
    return File(
        name=upload.name,
        sha256=upload.sha256,
        encoding=file.reading.encoding,
        layout=file.report.layout,
        zone=file.report.zone,
        day_first=file.report.day_first,
        rows=file.lines,
        columns={"columns": columns, "headings": headings} if columns and headings else {},
    )


def _outcome(slot, known, new, replaced) -> Outcome:
    times = {}
    for registration, intervals in known.items():
        times[registration] = [(joined, left) for report, joined, left in intervals if report not in replaced]
    for registration, (_report, joined, left) in new:
        times.setdefault(registration, []).append((joined, left))
    seconds = [presence.seconds_in(slot, intervals) for intervals in times.values()]
    return Outcome(sum(map(bool, seconds)), sum(seconds) // 60)


def _contradictions(files, visitors) -> list[str]:
    found = []
    for one, other in comparing.contradictions(visitors, len(files)):
        names = {"one": files[one].upload.name, "other": files[other].upload.name}
        words = _(
            "“%(one)s” and “%(other)s” contradict each other: in the one, everybody came earlier by the same time. "
            "One of them is in another time zone. Change its zone, or leave one of them out."
        )
        found.append(words % names)
    return found

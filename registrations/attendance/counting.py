"""How long each person was there, counted anew from all reports in force."""

from collections import defaultdict

from registrations.attendance import presence
from registrations.attendance.of_each import OfEach
from registrations.models import AttendanceInterval, AttendanceReport, Registration
from sessions.models import Occurrence

BATCH = 1000


def recount(session_id, *, only=None):
    """Store of each registration of the session how long its person was there; `only` of these, by id.

    Nobody's where no report is about their slot and none names them; none of a slot with a report is 0 seconds. Who
    calls it has locked the slots of the session, or these registrations.
    """
    registrations = Registration.objects.filter(session=session_id)
    if only is not None:
        registrations = registrations.filter(pk__in=only)
    slots = list(Occurrence.objects.filter(session=session_id))
    found, reported = _seconds(slots, only), _reported(slots)
    without, changed = defaultdict(list), []
    for pk, slot, before in registrations.order_by("pk").values_list("pk", "occurrence", "attended_seconds"):
        seconds = found.get(pk, 0 if slot in reported else None)
        if seconds and seconds != before:
            changed.append((pk, seconds))
        elif seconds != before:
            without[seconds].append(pk)
    for seconds, pks in without.items():
        Registration.objects.filter(pk__in=pks).update(attended_seconds=seconds)
    for start in range(0, len(changed), BATCH):
        some = dict(changed[start : start + BATCH])
        Registration.objects.filter(pk__in=some).update(attended_seconds=OfEach(some))


def recount_moved(slot):
    """Where a report is about the slot: its times count within the new hours.

    Who calls it has locked the slots of the session.
    """
    if _reported([slot]):
        recount(slot.session_id)


def times(slot, *, only=None, reports=None) -> dict[int, list]:
    """By registration (id) the report (id), when its person joined, and left; in reports in force about this slot, or
    in these.
    """
    if reports is None:
        reports = AttendanceReport.objects.in_force().filter(occurrence=slot)
    known = AttendanceInterval.objects.filter(report__in=reports, registration__isnull=False)
    if only is not None:
        known = known.filter(registration__in=only)
    found = defaultdict(list)
    for registration, *time in known.values_list("registration", "report", "joined_at", "left_at").iterator():
        found[registration].append(time)
    return found


def _seconds(slots, only) -> dict[int, int]:
    seconds = defaultdict(int)
    for slot in slots:
        for registration, known in times(slot, only=only).items():
            intervals = [(joined, left) for _report, joined, left in known]
            seconds[registration] += presence.seconds_in(slot, intervals)
    return seconds


def _reported(slots) -> set[int]:
    return set(AttendanceReport.objects.in_force().filter(occurrence__in=slots).values_list("occurrence", flat=True))

"""How long each person was there, counted anew from all reports in force."""

from collections import defaultdict

from registrations.attendance import presence
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
    found = seconds_of(session_id, only=only)
    reported = set(_in_force(session_id).values_list("occurrence", flat=True))
    by_seconds, changed = defaultdict(list), []
    for registration in registrations.only("occurrence_id", "attended_seconds").order_by("pk"):
        seconds = found.get(registration.pk, 0 if registration.occurrence_id in reported else None)
        if seconds == registration.attended_seconds:
            continue
        registration.attended_seconds = seconds
        if seconds:
            changed.append(registration)
        else:
            by_seconds[seconds].append(registration.pk)
    for seconds, pks in by_seconds.items():
        Registration.objects.filter(pk__in=pks).update(attended_seconds=seconds)
    Registration.objects.bulk_update(changed, ["attended_seconds"], BATCH)


def seconds_of(session_id, *, only=None, without=(), more=()) -> dict[int, int]:
    """Seconds by registration: in all reports in force, `without` some of them (ids), and `more` beside.

    `more` has registration, slot, joined and left; moments as aware datetimes.
    """
    slots = {slot.pk: (slot.starts_at, slot.ends_at) for slot in Occurrence.objects.filter(session=session_id)}
    theirs = AttendanceInterval.objects.filter(
        report__in=_in_force(session_id).exclude(pk__in=without), registration__isnull=False
    )
    if only is not None:
        theirs = theirs.filter(registration__in=only)
    stored = theirs.values_list("registration", "report__occurrence", "joined_at", "left_at")
    times = defaultdict(list)
    for source in (stored.iterator(), more):
        for registration, slot, joined, left in source:
            times[registration, slot].append((joined, left))
    seconds = defaultdict(int)
    for (registration, slot), intervals in times.items():
        seconds[registration] += presence.seconds(intervals, between=slots[slot])
    return dict(seconds)


def _in_force(session_id):
    return AttendanceReport.objects.in_force().filter(occurrence__session=session_id)

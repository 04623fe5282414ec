"""The times of one person in meetings, when two people turn out to be one."""

from registrations.attendance import counting
from registrations.models import AttendanceInterval


def move(lost, *, to):
    """Of each session for which both are registered, to the registration of the person who stays.

    Inside a transaction that has locked the registrations of both.
    """
    theirs = AttendanceInterval.objects.filter(registration__participant=lost)
    own = _own(to)
    for session in theirs.values_list("registration__session", flat=True).distinct().order_by():
        if heir := own.get(session):
            pks = list(theirs.filter(registration__session=session).locked().values_list("pk", flat=True))
            left = lost.registrations.filter(session=session).values_list("pk", flat=True)
            AttendanceInterval.objects.filter(pk__in=pks).update(registration=heir)
            counting.recount(session, only=[heir.pk, *left])


def _own(person) -> dict:
    """By session, the active one or the last that was cancelled."""
    own = {}
    for registration in person.registrations.order_by("registered_at", "pk"):
        before = own.get(registration.session_id)
        if before is None or before.is_cancelled:
            own[registration.session_id] = registration
    return own

"""What staff still have to add to a session that is over."""

from django.db.models import Exists, OuterRef, Q

from registrations.models import AttendanceReport
from sessions.models import Material, Occurrence


def with_what_is_known(sessions):
    """With `has_recording`, one that people can open; and `is_counted`, how many came in all or to each slot held, by a
    report or as staff typed it.
    """
    of_session = {"session": OuterRef("pk")}
    recordings = Material.objects.filter(kind=Material.Kind.RECORDING, **of_session).exclude(url="", file="")
    uncounted = Occurrence.objects.filter(called_off_at=None, attendance=None, **of_session)
    reported = AttendanceReport.objects.in_force().filter(occurrence=OuterRef("pk"))
    uncounted = uncounted.exclude(Exists(reported))
    return sessions.annotate(
        has_recording=Exists(recordings), is_counted=Q(attendance_total__isnull=False) | ~Exists(uncounted)
    )

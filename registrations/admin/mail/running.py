"""What runs by itself, in words for staff: when each was last seen, and whether that is too long ago."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import last_runs
from sessions.clocks import dates

WORDS = {
    last_runs.BEAT: gettext_lazy("The clock that starts everything else (Celery beat)"),
    last_runs.WORKER: gettext_lazy("What does the work (a Celery worker)"),
    last_runs.RELAY: gettext_lazy("Sending mails that are due"),
    last_runs.REMINDERS: gettext_lazy("Looking for reminders that are due"),
    last_runs.DATA_CLOCK: gettext_lazy("Removing details whose term is over"),
    last_runs.CALENDAR_REPLIES: gettext_lazy("Reading answers of calendars"),
    last_runs.BACKUP: gettext_lazy("Saving the database and the materials"),
}


def rows(report) -> list[dict]:
    late = report.late(last_runs.uptime())
    return [{"words": WORDS[run.name], "seen": _ago(run.age), "is_late": run in late} for run in report.runs]


def _ago(age) -> str:
    if age is None:
        return _("never")
    seconds = int(age.total_seconds())
    if seconds < 120:
        return ngettext("%(number)s second ago", "%(number)s seconds ago", seconds) % {"number": seconds}
    minutes = seconds // 60
    if minutes < 120:
        return ngettext("%(number)s minute ago", "%(number)s minutes ago", minutes) % {"number": minutes}
    hours = minutes // 60
    return ngettext("%(number)s hour ago", "%(number)s hours ago", hours) % {"number": dates.number(hours)}

"""Words about reports of meetings and who was there."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import slot_time
from registrations.attendance.blocks import Column
from registrations.attendance.matching import Kind
from sessions.clocks import dates, zones

LAYOUTS = {
    "zoom-webinar": gettext_lazy("Zoom, report of a webinar"),
    "zoom-meeting": gettext_lazy("Zoom, report of a meeting"),
    "teams": gettext_lazy("Microsoft Teams, report of a meeting"),
    "teams-live-event": gettext_lazy("Microsoft Teams, report of a live event"),
    "webex": gettext_lazy("Webex"),
    "named": gettext_lazy("Columns named by staff"),
    "other": gettext_lazy("Unknown platform, with the usual column headings"),
}
COLUMNS = {
    Column.NAME: gettext_lazy("name"),
    Column.FIRST_NAME: gettext_lazy("first name"),
    Column.LAST_NAME: gettext_lazy("last name"),
    Column.EMAIL: gettext_lazy("e-mail address"),
    Column.JOINED: gettext_lazy("joined, each time"),
    Column.LEFT: gettext_lazy("left, each time"),
    Column.FIRST_JOINED: gettext_lazy("joined for the first time"),
    Column.LAST_LEFT: gettext_lazy("left for the last time"),
    Column.ROLE: gettext_lazy("role"),
}
GROUPS = {
    Kind.MATCHED: gettext_lazy("Known by the address"),
    Kind.PROPOSED: gettext_lazy("Perhaps known, by the name"),
    Kind.UNKNOWN: gettext_lazy("Not registered under this address or name"),
    Kind.STAFF: gettext_lazy("Hosts, panel and staff"),
    Kind.TELEPHONE: gettext_lazy("By telephone"),
    Kind.OUTSIDE: gettext_lazy("There only outside the time slot"),
}


def layout(name) -> str:
    return str(LAYOUTS.get(name, name))


def registration(row) -> str:
    """For a registration with its person and its slot loaded."""
    person = row.participant
    about = {"name": person.name, "email": person.email, "time": slot_time(row.occurrence)}
    if row.is_cancelled:
        return _("%(name)s, %(email)s, %(time)s, has cancelled") % about
    return _("%(name)s, %(email)s, %(time)s") % about


def minutes(number) -> str:
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": dates.number(number)}


def people(number) -> str:
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": dates.number(number)}


def outcome(found) -> str:
    """41 people, 3,200 minutes."""
    return dates.comma().join([people(found.people), minutes(found.minutes)])


def attended(registration) -> str:
    """How long somebody was there; empty where no report tells."""
    if registration.attended_seconds is None:
        return ""
    if not registration.attended_seconds:
        return _("not there, by the report of the meeting")
    return _("%(minutes)s, by the report of the meeting") % {"minutes": minutes(registration.attended_seconds // 60)}


def choice(how, preview, found) -> str:
    """What becomes of the reports that count, with what then counts."""
    by_id = {str(report.pk): report for report in preview.reports}
    if how in by_id:
        words = _("Replace “%(file)s”, added on %(when)s: %(outcome)s")
        report = by_id[how]
        when = dates.in_geneva(report.imported_at)
        return words % {"file": report.file_name, "when": when, "outcome": outcome(found[how])}
    words = _("Add to them: %(outcome)s") if how == "add" else _("Replace all of them: %(outcome)s")
    return words % {"outcome": outcome(found[how])}


def difference(now, then) -> str:
    return _("Now: %(now)s. Without it: %(then)s.") % {"now": outcome(now), "then": outcome(then)}


def zone_fit(file, at) -> dict:
    """That a file would fit in another zone: why, and what a button says; `at` is when the time slot begins."""
    place, offset = zones.city(file.fit.zone), zones.offset(file.fit.zone, at)
    other = place if place == offset else _("%(place)s (%(offset)s)") % {"place": place, "offset": offset}
    about = {"place": zones.city(file.upload.said["zone"]), "time": _duration(abs(file.fit.late)), "other": other}
    late = _(
        "Read as times of %(place)s, most people came %(time)s after this time slot began, and left as much after it "
        "ended. As times of %(other)s they fit."
    )
    early = _(
        "Read as times of %(place)s, most people came %(time)s before this time slot began, and left as much before it "
        "ended. As times of %(other)s they fit."
    )
    words = late if file.fit.late > timedelta() else early
    return {"why": words % about, "button": _("Read it as times of %(other)s") % about}


def _duration(time) -> str:
    """1 hour; 90 minutes."""
    number, rest = divmod(time, timedelta(hours=1))
    if rest:
        return minutes(time // timedelta(minutes=1))
    return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": dates.number(number)}


def contradicted(reports) -> str:
    """Why these reports cannot count beside the new files."""
    words = _(
        "%(reports)s and the new files contradict each other: in the one, everybody came earlier by the same time. One "
        "of them is in another time zone. If the new files are right, let them replace that report. If not, change "
        "their time zone."
    )
    return words % {"reports": dates.listed([_("“%(file)s”") % {"file": report.file_name} for report in reports])}


def waits_since(waiting) -> str:
    """Which files of a preview are not finished, and since when; empty without any."""
    if not waiting:
        return ""
    names = dates.listed([_("“%(file)s”") % {"file": upload.name} for upload in waiting])
    words = _("You have a preview from %(when)s, with %(files)s. Nothing of it counts yet.")
    return words % {"when": dates.in_geneva(waiting[0].uploaded_at), "files": names}


def zone(report) -> str:
    if report.is_zone_stated:
        return _("Times in UTC, as the file says.")
    return _("Read as times of %(place)s.") % {"place": zones.city(report.zone)}


def order(report) -> str:
    """Nothing where each date begins with its year, or names its month."""
    if not report.order_matters:
        return ""
    words = {
        (True, True): _("The day stands before the month."),
        (False, True): _("The month stands before the day."),
        (True, False): _("The day stands before the month: nothing in the file proves it, the time slot fits."),
        (False, False): _("The month stands before the day: nothing in the file proves it, the time slot fits."),
    }
    return words[report.day_first, report.is_order_proven]


def state(report) -> str:
    if report.undone_at is None:
        return _("counts")
    when = {"when": dates.in_geneva(report.undone_at)}
    return _("replaced on %(when)s") % when if report.replaced_by_id else _("undone on %(when)s") % when


def was_read(found) -> str:
    words = ngettext(
        "The report counts now. %(number)s person who is registered was there, %(minutes)s in all.",
        "The report counts now. %(number)s people who are registered were there, %(minutes)s in all.",
        found.people,
    )
    return words % {"number": dates.number(found.people), "minutes": minutes(found.minutes)}


def source(came, registered, reports) -> str:
    """How many came, and by what that is known."""
    about = {"came": dates.number(came), "registered": dates.number(registered)}
    if reports:
        words = _(
            "%(came)s of %(registered)s people registered for this time slot came, by the reports of the meeting."
        )
        return words % about
    words = _(
        "%(came)s of %(registered)s people registered for this time slot opened the meeting with their link. There is "
        "no report of the meeting yet."
    )
    return words % about

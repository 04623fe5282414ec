"""Registrations as a table, CSV or Excel: the filtered list, or what is ticked in it, row by row, without keys."""

from datetime import UTC, datetime
from itertools import islice

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from registrations import audit
from registrations.admin.base import country_name, region_name
from registrations.admin.people import answers, listing
from sessions.clocks import dates, moment
from sessions.tables.writing import csv_lines
from sessions.tables.writing_workbooks import CONTENT_TYPE, workbook

ROWS_AT_ONCE = 2000
# An Excel file leaves once it is whole, and proxies wait 60 seconds for an answer; this takes 20 (decision 0056).
MOST_IN_EXCEL = 30_000
# What was searched for may be somebody's name, which does not belong on record.
NOT_ON_RECORD = {"q", "p", "o"}
LIST = "admin:registrations_registration_changelist"
TOO_MANY = gettext_lazy(
    "An Excel file can have at most %(number)s registrations. Choose fewer with the filters, or export as CSV."
)
COLUMNS = [
    (gettext_lazy("Name"), lambda r: str(r.participant)),
    (gettext_lazy("E-mail"), lambda r: r.participant.email),
    (gettext_lazy("Organisation"), lambda r: r.participant.organisation),
    (gettext_lazy("Country"), lambda r: country_name(r.participant)),
    (gettext_lazy("Region"), lambda r: region_name(r.participant)),
    (gettext_lazy("Stakeholder group"), lambda r: listing.group(r.participant)),
    (gettext_lazy("Season"), lambda r: r.session.season.title),
    (gettext_lazy("Session"), lambda r: r.session.title),
    (gettext_lazy("Starts (local time)"), lambda r: _local(r.occurrence.starts_at, r)),
    (gettext_lazy("Ends (local time)"), lambda r: _local(r.occurrence.ends_at, r)),
    (gettext_lazy("Its parts (local time)"), lambda r: _parts(r)),
    (gettext_lazy("Local time of"), lambda r: r.session.season.place),
    (gettext_lazy("Starts (UTC)"), lambda r: _in_utc(r.occurrence.starts_at)),
    (gettext_lazy("Ends (UTC)"), lambda r: _in_utc(r.occurrence.ends_at)),
    (gettext_lazy("Called off"), lambda r: _yes(r.occurrence.is_called_off)),
    (gettext_lazy("State"), lambda r: str(listing.STATES[r.status])),
    (gettext_lazy("Place on the waiting list"), lambda r: r.place),
    (gettext_lazy("Said by the person"), lambda r: _yes(r.participant.confirmed_at)),
    (gettext_lazy("Signed up by"), lambda r: r.participant.named_by.name if r.participant.named_by else ""),
    (gettext_lazy("Registered (UTC)"), lambda r: _in_utc(r.registered_at)),
    (gettext_lazy("Cancelled (UTC)"), lambda r: _in_utc(r.cancelled_at)),
    (gettext_lazy("Joined (UTC)"), lambda r: _in_utc(r.joined_at)),
    (gettext_lazy("Minutes in the meeting, by its report"), lambda r: _minutes(r.attended_seconds)),
    (gettext_lazy("Came, by the report or else by the link"), lambda r: _yes(r.has_come)),
    (gettext_lazy("Time zone"), lambda r: r.participant.timezone),
    (gettext_lazy("Language"), lambda r: r.participant.language),
    (gettext_lazy("Access needs"), lambda r: r.participant.access_needs),
]


class ExportView(View):
    """By a button only, since the export is put on record."""

    http_method_names = ["get", "post"]
    model_admin = None

    def dispatch(self, request, *args, **kwargs):
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Who was signed in on the way finds the list, with the button."""
        return redirect(reverse(LIST, query=request.GET))

    def post(self, request):
        try:
            found = self.model_admin.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(LIST)
        return _answer(request, found, "xlsx" if "xlsx" in request.POST else "csv")


@admin.action(description=gettext_lazy("Export them as an Excel file"), permissions=["view"])
def ticked_as_excel(model_admin, request, queryset):
    return _answer(request, queryset, "xlsx", are_ticked=True)


@admin.action(description=gettext_lazy("Export them as CSV"), permissions=["view"])
def ticked_as_csv(model_admin, request, queryset):
    return _answer(request, queryset, "csv", are_ticked=True)


def _answer(request, found, kind, *, are_ticked=False):
    """The file, once it is on record who takes how many rows away."""
    number = found.count()
    if kind == "xlsx" and number > MOST_IN_EXCEL:
        messages.warning(request, TOO_MANY % {"number": dates.number(MOST_IN_EXCEL)})
        return redirect(reverse(LIST, query=request.GET))
    noted = {"rows": number, "file": kind} | ({"ticked_in_the_list": True} if are_ticked else {})
    filters = {name: value for name, value in request.GET.items() if name not in NOT_ON_RECORD}
    audit.record("exported", by=request.user, about=_("Registrations as a table"), after=noted | filters)
    return _file(kind, found)


def rows(registrations, columns):
    """Each registration as its values; moments are aware, on the clock that their heading names."""
    # Few slots for many rows: joined, each row would bring the texts of its session and season once more.
    found = registrations.with_came().select_related(None).select_related("participant__named_by")
    found = found.prefetch_related("occurrence", "session__season").iterator(chunk_size=ROWS_AT_ONCE)
    while chunk := list(islice(found, ROWS_AT_ONCE)):
        listing.place(chunk)
        for registration in chunk:
            yield [value(registration) for _heading, value in columns]


def _file(kind, registrations):
    """Last what people answered, a column for each question."""
    of_questions = answers.columns(registrations)
    if of_questions:
        registrations = registrations.prefetch_related("participant__answers")
    columns = [*COLUMNS, *of_questions]
    headings, found = [str(heading) for heading, _value in columns], rows(registrations, columns)
    if kind == "xlsx":
        content = workbook(sheet=_("Registrations"), headings=headings, rows=found)
        response = FileResponse(content, content_type=CONTENT_TYPE)
    else:
        lines = csv_lines(_as_texts(headings, found), delimiter=";")
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _download(response, kind)


def _download(response, kind):
    response["Content-Disposition"] = f'attachment; filename="registrations-{moment.now():%Y%m%d-%H%M}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _as_texts(headings, found):
    yield headings
    for row in found:
        yield [_as_text(value) for value in row]


def _as_text(value) -> str:
    if value is None:
        return ""
    return dates.stamp(value) if isinstance(value, datetime) else str(value)


def _in_utc(moment):
    return moment and moment.astimezone(UTC)


def _local(moment, registration):
    """On the clock of the season."""
    return moment.astimezone(registration.session.season.zone)


def _parts(registration) -> str:
    """2030-10-08 09:00–10:00; 2030-10-09 09:00–10:00: those that are held; empty of a slot that is one meeting."""
    slot = registration.occurrence
    times = [(_local(part.starts_at, registration), _local(part.ends_at, registration)) for part in slot.held_stretches]
    each = (f"{dates.stamp(starts_at)}–{dates.time(ends_at)}" for starts_at, ends_at in times)
    return dates.listed_apart(each) if slot.parts else ""


def _minutes(seconds) -> int | None:
    return None if seconds is None else seconds // 60


def _yes(value) -> str:
    return _("yes") if value else _("no")

"""Registrations as a table for a spreadsheet: the filtered list, row by row, without keys."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from registrations import audit
from registrations.admin.base import country_name, region_name
from registrations.admin.people import answers
from sessions.clocks import dates, moment
from sessions.tables.writing import csv_lines

ROWS_AT_ONCE = 2000
# What was searched for may be somebody's name, which does not belong on record.
NOT_ON_RECORD = {"q", "p", "o"}
COLUMNS = [
    (gettext_lazy("Name"), lambda r: str(r.participant)),
    (gettext_lazy("E-mail"), lambda r: r.participant.email),
    (gettext_lazy("Organisation"), lambda r: r.participant.organisation),
    (gettext_lazy("Country"), lambda r: country_name(r.participant)),
    (gettext_lazy("Region"), lambda r: region_name(r.participant)),
    (gettext_lazy("Stakeholder group"), lambda r: r.participant.get_stakeholder_display()),
    (gettext_lazy("Season"), lambda r: r.session.season.title),
    (gettext_lazy("Session"), lambda r: r.session.title),
    (gettext_lazy("Starts (local time)"), lambda r: _local(r.occurrence.starts_at, r)),
    (gettext_lazy("Ends (local time)"), lambda r: _local(r.occurrence.ends_at, r)),
    (gettext_lazy("Local time of"), lambda r: r.session.season.place),
    (gettext_lazy("Starts (UTC)"), lambda r: _moment(r.occurrence.starts_at)),
    (gettext_lazy("Ends (UTC)"), lambda r: _moment(r.occurrence.ends_at)),
    (gettext_lazy("Called off"), lambda r: _yes(r.occurrence.is_called_off)),
    (gettext_lazy("State"), lambda r: r.get_status_display()),
    (gettext_lazy("Said by the person"), lambda r: _yes(r.participant.confirmed_at)),
    (gettext_lazy("Signed up by"), lambda r: r.participant.named_by.name if r.participant.named_by else ""),
    (gettext_lazy("Registered (UTC)"), lambda r: _moment(r.registered_at)),
    (gettext_lazy("Cancelled (UTC)"), lambda r: _moment(r.cancelled_at)),
    (gettext_lazy("Joined (UTC)"), lambda r: _moment(r.joined_at)),
    (gettext_lazy("Time zone"), lambda r: r.participant.timezone),
    (gettext_lazy("Language"), lambda r: r.participant.language),
    (gettext_lazy("Access needs"), lambda r: r.participant.access_needs),
]


class ExportView(View):
    """By a button only, since the export is put on record."""

    http_method_names = ["post"]
    model_admin = None

    def dispatch(self, request, *args, **kwargs):
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        try:
            found = self.model_admin.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect("admin:registrations_registration_changelist")
        self._put_on_record(request, found.count())
        related = ["participant__named_by", "occurrence", "session__season"]
        lines = csv_lines(rows(found.select_related(*related)), delimiter=";")
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="registrations-{moment.now():%Y%m%d-%H%M}.csv"'
        response["Cache-Control"] = "no-store"
        return response

    def _put_on_record(self, request, number):
        filters = {name: value for name, value in request.GET.items() if name not in NOT_ON_RECORD}
        about = _("Registrations as a table")
        audit.record("exported", by=request.user, about=about, after={"rows": number} | filters)


def rows(registrations):
    """The headings, then each registration as texts; last what people answered, a column for each question."""
    of_questions = answers.columns(registrations)
    if of_questions:
        registrations = registrations.prefetch_related("participant__answers")
    columns = [*COLUMNS, *of_questions]
    yield [heading for heading, _value in columns]
    for registration in registrations.iterator(chunk_size=ROWS_AT_ONCE):
        yield [value(registration) for _heading, value in columns]


def _moment(moment) -> str:
    return dates.stamp(moment) if moment else ""


def _local(moment, registration) -> str:
    """On the clock of the season."""
    return dates.stamp(moment.astimezone(registration.session.season.zone))


def _yes(value) -> str:
    return _("yes") if value else _("no")

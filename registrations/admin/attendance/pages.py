"""Reports of a meeting about a time slot: those that were read, and how they are undone; new files."""

from django.contrib import messages
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.attendance import wording
from registrations.admin.attendance.columns_page import ColumnsPage
from registrations.admin.attendance.forms import ANEW, FilesForm
from registrations.admin.attendance.preview_page import PreviewPage
from registrations.admin.attendance.slot_page import AttendancePage
from registrations.admin.circulars.pages import may_write
from registrations.attendance import importing, uploads
from registrations.attendance import preview as previews
from registrations.models import AttendanceReport, AttendanceUpload
from registrations.people import audiences
from sessions.clocks import dates, moment
from sessions.staff.numbers import row_number

UNDONE_ALREADY = gettext_lazy("This report was undone already.")
DISCARDED = gettext_lazy("The preview is discarded. Nothing of it has counted.")


class ReportsPage(AttendancePage):
    """What was read and what counts; a file that is dropped here leads to the page on which it is looked at."""

    template_name = "admin/registrations/attendance/reports.html"
    title = gettext_lazy("Who was there")

    def get(self, request, pk):
        chosen = self.unsent.get("preview") or request.GET.get("preview") or ANEW
        return self._show(FilesForm(waiting=self.waiting, preview=chosen))

    def post(self, request, pk):
        if "undo" in request.POST:
            return self._undo()
        if "discard" in request.POST:
            return self._discard()
        form = FilesForm(request.POST, request.FILES, waiting=self.waiting)
        if not form.is_valid():
            return self._show(form)
        about = {"zone": self.slot.session.season.timezone, "by": request.user, "now": moment.now()}
        try:
            refused = uploads.store(occurrence=self.slot, files=form.octets, instead=form.is_instead, **about)
        except uploads.CannotTake as reason:
            form.add_error("files", list(reason.args))
            return self._show(form)
        left_out = [_("Left out: %(reason)s") % {"reason": reason} for reason in refused]
        return self.leave(messages.WARNING, *left_out, page=self.address("preview"))

    @cached_property
    def waiting(self) -> list[AttendanceUpload]:
        return list(uploads.waiting(self.slot, by=self.request.user).defer("octets"))

    def _discard(self):
        """The preview as it was shown; a file that came since stays."""
        shown = [pk for pk in map(row_number, self.request.POST.getlist("discard")) if pk]
        uploads.discard(self.slot, by=self.request.user, pks=shown)
        return self.leave(messages.SUCCESS, DISCARDED)

    def _undo(self):
        report = self._report(self.request.POST.get("undo"))
        if report is None:
            return self.leave(messages.WARNING, UNDONE_ALREADY)
        try:
            importing.undo(report_id=report.pk, by=self.request.user, now=moment.of(self.slot.session.season))
        except importing.ChangedMeanwhile:
            return self.leave(messages.WARNING, UNDONE_ALREADY)
        said = _("“%(file)s” no longer counts.") % {"file": report.file_name}
        return self.leave(messages.SUCCESS, said)

    def leads_to(self):
        return self.address()

    def _show(self, form):
        reports = AttendanceReport.objects.filter(occurrence=self.slot).select_related("uploaded_by", "replaced_by")
        in_slot = Q(intervals__left_at__gt=self.slot.starts_at, intervals__joined_at__lt=self.slot.ends_at)
        people = Count("intervals__registration", filter=in_slot, distinct=True)
        rows = list(reports.annotate(people=people).order_by("-imported_at", "-pk"))
        registered = self.slot.registrations.confirmed().of_confirmed_people()
        in_force = [report for report in rows if report.undone_at is None]
        to_undo = self._report(self.request.GET.get("undo"))
        return self.show(
            form=form,
            rows=[_in_words(report) for report in rows],
            to_undo=to_undo,
            difference=wording.difference(*previews.without(self.slot, to_undo)) if to_undo else "",
            source=wording.source(registered.came().count(), registered.count(), in_force),
            writing=self._writing(),
            waiting=self.waiting,
            waits_since=wording.waits_since(self.waiting),
        )

    def _writing(self) -> list[tuple[str, str]]:
        """Addresses of a new circular to those who came, and to those who did not, with what the links say."""
        if not may_write(self.request.user):
            return []
        kinds = {audiences.CAME: _("Write to those who came"), audiences.ABSENT: _("Write to those who did not come")}
        page = "admin:registrations_circular_add"
        return [
            (reverse(page, query={"slot": self.slot.pk, "attendance": kind}), words) for kind, words in kinds.items()
        ]

    def _report(self, pk):
        return AttendanceReport.objects.in_force().filter(occurrence=self.slot, pk=row_number(pk)).first()


def _in_words(report) -> tuple:
    return report, dates.in_geneva(report.imported_at), wording.layout(report.layout), wording.state(report)


def urls(model_admin):
    """Of these pages, in the admin of registrations."""
    pages = {"": ReportsPage, "preview": PreviewPage}
    for name, page in pages.items():
        view = model_admin.admin_site.admin_view(page.as_view(model_admin=model_admin))
        ends = f"{name}/" if name else ""
        yield path(f"attendance/<int:pk>/{ends}", view, name=_name(name))
    view = model_admin.admin_site.admin_view(ColumnsPage.as_view(model_admin=model_admin))
    yield path("attendance/columns/<int:pk>/", view, name="registrations_attendanceupload_columns")


def _name(page) -> str:
    return f"registrations_occurrence_attendance_{page}" if page else "registrations_occurrence_attendance"

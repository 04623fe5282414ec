"""A table of guests: how it was read, and what each of its columns is, before anybody is invited from it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.invitations import guest_columns, table_uploads
from registrations.models import UploadedTable
from sessions.admin.invitations.forms import TOO_MUCH, ListForm, is_too_much
from sessions.admin.invitations.page import GuestText, InvitingPage
from sessions.admin.invitations.table_forms import ColumnsForm, ReadingForm
from sessions.clocks import dates, moment
from sessions.tables.encodings import ENCODINGS

# Reading takes a second or two; who waits for longer than this gets the reason.
TIMEOUT_SECONDS = 30


class TablePage(InvitingPage):
    """For who uploaded it alone; shows what is in it, and leads to the preview of the list that staff make of it."""

    @cached_property
    def upload(self):
        mine = UploadedTable.objects.filter(uploaded_by=self.request.user)
        return get_object_or_404(mine.select_related("session__season").defer("octets"), pk=self.kwargs["pk"])

    @property
    def online_session(self):
        return self.upload.session

    def get(self, request, pk):
        if self.upload.problem:
            return self._refuse(self.upload.problem)
        if self.upload.waits:
            return self._wait()
        if "read" in self.unsent:
            return self._show_columns(reading_form=ReadingForm(self.unsent, reading=self.upload.table.reading))
        return self._show_columns(self._filled(self.unsent) if "columns-headings" in self.unsent else None)

    def post(self, request, pk):
        if self.upload.waits or self.upload.problem:
            return HttpResponseRedirect(request.path)
        if "read" in request.POST:
            return self._read_again()
        form = self._filled(request.POST)
        if not form.is_valid():
            return self._show_columns(form)
        if form.cleaned_data["headings"] != form.cleaned_data["headings_shown"]:
            messages.info(request, _("The headings are now those of another line: please look at the columns again."))
            return self._show_columns(ColumnsForm(rows=self._rows, headings=form.cleaned_data["headings"]))
        return self._preview_list(form)

    @property
    def _rows(self):
        return self.upload.table.rows

    def _filled(self, typed) -> ColumnsForm:
        """The form as it was sent, with the columns below the headings that it had then."""
        line = typed.get("columns-headings_shown", "")
        is_a_line = line.isdecimal() and len(line) < 9 and int(line) <= len(self._rows)
        return ColumnsForm(typed, rows=self._rows, headings=int(line) if is_a_line else None)

    def _read_again(self):
        form = ReadingForm(self.request.POST, reading=self.upload.table.reading)
        if not form.is_valid():
            return self._show_columns(reading_form=form)
        table_uploads.read_again(upload=self.upload, choice=form.choice, now=moment.now())
        return HttpResponseRedirect(self.request.path)

    def _preview_list(self, form):
        text = guest_columns.as_list(self._rows, form.cleaned_data["headings"], form.meanings)
        if is_too_much(text):
            form.add_error(None, TOO_MUCH)
            return self._show_columns(form)
        notes = [*_left_out(form.left_out), *_above(self._rows, form.cleaned_data["headings"])]
        return self.preview(GuestText(text, self.upload.name, self.upload.pk, notes))

    def _show_columns(self, form=None, reading_form=None):
        reading = self.upload.table.reading
        return self.show(
            form or ColumnsForm(rows=self._rows),
            template="table",
            upload=self.upload,
            encoding=ENCODINGS.get(reading.encoding, ""),
            reading=reading,
            sheet=reading.sheets[reading.sheet] if len(reading.sheets) > 1 else "",
            reading_form=reading_form or ReadingForm(reading=reading),
            lines=sum(map(bool, self._rows)),
        )

    def _wait(self):
        seconds = (moment.now() - self.upload.asked_at).total_seconds()
        if seconds <= TIMEOUT_SECONDS:
            return self.show(None, template="table_waits", upload=self.upload, reload_after=2)
        if self.upload.started_at:
            reason = _("Reading this file took too long and was stopped. Copy the cells into a new file.")
            table_uploads.give_up(upload=self.upload, reason=reason)
            return self._refuse(reason)
        return self.show(None, template="table_waits", upload=self.upload, seconds=TIMEOUT_SECONDS)

    def _refuse(self, reason):
        """The first page again, with the reason beside its field."""
        form = ListForm({})
        form.errors.clear()
        form.add_error("file", reason)
        return self.show(form)


def _left_out(headings):
    if not headings:
        return []
    text = ngettext("This column is left out: %(names)s.", "These columns are left out: %(names)s.", len(headings))
    return [text % {"names": dates.listed(headings)}]


def _above(rows, headings):
    lines = sum(map(bool, rows[: headings - 1])) if headings else 0
    if not lines:
        return []
    text = ngettext(
        "%(number)d line above the headings is left out.", "%(number)d lines above the headings are left out.", lines
    )
    return [text % {"number": lines}]

"""The page on which staff say what the columns of a file are whose layout is not known."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from registrations.admin.attendance.forms import ColumnsForm
from registrations.admin.attendance.slot_page import AttendancePage
from registrations.attendance import uploads
from registrations.models import AttendanceUpload
from sessions import tables


class ColumnsPage(AttendancePage):
    """For who uploaded the file alone."""

    template_name = "admin/registrations/attendance/columns.html"
    title = gettext_lazy("What is in each column?")

    @cached_property
    def upload(self):
        mine = AttendanceUpload.objects.filter(uploaded_by=self.request.user)
        return get_object_or_404(mine.select_related("occurrence__session__season"), pk=self.kwargs["pk"])

    @property
    def slot(self):
        return self.upload.occurrence

    def refusal(self):
        try:
            uploads.table_of(self.upload)
        except tables.CannotRead as reason:
            return str(reason)
        return ""

    def get(self, request, pk):
        return self._show(self._form(self.unsent or None))

    def post(self, request, pk):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        uploads.name_columns(upload=self.upload, columns=form.columns, heading=form.cleaned_data["heading"])
        return HttpResponseRedirect(self.address("preview"))

    def _form(self, data):
        rows = uploads.table_of(self.upload).rows
        return ColumnsForm(data, rows=rows, said=self.upload.said)

    def _show(self, form):
        return self.show(form=form, upload=self.upload)

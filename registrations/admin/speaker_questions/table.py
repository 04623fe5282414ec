"""The questions to the speakers of a session as a table, CSV or Excel, by a button alone: it is put on record."""

from datetime import UTC

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import audit
from registrations.admin.speaker_questions.pages import OfSession
from registrations.speaker_questions import editing
from sessions.clocks import dates
from sessions.tables.writing import csv_lines
from sessions.tables.writing_workbooks import CONTENT_TYPE, workbook

COLUMNS = [
    (gettext_lazy("Question"), lambda row: row.text),
    (gettext_lazy("As people asked it"), lambda row: "\n".join(each.text for each in row.asked)),
    (gettext_lazy("People"), lambda row: row.people),
    (gettext_lazy("In the chat"), lambda row: _("yes") if row.question.asked_in_chat else ""),
    (gettext_lazy("State"), lambda row: row.state_in_words),
    (gettext_lazy("Answer"), lambda row: row.question.answer),
    (gettext_lazy("Asked first (UTC)"), lambda row: row.question.first_asked_at.astimezone(UTC)),
    (gettext_lazy("Published (UTC)"), lambda row: _in_utc(row.question.published_at)),
]
# Of those who wish it, for who may see people.
NAMES = (gettext_lazy("Names to be published"), lambda row: row.names)


class TablePage(OfSession):
    def get(self, request, pk):
        """Who was signed in on the way finds the page with the button."""
        return redirect(self.leads_to())

    def post(self, request, pk):
        kind = "xlsx" if "xlsx" in request.POST else "csv"
        about = _("Questions to the speakers of “%(title)s”") % {"title": self.row.title}
        audit.record("exported", by=request.user, about=about, after={"rows": len(self.questions), "file": kind})
        may_see_names = editing.may_see_names(request.user)
        columns = [*COLUMNS, NAMES] if may_see_names else COLUMNS
        headings = [str(heading) for heading, _value in columns]
        return self._file(kind, headings, [[value(row) for _heading, value in columns] for row in self.questions])

    def _file(self, kind, headings, rows):
        if kind == "xlsx":
            content = workbook(sheet=_("Questions"), headings=headings, rows=rows)
            response = FileResponse(content, content_type=CONTENT_TYPE)
        else:
            lines = csv_lines([headings, *([_as_text(value) for value in row] for row in rows)], delimiter=";")
            response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="questions-{self.row.slug}.{kind}"'
        response["Cache-Control"] = "no-store"
        return response


def _in_utc(moment):
    return moment and moment.astimezone(UTC)


def _as_text(value) -> str:
    if value is None:
        return ""
    return dates.stamp(value) if hasattr(value, "tzinfo") else str(value)

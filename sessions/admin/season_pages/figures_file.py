"""A table of a season's figures as a CSV or Excel file: true numbers, or as others may see them."""

from django.contrib import messages
from django.http import FileResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import audit
from registrations.figures import keeping, naming, storing
from registrations.figures.hiding import PUBLIC_KINDS
from registrations.figures.names import BY_SESSION
from registrations.presenters import figures_file
from registrations.presenters.figures_file import FOR_OTHERS, INTERNAL
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import moment
from sessions.models import Season
from sessions.tables.writing import csv_lines
from sessions.tables.writing_workbooks import CONTENT_TYPE, workbook

CHOOSE_TABLE = gettext_lazy("Choose one of the tables of this page.")
NOT_FOR_OTHERS = gettext_lazy(
    "That table is for the staff alone: with it, small numbers of other tables could be computed. Choose another table."
)


class FiguresFile(ProgrammePage):
    """By a button only, since it is put on record who takes which table away."""

    model = Season
    template_name = "admin/online_sessions/season/figures_file.html"
    title = gettext_lazy("A table of figures as a file")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request, self.row)

    def leads_to(self):
        return reverse("admin:online_sessions_season_figures", args=[self.row.pk])

    def get(self, request, pk):
        found = storing.figures_of(self.row, now=moment.now())
        return self.show(
            choices=[(table.kind, _title(table.kind, found.names)) for table in found.tables if table.rows],
            chosen=self.unsent.get("table", BY_SESSION),
            is_internal=self.unsent.get("for") == INTERNAL,
        )

    def post(self, request, pk):
        found, kind = storing.figures_of(self.row, now=moment.now()), request.POST.get("table")
        true = next((table for table in found.tables if table.kind == kind), None)
        if true is None:
            return self.leave(messages.WARNING, CHOOSE_TABLE)
        whose = INTERNAL if request.POST.get("for") == INTERNAL else FOR_OTHERS
        table = true if whose == INTERNAL else self._for_others(found.tables, kind)
        if table is None:
            return self.leave(messages.WARNING, NOT_FOR_OTHERS)
        ending = "xlsx" if "xlsx" in request.POST else "csv"
        noted = {"table": kind, "for": whose, "file": ending}
        audit.record(
            "exported",
            self.row,
            by=request.user,
            about=_("Figures of “%(season)s”") % {"season": self.row},
            after=noted,
        )
        names = found.names if whose == INTERNAL else found.names.for_others()
        rows = figures_file.rows(table, true, names, zone=self.zone)
        about = figures_file.about(whose, self.row, table, found.names)
        return _file(figures_file.name(whose, self.row, kind, found.until, ending), about, rows)

    def _for_others(self, tables, kind):
        shown = keeping.for_others(self.row, tables)
        return next((table for table in shown if table.kind == kind), None)


def _title(kind, names) -> str:
    title = naming.table(kind, names)
    return title if kind in PUBLIC_KINDS else _("%(title)s (for the staff alone)") % {"title": title}


def _file(name, about, rows):
    if name.endswith("xlsx"):
        content = workbook(sheet=_("Figures"), headings=[about], rows=rows)
        response = FileResponse(content, content_type=CONTENT_TYPE)
    else:
        texts = [["" if value is None else str(value) for value in row] for row in [[about], *rows]]
        response = StreamingHttpResponse(csv_lines(texts, delimiter=";"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response

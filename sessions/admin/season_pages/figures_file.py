"""A table of a season's figures as a CSV or Excel file: true numbers, or as others may see them."""

from django.contrib import messages
from django.http import FileResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import audit
from registrations.figures import keeping, naming, storing
from registrations.figures.hiding import PUBLIC_KINDS, in_rows_of_others
from registrations.figures.names import BY_SESSION
from registrations.presenters import figures_file
from registrations.presenters.figures_file import FOR_OTHERS, INTERNAL
from sessions.admin.programme_page import ProgrammePage
from sessions.admin.season_pages.publishing_figures import HIDDEN_SINCE
from sessions.clocks import moment
from sessions.models import Season
from sessions.tables.writing import csv_lines
from sessions.tables.writing_workbooks import CONTENT_TYPE, workbook

CHOOSE_TABLE = gettext_lazy("Choose one of the tables of this page.")
CHOOSE_NUMBERS = gettext_lazy("Choose whether the table is for the staff or for others.")
STORED_MEANWHILE = gettext_lazy(
    "Meanwhile somebody stored the figures again: these are other numbers. Nothing was taken. Please look again."
)
STORE_FIRST = gettext_lazy(
    "Others get tables of stored figures only: tables of two days could tell together of single people. Store the "
    "figures once the season is over."
)
NOT_FINAL = gettext_lazy(
    "These figures can still be stored again. Ask somebody who may change the season to publish them, or to take a "
    "table for others."
)
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
        found = storing.figures_of(self.row, now=moment.of(self.row))
        return self.show(
            choices=[(table.kind, _title(table.kind, found.names)) for table in found.tables if table.rows],
            chosen=self.unsent.get("table", BY_SESSION),
            is_for_others=self.unsent.get("for", FOR_OTHERS if found.is_final else INTERNAL) == FOR_OTHERS,
            is_stored=found.kept is not None,
            is_final=found.is_final,
            may_make_final=self._may_make_final(),
            version=_version(found),
        )

    def post(self, request, pk):
        found, kind = storing.figures_of(self.row, now=moment.of(self.row)), request.POST.get("table")
        if kind not in {table.kind for table in found.tables}:
            return self.leave(messages.WARNING, CHOOSE_TABLE)
        if request.POST.get("for") == INTERNAL:
            return self._file(INTERNAL, found, kind, found.tables, found.tables)
        refusal = self._refusal(found, kind)
        return self.leave(messages.WARNING, refusal) if refusal else self._for_others(kind)

    def _refusal(self, found, kind):
        if self.request.POST.get("for") != FOR_OTHERS:
            return CHOOSE_NUMBERS
        if kind not in PUBLIC_KINDS:
            return NOT_FOR_OTHERS
        if found.kept is None:
            return STORE_FIRST
        if found.is_final:
            return ""
        if not self._may_make_final():
            return NOT_FINAL
        return "" if self.request.POST.get("version") == _version(found) else STORED_MEANWHILE

    def _may_make_final(self):
        return self.model_admin.has_change_permission(self.request, self.row)

    def _for_others(self, kind):
        """What one person took stays: tables of figures that were stored again would tell of single people."""
        try:
            keeping.make_final(self.row, by=self.request.user)
        except keeping.HiddenSince:
            return self.leave(messages.WARNING, HIDDEN_SINCE)
        found = storing.figures_of(self.row, now=moment.of(self.row))
        true = [in_rows_of_others(table) for table in found.public]
        return self._file(FOR_OTHERS, found, kind, found.kept.shown, true)

    def _file(self, whose, found, kind, shown, true):
        [table], [true] = ([each for each in tables if each.kind == kind] for tables in (shown, true))
        ending = "xlsx" if "xlsx" in self.request.POST else "csv"
        noted = {"table": kind, "for": whose, "file": ending}
        audit.record(
            "exported",
            self.row,
            by=self.request.user,
            about=_("Figures of “%(season)s”") % {"season": self.row},
            after=noted,
        )
        rows = figures_file.rows(table, true, found.names, zone=self.zone)
        about = figures_file.about(whose, self.row, table, found.names)
        return _answer(figures_file.name(whose, self.row, kind, found.until, ending), about, rows)


def _version(found) -> str:
    return found.kept.taken_at.isoformat() if found.kept else ""


def _title(kind, names) -> str:
    title = naming.table(kind, names)
    return title if kind in PUBLIC_KINDS else _("%(title)s (for the staff alone)") % {"title": title}


def _answer(name, about, rows):
    if name.endswith("xlsx"):
        content = workbook(sheet=_("Figures"), headings=[about], rows=rows)
        response = FileResponse(content, content_type=CONTENT_TYPE)
    else:
        texts = [["" if value is None else str(value) for value in row] for row in [[about], *rows]]
        response = StreamingHttpResponse(csv_lines(texts, delimiter=";"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response

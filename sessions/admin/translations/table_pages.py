"""The pages that give a translator one language as a table, and take it back: shown first, then stored."""

import base64
import binascii
import json
import zlib

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions import tables
from sessions.admin.programme_page import ProgrammePage
from sessions.admin.translations import tables as translated
from sessions.admin.translations import wording
from sessions.admin.translations.pages import address_of_table
from sessions.admin.translations.saving import save
from sessions.clocks import dates
from sessions.models import PageText
from sessions.seasons import translating
from sessions.tables.writing import csv_lines
from sessions.tables.writing_workbooks import CONTENT_TYPE, workbook
from sessions.translations import LANGUAGES

# Django takes no larger form (DATA_UPLOAD_MAX_MEMORY_SIZE): so much of a table comes back from the preview.
MOST_PACKED, MOST_UNPACKED = 150_000, 10_000_000
TOO_MUCH = gettext_lazy("This table is too large. Bring the tables of single sessions instead of that of the season.")


class TableForm(forms.Form):
    """Gives the `rows` of a file, or those of the preview that comes back."""

    file = forms.FileField(
        label=gettext_lazy("Table with translations, XLSX or CSV"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("One that you took from this page. You see what changes before anything is saved."),
        error_messages={"empty": gettext_lazy("This file is empty. Choose another one.")},
    )
    packed = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_PACKED)

    rows = None

    def clean(self):
        cleaned = super().clean()
        if file := cleaned.get("file"):
            self._read(file)
        elif cleaned.get("packed"):
            self.rows = _unpacked(cleaned["packed"])
        if self.rows is None and not self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned

    def _read(self, file):
        try:
            self.rows = translated.read(file.read(translated.LIMITS.octets + 1))
        except tables.CannotRead as reason:
            self.add_error("file", str(reason))
            return
        if len(packed(self.rows)) > MOST_PACKED:
            self.add_error("file", TOO_MUCH)


class TableOut(ProgrammePage):
    """A file with the texts and one language; of a season with those of its sessions."""

    http_method_names = ["get", "head"]

    def get(self, request, pk, language, kind):
        if language not in LANGUAGES or kind not in ("csv", "xlsx"):
            raise Http404
        headings, rows = translated.headings(language), translated.rows(self.row, language)
        if kind == "xlsx":
            content = workbook(sheet=wording.language(language), headings=headings, rows=rows)
            response = FileResponse(content, content_type=CONTENT_TYPE)
        else:
            text = "".join(csv_lines([headings, *rows], delimiter=";"))
            response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{_name(self.row)}-{language}.{kind}"'
        response["Cache-Control"] = "no-store"
        return response


class TableIn(ProgrammePage):
    """A file becomes a preview; its button stores what the preview showed, or shows anew what is another by then."""

    template_name = "admin/online_sessions/translations/table_in.html"
    http_method_names = ["get", "post"]
    title = gettext_lazy("Bring a table of translations")

    def get(self, request, pk):
        form = TableForm(self.unsent) if self.unsent.get("packed") else TableForm()
        if form.is_bound and form.is_valid():
            return self._preview(form.rows)
        return self._show(TableForm())

    @transaction.atomic
    def post(self, request, pk):
        translating.lock(self.row)
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        found = translated.found_in(form.rows, self.row)
        if found.problem:
            form.add_error("file", found.problem)
            return self._show(form)
        if "save" not in request.POST or not found.changes:
            return self._preview(form.rows)
        if request.POST.get("seen") != _mark(found):
            messages.warning(request, _("Meanwhile this has changed. Read again what is saved."))
            return self._preview(form.rows)
        return self._save(found)

    def leads_to(self):
        return address_of_table(self.row)

    def _save(self, found):
        new = [change.new for change in found.changes]
        save(owner=self.row, new=new, by=self.request.user, now=self.now)
        return self.leave(messages.SUCCESS, wording.saved(new))

    def _preview(self, rows):
        found = translated.found_in(rows, self.row)
        if found.problem:
            return self._show(TableForm())
        return self._show(
            TableForm(),
            found=found,
            language=wording.language(found.language),
            direction=wording.direction(found.language),
            packed=packed(rows),
            seen=_mark(found),
            button=_button(len(found.changes)),
        )

    def _show(self, form, **context):
        return self.show(form=form, is_page=isinstance(self.row, PageText), back=self.leads_to(), **context)


def _name(row) -> str:
    """Of the file."""
    return row.page if isinstance(row, PageText) else row.slug


def packed(rows) -> str:
    return base64.b64encode(zlib.compress(json.dumps(rows, ensure_ascii=False).encode())).decode()


def _unpacked(text) -> list[list[str]] | None:
    """None for what is not ours."""
    try:
        octets = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), MOST_UNPACKED)
        rows = json.loads(octets)
        # Halves of a character, which JSON can name and no page can show, fail here.
        json.dumps(rows, ensure_ascii=False).encode()
    except (ValueError, zlib.error, binascii.Error, RecursionError):
        return None
    return rows if _are_rows(rows) else None


def _are_rows(found) -> bool:
    """Rows of texts, no more than a file may have."""
    if not isinstance(found, list) or len(found) > translated.LIMITS.rows:
        return False
    return all(isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in found)


def _mark(found) -> str:
    """Of what the preview showed."""
    return zlib.crc32(repr([(change.new, change.before) for change in found.changes]).encode()).to_bytes(4).hex()


def _button(number) -> str:
    text = ngettext("Save %(number)s translation", "Save %(number)s translations", number)
    return text % {"number": dates.number(number)}

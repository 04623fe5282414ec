"""The forms with which staff say how an uploaded table is read, and what each of its columns is."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.invitations import guest_columns
from registrations.invitations.guest_headings import Meaning
from sessions.tables import Choice
from sessions.tables.encodings import ENCODINGS

DELIMITERS = {
    ";": gettext_lazy("; (semicolon)"),
    ",": gettext_lazy(", (comma)"),
    "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("| (vertical line)"),
}
PARTS_OF_A_NAME = {Meaning.GIVEN, Meaning.MIDDLE, Meaning.FAMILY}
LINES_TO_CHOOSE_FROM = 20


class ReadingForm(forms.Form):
    """How to read a table: a text by encoding and delimiter, a workbook by its sheet."""

    prefix = "read"

    encoding = forms.ChoiceField(label=gettext_lazy("Text encoding"), choices=list(ENCODINGS.items()))
    delimiter = forms.ChoiceField(label=gettext_lazy("Cells are separated by"))
    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int)

    def __init__(self, data=None, *, reading):
        known = {"encoding": reading.encoding, "delimiter": _named(reading.delimiter), "sheet": reading.sheet}
        super().__init__(data, initial=known, label_suffix="")
        for name in ("encoding", "delimiter") if reading.sheets else ("sheet",):
            del self.fields[name]
        if reading.sheets:
            self.fields["sheet"].choices = list(enumerate(reading.sheets))
        else:
            characters = {reading.delimiter: reading.delimiter} | DELIMITERS
            self.fields["delimiter"].choices = [(_named(each), words) for each, words in characters.items()]

    @property
    def choice(self) -> Choice:
        chosen = dict(self.cleaned_data)
        if "delimiter" in chosen:
            chosen["delimiter"] = chr(int(chosen["delimiter"]))
        return Choice(**chosen)


class ColumnsForm(forms.Form):
    """What each column is, and which line has the headings; `meanings` and `headings` once it is valid."""

    prefix = "columns"

    headings = forms.TypedChoiceField(label=gettext_lazy("Headings of the columns"), coerce=int)
    headings_shown = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, rows, headings=None):
        headings = guest_columns.find_headings(rows) if headings is None else headings
        super().__init__(data, initial={"headings": headings, "headings_shown": headings}, label_suffix="")
        self.fields["headings"].choices = _lines(rows, headings)
        self.columns = guest_columns.columns(rows, headings)
        for position, meaning in guest_columns.propose(self.columns).items():
            self.fields[f"column{position}"] = _column_field(meaning)

    @property
    def shown(self) -> list[tuple]:
        """Each column with its field."""
        return [(column, self[f"column{column.position}"]) for column in self.columns]

    @property
    def meanings(self) -> dict[int, str]:
        return {column.position: self.cleaned_data[f"column{column.position}"] for column in self.columns}

    @property
    def left_out(self) -> list[str]:
        """The columns that staff have left out, by their headings."""
        return [column.title for column in self.columns if self.meanings[column.position] == Meaning.LEFT_OUT]

    def clean(self):
        chosen = [(name, value) for name, value in super().clean().items() if name.startswith("column")]
        known = {value for _name, value in chosen}
        for name, value in chosen:
            self._refuse_repetition(name, value, chosen)
            if value in PARTS_OF_A_NAME and Meaning.NAME in known:
                self.add_error(name, _("Choose either the whole name or its parts, and leave the others out."))
        if Meaning.EMAIL not in known and not self.errors:
            raise ValidationError(_("Choose the column that has the e-mail addresses."))
        return self.cleaned_data

    def _refuse_repetition(self, name, value, chosen):
        first = next(other for other, chosen_value in chosen if chosen_value == value)
        if value != Meaning.LEFT_OUT and first != name:
            self.add_error(name, _("Another column is this already. Leave one of them out."))


def _column_field(meaning) -> forms.ChoiceField:
    field = forms.ChoiceField(
        choices=[("", _("Please choose")), *Meaning.choices],
        initial=meaning,
        error_messages={"required": _("Choose what this column is, or leave it out.")},
    )
    field.is_doubtful = not meaning
    return field


def _lines(rows, headings) -> list[tuple[int, str]]:
    numbers = [number for number, cells in enumerate(rows, 1) if cells][:LINES_TO_CHOOSE_FROM]
    in_words = [(number, _in_words(number, rows[number - 1])) for number in sorted({*numbers, headings} - {0})]
    return [(0, _("There are no headings")), *in_words]


def _in_words(number, cells) -> str:
    return _("Line %(number)d: %(cells)s") % {
        "number": number,
        "cells": Truncator(" | ".join(filter(None, cells))).chars(60),
    }


def _named(delimiter) -> str:
    """A tab does not survive in the value of a form."""
    return str(ord(delimiter)) if delimiter else ""

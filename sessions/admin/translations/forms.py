"""The form of one row: each of its English texts with five translations beside it."""

import json
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.admin.conflicts import shown
from sessions.admin.forms.fields import LinesField
from sessions.admin.translations import wording
from sessions.seasons.translating import New, Text
from sessions.translations import LANGUAGES, State

ENGLISH = "english"
STILL_RIGHT = gettext_lazy("Still right, although the English changed")


@dataclass(frozen=True)
class Cell:
    """One translation in the form; `still_right` is a box where the English changed since."""

    code: str
    language: str
    direction: str
    state: str
    field: forms.BoundField
    still_right: forms.BoundField | None


@dataclass(frozen=True)
class Line:
    """An English text, which is rich text or not, and its translations."""

    label: str
    english: str
    cells: list[Cell]


class RowForm(forms.Form):
    """Made of the texts of one row as they are stored, locked where the form was sent.

    The form says which texts it showed: what a colleague stored meanwhile stays, unless the person typed into it too;
    then they are asked. So they are if the English is another by now.
    """

    hidden = forms.MultipleChoiceField(
        label=gettext_lazy("Hide for now"),
        required=False,
        choices=[(code, wording.language(code)) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Readers get the English until you lift the tick."),
    )

    def __init__(self, data=None, *, texts: list[Text]):
        super().__init__(data if data is None else data.copy(), label_suffix="")
        self.texts, self.conflicts = texts, {}
        self.initial["hidden"] = [code for code in LANGUAGES if any(each.is_hidden(code) for each in texts)]
        for each in texts:
            for code in LANGUAGES:
                self._add(each, code)

    @property
    def lines(self) -> list[Line]:
        return [self._line(each) for each in self.texts]

    @property
    def shown_next(self) -> list[tuple[str, str]]:
        """Names and values of the hidden entries: which translations and which English this page shows."""
        stored = {_name(each, code): _in_lines(each.typed(code)) for each in self.texts for code in LANGUAGES}
        english = {each.name: each.digest for each in self.texts}
        stored["hidden"] = self.initial["hidden"]
        return [(shown.SHOWN, json.dumps(stored)), (ENGLISH, json.dumps(english))]

    @property
    def new(self) -> list[New]:
        """What is to be stored, of a valid form."""
        found = [self._new(each, code) for each in self.texts for code in LANGUAGES]
        return [each for each in found if each]

    def clean(self):
        before, english = shown.read(self.data, shown.SHOWN), shown.read(self.data, ENGLISH)
        for each in self.texts:
            if english.get(each.name, each.digest) != each.digest:
                words = _("The English of “%(text)s” was changed meanwhile. Read it again, then save.")
                self.add_error(None, words % {"text": wording.COLUMNS[each.name]})
            for code in LANGUAGES:
                self._merge(each, code, before)
        self._merge_hidden(before.get("hidden", self.initial["hidden"]))
        return self.cleaned_data

    def _merge(self, each, code, before):
        name = _name(each, code)
        if name not in self.cleaned_data:
            return
        typed, stored = _in_lines(self.cleaned_data[name]), _in_lines(each.typed(code))
        was = before.get(name, stored)
        # What a form leaves out was not emptied.
        if typed == was or name not in self.data:
            self.cleaned_data[name] = each.typed(code)
            # The page that shows an error says that it shows what is stored now.
            self.data[name] = stored
        elif stored not in (was, typed):
            words = _("A colleague saved this meanwhile: “%(text)s”. Save again to put yours in its place.")
            self.add_error(name, ValidationError(words, params={"text": stored or _("(empty)")}, code="conflict"))

    def _merge_hidden(self, before):
        """Ticks that the person did not change are as a colleague left them."""
        typed, stored = self.cleaned_data.get("hidden"), self.initial["hidden"]
        if typed is None:
            return
        merged = [code for code in LANGUAGES if code in (typed if (code in typed) != (code in before) else stored)]
        self.cleaned_data["hidden"] = merged
        self.data.setlist("hidden", merged)

    def _add(self, each, code):
        field = field_of(each, code)
        self.fields[_name(each, code)] = field
        self.initial[_name(each, code)] = each.typed(code)
        if each.state(code) == State.CHANGED:
            self.fields[f"{_name(each, code)}-right"] = forms.BooleanField(label=STILL_RIGHT, required=False)

    def _line(self, each) -> Line:
        cells = [self._cell(each, code) for code in LANGUAGES]
        return Line(str(wording.COLUMNS[each.name]), _in_lines(each.english), cells)

    def _cell(self, each, code) -> Cell:
        name = _name(each, code)
        right = self[f"{name}-right"] if f"{name}-right" in self.fields else None
        language, direction = wording.language(code), wording.direction(code)
        return Cell(code, language, direction, wording.state(each, code), self[name], right)

    def _new(self, each, code) -> New | None:
        name, is_hidden = _name(each, code), code in self.cleaned_data["hidden"]
        text, is_right = self.cleaned_data[name], self.cleaned_data.get(f"{name}-right")
        is_same = text == each.typed(code)
        if not text and is_same:
            return None
        if is_same and not is_right and is_hidden == each.is_hidden(code):
            return None
        of = each.made_of(code) if is_same and not is_right else each.digest
        return New(each.key, code, text, of, is_hidden)


def _name(each, code) -> str:
    return f"{each.name}-{code}"


def _in_lines(text) -> str:
    lines = text if isinstance(text, list) else text.splitlines()
    return "\n".join(lines).strip()


def field_of(each, code) -> forms.Field:
    """With the limits of the English text."""
    column = each.row._meta.get_field(each.name)
    english = _in_lines(each.english)
    rows = min(18, max(2, len(english) // 45 + english.count("\n") + 1))
    attributes = {"rows": rows, "lang": code, "dir": wording.direction(code), "class": "vLargeTextField"}
    kind = ChoicesField if isinstance(each.english, list) else OneLine if isinstance(column, CharField) else Paragraphs
    label = _("%(text)s in %(language)s") % {"text": wording.COLUMNS[each.name], "language": wording.language(code)}
    field = kind(label=label, required=False, widget=forms.Textarea(attributes))
    return field.for_text(each, column)


class Paragraphs(forms.CharField):
    def for_text(self, each, column):
        """With the limits of the English column."""
        self.validators += column.validators
        return self

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class OneLine(Paragraphs):
    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class ChoicesField(LinesField):
    def for_text(self, each, column):
        self.choices_in_english = each.english
        return self

    def validate(self, value):
        super().validate(value)
        number = len(self.choices_in_english)
        if value and len(value) != number:
            words = _("Write %(number)d lines: one for each choice, in the order of the English ones.")
            raise ValidationError(words, params={"number": number}, code="number")
        if len(set(value)) < len(value):
            raise ValidationError(_("Write each choice once."), code="twice")

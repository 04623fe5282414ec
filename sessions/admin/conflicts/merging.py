"""Forms that were open while a colleague saved: what only one of the two changed stays, the rest is a question."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from sessions.admin.conflicts import shown
from sessions.staff.numbers import row_number

THEIRS, MINE = "theirs", "mine"
# More than a form has fields for (DATA_UPLOAD_MAX_NUMBER_FIELDS), and few enough to be shown again.
MOST_ROWS = 200
CHOOSE = _("Another value was saved meanwhile. Choose one of the two at the top of this page.")
CHOOSE_ROW = _("This was changed meanwhile. Choose at the top of this page what should happen.")


@dataclass(frozen=True)
class Conflict:
    """`bound` was changed by two people; without it the whole row was, and one of the two deleted it."""

    key: str
    form: forms.ModelForm
    bound: forms.BoundField | None
    now: object


def answer_name(key) -> str:
    return f"keep-{key}"


class MergingForm(forms.ModelForm):
    """Compares what it showed with what is stored now and with what was typed; the row must be locked by then.

    A field that only a colleague changed follows what is stored. One that both changed in different ways makes the form
    invalid until the person has chosen. A form without its hidden entry, which no browser sends, takes what is stored
    for what it showed.
    """

    # Where a field that is no column of the model is stored.
    columns = {}
    # Shown again for somebody to look at: whatever it holds, it is not to be saved.
    looks_only = ""
    is_gone, can_restore = False, True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflicts, self.taken_over = [], []
        self._untouched = set()
        self.row, self.gone_key = "", None
        self.is_left = self._has_own_data = False

    def full_clean(self):
        if self.is_bound and not self.conflicts:
            self._merge()
        if self.is_left:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()
        for conflict in self.conflicts:
            self.add_error(conflict.bound and conflict.bound.name, CHOOSE if conflict.bound else CHOOSE_ROW)
        if self.looks_only:
            self.add_error(None, self.looks_only)

    def _post_clean(self):
        """Django leaves constraints out in which the row that the form belongs to has a part."""
        super()._post_clean()
        if self._is_inline and not self.errors:
            try:
                self.instance.validate_constraints(exclude=self._get_validation_exclusions())
            except ValidationError as taken:
                self._update_errors(taken)

    @property
    def _is_inline(self) -> bool:
        return any(isinstance(field, InlineForeignKeyField) for field in self.fields.values())

    @cached_property
    def changed_data(self):
        """Without fields in which only the line ends or the blanks around are not those of the stored text."""
        return [name for name in super().changed_data if name not in self._untouched]

    @property
    def written_columns(self) -> list[str]:
        """Of the model, as far as the person changed them."""
        names = {self.columns.get(name, name) for name in self.changed_data}
        return [field.name for field in self._meta.model._meta.concrete_fields if field.name in names]

    @property
    def compared(self) -> list:
        """The fields of a stored row that a person can type into."""
        if not self.instance.pk and not self.is_gone:
            return []
        return [self[name] for name in self.base_fields if name in self.fields and not self.fields[name].disabled]

    def shown_next(self) -> dict:
        """What this page shows, by name of the field; while a question is open, what the page before showed."""
        open_keys = {conflict.key for conflict in self.conflicts}
        keeps_all = any(conflict.bound is None for conflict in self.conflicts)
        texts = {}
        for bound in self.compared:
            is_open = keeps_all or bound.html_name in open_keys
            texts[bound.html_name] = self._shown(bound) if is_open else shown.text_of(bound.field, bound.initial)
        return texts

    @cached_property
    def _what_was_shown(self) -> dict:
        return shown.read(self.data, shown.SHOWN)

    @cached_property
    def _what_was_asked(self) -> dict:
        return shown.read(self.data, shown.ASKED)

    def _merge(self):
        if self.is_gone:
            return self._merge_gone()
        if not self.instance.pk:
            return
        # The words of the row as it is stored, before anything typed goes into it.
        self.row = str(self.instance)
        if self._is_doomed() and not self._may_be_deleted():
            return
        for bound in self.compared:
            self._merge_field(bound)

    def _merge_field(self, bound):
        before, now, typed = self._shown(bound), shown.text_of(bound.field, bound.initial), shown.typed_text(bound)
        if typed == before:
            self._untouched.add(bound.name)
            if now != before:
                self.taken_over.append(bound)
                self._take(bound)
        elif now in (before, typed):
            return
        elif (answer := self._answer(bound.html_name, now)) == THEIRS:
            self._take(bound)
        elif answer != MINE:
            self.conflicts.append(Conflict(bound.html_name, self, bound, now))

    def _merge_gone(self):
        """A colleague deleted the row: it stays so, unless the person has typed into it and wants it back."""
        is_touched = any(shown.typed_text(bound) != self._shown(bound) for bound in self.compared)
        answer = self._answer(self.prefix, "")
        if self._is_doomed() or not is_touched or answer == THEIRS:
            self.is_left = True
        elif answer != MINE:
            self.conflicts.append(Conflict(self.prefix, self, None, ""))

    def _may_be_deleted(self) -> bool:
        """Not before the person has seen what a colleague changed in the row; who keeps it lifts the tick."""
        stored = {bound.html_name: shown.text_of(bound.field, bound.initial) for bound in self.compared}
        if all(stored[bound.html_name] == self._shown(bound) for bound in self.compared):
            return True
        answer = self._answer(self.prefix, stored)
        if answer == THEIRS:
            self._own_data()[self.add_prefix(DELETION_FIELD_NAME)] = ""
        elif answer != MINE:
            self.conflicts.append(Conflict(self.prefix, self, None, stored))
        return not self.conflicts

    def _is_doomed(self) -> bool:
        return DELETION_FIELD_NAME in self.fields and bool(self[DELETION_FIELD_NAME].data)

    def _shown(self, bound):
        if self.is_gone:
            return self._what_was_shown.get(bound.html_name, shown.typed_text(bound))
        return self._what_was_shown.get(bound.html_name, shown.text_of(bound.field, bound.initial))

    def _answer(self, key, now) -> str:
        """What the person chose, if the question was about what is stored now."""
        is_answered = key in self._what_was_asked and self._what_was_asked[key] == now
        return self.data.get(answer_name(key), "") if is_answered else ""

    def _take(self, bound):
        self._own_data()
        shown.put(self.data, self.files, bound, bound.initial)

    def _own_data(self):
        """The other forms of the page read the same data, which Django does not let anybody change."""
        if not self._has_own_data:
            self.data, self.files, self._has_own_data = self.data.copy(), self.files.copy(), True
        return self.data


class BoundedFormSet(BaseInlineFormSet):
    """Makes no more forms than a page can have rows, whatever number was sent."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.absolute_max = MOST_ROWS


class MergingFormSet(BoundedFormSet):
    """Rows of `MergingForm`, also where a colleague added, moved or deleted some meanwhile."""

    # Whether a deleted row can be stored anew from what its form holds.
    can_restore = True

    def get_queryset(self):
        """Once sent: in the order of the forms, None for a row that is gone; the admin pairs them one by one."""
        rows = super().get_queryset()
        if not self.is_bound:
            return rows
        stored = {str(row.pk): row for row in rows}
        # The first number may be anything; Django makes forms for the second alone.
        number = min(self.initial_form_count(), self.total_form_count())
        return [stored.get(self._sent_key(index)) for index in range(number)]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.can_restore = self.can_restore
        form.is_gone = bool(
            self.is_bound
            and index is not None
            and index < self.initial_form_count()
            and form.instance._state.adding
            and row_number(self._sent_key(index)) is not None
        )
        if form.is_gone:
            form.gone_key = row_number(self._sent_key(index))
            # Django's own field refuses the number of a row that is gone, and would leave no way out.
            form.fields[self.model._meta.pk.name] = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if any(not conflict.bound for form in self.initial_forms for conflict in form.conflicts):
            raise ValidationError(CHOOSE_ROW)
        super().clean()

    def save_new_objects(self, commit=True):
        added = super().save_new_objects(commit)
        restored = [form for form in self.initial_forms if form.is_gone and not form.is_left]
        added += [self.save_new(form, commit=commit) for form in restored]
        return added

    def save_touched(self):
        """Store what was changed, and no more of a row than that."""
        self.save(commit=False)
        for row in self.deleted_objects:
            row.delete()
        columns = {form.instance.pk: form.written_columns for form in self.initial_forms}
        for row, _fields in self.changed_objects:
            row.save(update_fields=columns[row.pk])
        for row in self.new_objects:
            row.save()

    def _existing_object(self, pk):
        return next((row for row in self.get_queryset() if row and row.pk == pk), None)

    def _sent_key(self, index) -> str:
        return str(self.data.get(f"{self.add_prefix(index)}-{self.model._meta.pk.name}", "")).strip()

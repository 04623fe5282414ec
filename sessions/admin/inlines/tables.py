"""Rows of a table in a form: each box is named for who does not see the heading of its column."""

from sessions.admin.conflicts.merging import MergingFormSet


class TableFormSet(MergingFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label

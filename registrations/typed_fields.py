"""Fields in which people write in their own words and script."""

from django import forms

from registrations import typed_text


class TypedLine(forms.CharField):
    """One line in a person's own words and script."""

    def to_python(self, value):
        return typed_text.tidy(super().to_python(value))

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"dir": "auto"}


class NameLine(TypedLine):
    def to_python(self, value):
        return typed_text.tidy_name(super().to_python(value))

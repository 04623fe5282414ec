"""Fields for what people say of themselves: in their own words and script, or from a list."""

from django import forms
from django.utils.translation import gettext_lazy

from registrations.people import validators
from sessions import addresses, plain_text
from sessions.reference import countries


class TypedLine(forms.CharField):
    """One line in a person's own words and script, without links and markup."""

    default_validators = [validators.validate_line]

    def to_python(self, value):
        return validators.tidy(super().to_python(value))

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"dir": "auto"}


class NameLine(TypedLine):
    default_validators = [validators.validate_name]

    def to_python(self, value):
        return validators.tidy_name(super().to_python(value))


class OrganisationLine(TypedLine):
    default_validators = [validators.validate_organisation]

    def __init__(self):
        super().__init__(
            label=gettext_lazy("Organisation (optional)"),
            required=False,
            max_length=200,
            widget=forms.TextInput({"autocomplete": "organization"}),
        )


class Paragraphs(forms.CharField):
    """A few lines, perhaps pasted from Word."""

    widget = forms.Textarea
    default_validators = [validators.validate_paragraphs]

    def to_python(self, value):
        return plain_text.paragraphs(super().to_python(value))

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"rows": 3, "dir": "auto"}


class AddressLine(forms.CharField):
    """One e-mail address, also as mail programs copy it; its value is the form that is stored and sent."""

    # Not type="email": browsers would refuse "Name <address>" in their own words before we read it.
    widget = forms.TextInput
    default_error_messages = {"required": gettext_lazy("Please write your e-mail address.")}

    def to_python(self, value):
        typed = super().to_python(value)
        return addresses.read(typed) if typed else typed

    def widget_attrs(self, widget):
        own = {
            "autocomplete": "email",
            "inputmode": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
            "dir": "ltr",
        }
        return super().widget_attrs(widget) | {name: own[name] for name in own if name not in widget.attrs}


class CountryField(forms.ChoiceField):
    def valid_value(self, value):
        return countries.by_code(value) is not None

"""The number of people who will be told, typed by staff as a confirmation."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.clocks.dates import number

SEPARATORS = re.compile(r"[\s,.'\N{RIGHT SINGLE QUOTATION MARK}]")


class NumberForm(forms.Form):
    """The number of recipients, typed by staff as a confirmation; without recipients there is nothing to type."""

    people = forms.CharField(
        label=gettext_lazy("Type the number of people who will be told"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
    )

    def __init__(self, data=None, *, recipients, initial=None):
        super().__init__(data, initial=initial, label_suffix="")
        self.recipients = recipients
        if not recipients:
            del self.fields["people"]

    def clean_people(self):
        typed = SEPARATORS.sub("", self.cleaned_data["people"])
        if typed != str(self.recipients):
            self.fields["people"].widget.attrs["autofocus"] = True
            text = _("Type %(number)s here to confirm that so many people will be told. Nothing has been changed yet.")
            raise ValidationError(text % {"number": number(self.recipients)})
        return typed

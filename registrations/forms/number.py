"""A number, typed by staff as a confirmation of what they are about to do to so many people or mails."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions import plain_text
from sessions.clocks import dates

# Also those of Arabic: U+066C, and its comma.
SEPARATORS = re.compile(r"[\s,.'\N{RIGHT SINGLE QUOTATION MARK}\u066c\u060c]")
TOLD = gettext_lazy("Type the number of people who will be told")
REGISTERED = gettext_lazy("Type the number of people who are registered")


class NumberForm(forms.Form):
    """The `number`, typed with or without separators; up to `free` there is nothing to type.

    It begins with what was `typed` before a sign-in.
    """

    people = forms.CharField(
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
    )

    def __init__(self, data=None, *, number, label=TOLD, free=0, typed=""):
        super().__init__(data, initial={"people": typed}, label_suffix="")
        self.number = number
        self.fields["people"].label = label
        if number <= free:
            del self.fields["people"]

    def clean_people(self):
        typed = SEPARATORS.sub("", plain_text.digits(self.cleaned_data["people"]))
        if typed != str(self.number):
            self.fields["people"].widget.attrs["autofocus"] = True
            text = _("Type %(number)s here to confirm. Nothing has been changed yet.")
            raise ValidationError(text % {"number": dates.number(self.number)})
        return typed

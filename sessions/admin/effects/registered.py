"""What staff type before something happens to people who are registered: how many these are."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.forms.number import SEPARATORS
from sessions.clocks.dates import number


class RegisteredForm(forms.Form):
    """The number of `people` who are registered, typed as a confirmation; without people there is nothing to type."""

    registered = forms.CharField(
        label=gettext_lazy("Type the number of people who are registered"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
    )

    def __init__(self, data=None, *, people):
        super().__init__(data, label_suffix="")
        self.people = people
        if not people:
            del self.fields["registered"]

    def clean_registered(self):
        typed = SEPARATORS.sub("", self.cleaned_data["registered"])
        if typed != str(self.people):
            self.fields["registered"].widget.attrs["autofocus"] = True
            text = _("Type %(number)s here to confirm that it concerns so many people. Nothing has been changed yet.")
            raise ValidationError(text % {"number": number(self.people)})
        return typed

"""The reason that staff may give for what they do: stored in the audit log, never shown to people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonField(forms.CharField):
    def __init__(self):
        super().__init__(
            label=_("Why, for your colleagues (people are not told)"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        )


class ReasonForm(forms.Form):
    why = ReasonField()

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial, label_suffix="")

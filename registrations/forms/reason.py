"""The reasons that staff may give: one for the audit log, which people never see, and one for those who are told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions import plain_text
from sessions.models.occurrences import LONGEST_REASON


class ReasonField(forms.CharField):
    def __init__(self):
        super().__init__(
            label=_("Why, for your colleagues: name nobody (people are not told)"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        )


class ToldReasonField(forms.CharField):
    """One line: it stands in the mail, and on the page of who is registered."""

    def __init__(self):
        super().__init__(
            label=_("Why, for the people who are told (optional; it stands in their mail and on their page)"),
            max_length=LONGEST_REASON,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"}),
        )

    def to_python(self, value):
        return plain_text.one_line(super().to_python(value))


class ReasonForm(forms.Form):
    why = ReasonField()

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial, label_suffix="")

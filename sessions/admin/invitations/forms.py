"""The forms with which staff invite people: the list, pasted or as a file, and the number of people, typed."""

import codecs

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.forms.number import NumberForm
from registrations.invitations import guest_list
from sessions import tables

# Django takes no larger form (DATA_UPLOAD_MAX_MEMORY_SIZE), so a longer list could not come back from the next page.
MOST_OCTETS = 200_000
LIMITS = tables.Limits(rows=1000)
PASTED = gettext_lazy("pasted")
TOO_MUCH = gettext_lazy("This is too much at once: at most 1,000 lines. Invite people in several parts.")


class ListForm(forms.Form):
    """Gives `text` with one person a line, or a table in `octets` whose columns nobody has named yet; and `source`.

    `table` is the upload that the text was made of, once its columns are known.
    """

    people = forms.CharField(
        label=gettext_lazy("People, one a line"),
        help_text=gettext_lazy(
            "“Amina Otieno <amina@ministry.example>”, or “Amina Otieno; amina@ministry.example; Ministry of Water”, or "
            "an address alone."
        ),
        required=False,
        strip=False,
        max_length=MOST_OCTETS,
        widget=forms.Textarea({"rows": 12, "cols": 80, "dir": "auto", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file, CSV or XLSX"),
        help_text=gettext_lazy(
            "At most 1,000 lines, in any language and order: on the next page you see, and choose, what each column is."
        ),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"empty": gettext_lazy("This file is empty. Choose another one.")},
    )
    source = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    table = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    octets = None

    def clean(self):
        cleaned = super().clean()
        typed, file = cleaned.get("people", ""), cleaned.get("file")
        if file and typed.strip():
            self.add_error("file", _("Either paste people or choose a file, not both: empty the field above first."))
        elif file:
            self._take("file", file.read(LIMITS.octets + 1), file.name)
        elif not typed.strip() and not self.errors:
            self.add_error("people", _("Paste at least one line, or choose a file."))
        else:
            self._keep(typed, cleaned.get("source") or str(PASTED))
        return cleaned

    def _keep(self, text, source):
        if is_too_much(text):
            raise ValidationError(TOO_MUCH)
        self.text, self.source = text, source[:200]
        if not self.cleaned_data.get("table") and guest_list.is_table(text):
            self._take("people", codecs.BOM_UTF8 + text.encode(), self.source)

    def _take(self, field, octets, source):
        """A table; what is no workbook is read here already, so that the reason against it is beside the field."""
        self.octets, self.source = octets, source[:200]
        try:
            if len(octets) > LIMITS.octets or not tables.is_workbook(octets):
                tables.read(octets, LIMITS)
        except tables.CannotRead as reason:
            self.add_error(field, str(reason))


def is_too_much(text) -> bool:
    return len(text.encode("utf-8", "replace")) > MOST_OCTETS or text.count("\n") > LIMITS.rows


class GuestNumberForm(NumberForm):
    """For at least one person."""

    # Without it the number would have the name of the list.
    prefix = "confirm"

    def __init__(self, data=None, *, number, typed=""):
        label = _("Type the number of people who get an invitation")
        super().__init__(data, number=number, label=label, typed=typed)

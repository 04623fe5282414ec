"""The forms with which staff invite people: the list, pasted or as a file, and the number of people, typed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import guest_list, uploaded_table
from sessions.admin.confirming import NumberForm

# Django takes no larger form (DATA_UPLOAD_MAX_MEMORY_SIZE), so a longer list could not come back from the next page.
MOST_OCTETS = 200_000
PASTED = gettext_lazy("pasted")


class ListForm(forms.Form):
    """Gives `text` with one person a line, and `source`, once it is valid; `notes` say what of a file was left out."""

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
        help_text=gettext_lazy("With the columns name, e-mail and organisation, at most 1,000 lines."),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"empty": gettext_lazy("This file is empty. Choose another one.")},
    )
    source = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    notes = ()

    def clean(self):
        cleaned = super().clean()
        typed, file = cleaned.get("people", ""), cleaned.get("file")
        if file and typed.strip():
            self.add_error("file", _("Either paste people or choose a file, not both: empty the field above first."))
        elif file:
            self._read(file)
        elif not typed.strip() and not self.errors:
            self.add_error("people", _("Paste at least one line, or choose a file."))
        else:
            self._keep(typed, cleaned.get("source") or str(PASTED))
        return cleaned

    def _read(self, file):
        try:
            table = uploaded_table.read(file.read(uploaded_table.MOST_OCTETS + 1))
        except uploaded_table.CannotRead as reason:
            self.add_error("file", str(reason))
            return
        self.notes = table.notes
        self._keep(guest_list.from_table(table.rows), file.name)

    def _keep(self, text, source):
        if len(text.encode("utf-8", "replace")) > MOST_OCTETS or text.count("\n") > uploaded_table.MOST_ROWS:
            raise ValidationError(_("This is too much at once: at most 1,000 lines. Invite people in several parts."))
        self.text, self.source = text, source[:200]


class GuestNumberForm(NumberForm):
    """For at least one person."""

    # Without it the number would have the name of the list.
    prefix = "confirm"

    def __init__(self, data=None, *, told):
        super().__init__(data, told=told)
        self.fields["people"].label = _("Type the number of people who get an invitation")

"""What staff say when they take places away."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.forms.fields import Paragraphs
from registrations.forms.reason import ReasonField
from registrations.models import SeatRemoval
from registrations.seat_removals.removing import Terms

TOLD, SILENT = "told", "silent"
TELLING = [
    (TOLD, gettext_lazy("Send them a mail that says so, with the reason")),
    (SILENT, gettext_lazy("Send no mail with a reason")),
]


class TermsForm(forms.Form):
    """`shown` is the fingerprint of the people whom staff saw, `registration` who they are."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=SeatRemoval.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    telling = forms.ChoiceField(
        label=gettext_lazy("Mail"),
        choices=TELLING,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Who is not told still gets a short mail when we had mailed a calendar entry, because it must go. For "
            "made-up sign-ups no mail leaves at all."
        ),
        error_messages={"required": gettext_lazy("Choose whether they get a mail.")},
    )
    words = Paragraphs(
        label=gettext_lazy("Your words to them (optional)"),
        help_text=gettext_lazy("They stand in the mail below the reason, as you write them. Name nobody."),
        required=False,
        max_length=1000,
    )
    may_return = forms.BooleanField(
        label=gettext_lazy("They may register for the session again"),
        required=False,
    )
    why = ReasonField()
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self):
        cleaned = super().clean()
        is_open = cleaned.get("reason") == SeatRemoval.Reason.OTHER and cleaned.get("telling") == TOLD
        if is_open and "words" not in self.errors and not cleaned["words"]:
            self.add_error("words", _("Write what the reason is: the mail says no other."))
        return cleaned

    def terms(self) -> Terms:
        said = {name: self.cleaned_data[name] for name in ("reason", "words", "may_return", "why")}
        return Terms(is_told=self.cleaned_data["telling"] == TOLD, **said)

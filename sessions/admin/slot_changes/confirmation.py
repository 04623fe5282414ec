"""What staff confirm before mails are sent: the state of the slot that they saw, and the number of people, typed."""

from django import forms
from django.utils.translation import gettext as _

from registrations.forms.number import NumberForm
from registrations.forms.reason import ReasonField, ToldReasonField
from sessions.clocks.dates import number


class ConfirmForm(NumberForm):
    """For a slot whose change so many `recipients` hear of."""

    sequence = forms.CharField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = ToldReasonField()
    why = ReasonField()

    def __init__(self, data=None, *, slot, recipients, why="", reason="", typed=""):
        super().__init__(data, number=recipients, typed=typed)
        self.initial |= {"sequence": slot.sequence, "shown": recipients, "why": why, "reason": reason}
        self.slot = slot
        if not recipients:
            del self.fields["reason"]

    @property
    def must_look_again(self) -> str:
        """Why what the staff saw is not so any more; empty if it is."""
        if self.data.get("sequence") != str(self.slot.sequence):
            return _("Somebody changed this time slot meanwhile. Please look again.")
        if self.data.get("shown") != str(self.number):
            text = _(
                "Meanwhile somebody has registered or cancelled: the number of people who will be told is now "
                "%(number)s. Nothing has been changed yet. Please look again."
            )
            return text % {"number": number(self.number)}
        return ""

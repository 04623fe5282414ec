"""A form of one field: the address of a mailbox."""

from django import forms
from django.utils.translation import gettext_lazy

from registrations.forms.fields import AddressLine
from registrations.people.identity import fold_address


class MailboxForm(forms.Form):
    email = AddressLine(label=gettext_lazy("E-mail"), help_text=gettext_lazy("The address with which you signed up."))

    def clean_email(self):
        """The folded address: the only spelling to which anything about a mailbox is sent."""
        return fold_address(self.cleaned_data["email"])

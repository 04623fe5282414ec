"""A form of one field: the address of a mailbox."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import typed_text
from registrations.mailboxes import fold_address
from registrations.models import Message


class MailboxForm(forms.Form):
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The address with which you signed up."),
        max_length=254,
        validators=[typed_text.validate_email_address],
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Please write your e-mail address.")},
    )

    def clean_email(self):
        """The folded address: the only spelling to which anything about a mailbox is sent."""
        mailbox = fold_address(self.cleaned_data["email"])
        if len(mailbox) > Message._meta.get_field("recipient").max_length:
            raise forms.ValidationError(_("We cannot send mail to this form of address. Please use another address."))
        return mailbox

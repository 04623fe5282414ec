"""What staff type on the pages of certificates."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.certificates import paper
from registrations.forms.certificate_name import words_of_missing
from registrations.forms.fields import AddressLine, NameLine, TypedLine
from registrations.forms.number import NumberForm


class IssueForm(NumberForm):
    """With what staff have seen, so that nobody gets one whom they have not."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data=None, *, number, state, typed=""):
        label = gettext_lazy("Type the number of people who get one")
        super().__init__(data, number=number, label=label, typed=typed)
        self.state = state
        self.initial["seen"] = state

    @property
    def must_look_again(self) -> bool:
        return self.is_bound and self.data.get("seen") != self.state


class PrintedName(NameLine):
    """Which the fonts of certificates have."""

    def clean(self, value):
        name = super().clean(value)
        if missing := paper.missing(name):
            raise forms.ValidationError(words_of_missing(missing))
        return name


class SpeakerForm(forms.Form):
    name = PrintedName(label=gettext_lazy("Name, as it stands on the certificate"), max_length=200)
    email = AddressLine(label=gettext_lazy("E-mail"), help_text=gettext_lazy("A mail with the certificate goes there."))
    language = forms.ChoiceField(label=gettext_lazy("Language, beside English"))

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["name"].error_messages["required"] = _("Write the name of the speaker.")


class SpeakerNameForm(forms.Form):
    name = PrintedName(label=gettext_lazy("Name, as it stands on the new certificate"), max_length=200)

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial, label_suffix="")


class WithdrawForm(forms.Form):
    """The reason is for the person, who reads it on their page."""

    reason = TypedLine(
        label=gettext_lazy("Why (the person reads it; who checks the certificate does not)"),
        max_length=300,
        widget=forms.TextInput({"size": 60}),
        error_messages={"required": gettext_lazy("Write why it is withdrawn.")},
    )

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial, label_suffix="")

"""The form in which a person writes how their name stands on certificates."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.certificates import paper
from registrations.forms.fields import NameLine


class NameForm(forms.Form):
    """How the person's name stands on certificates; empty if as in their details."""

    certificate_name = NameLine(
        label=gettext_lazy("Your name on certificates (optional)"),
        help_text=gettext_lazy("If it should be written in another way there. Empty: as in your details."),
        max_length=200,
        required=False,
    )

    def __init__(self, data=None, *, participant, typed=None):
        super().__init__(data, initial=typed or {"certificate_name": participant.certificate_name})
        self.participant = participant

    def clean_certificate_name(self):
        name = self.cleaned_data["certificate_name"]
        if missing := paper.missing(name):
            raise forms.ValidationError(words_of_missing(missing))
        return "" if name == self.participant.name else name


def words_of_missing(characters) -> str:
    """What to do where a name cannot be printed as it is."""
    return _(
        "We cannot print these characters: %(characters)s. Please write the name in another way, for example in Latin "
        "letters."
    ) % {"characters": " ".join(characters)}

"""The form in which anybody checks a certificate: what is typed is compared, and neither stored nor sent on."""

from django import forms
from django.utils.translation import gettext_lazy

from registrations.certificates import names, numbers


class CheckForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number of the certificate"),
        help_text=gettext_lazy("Small letters, blanks and dashes do not matter. It has no 0, O, 1, I or L."),
        max_length=numbers.LONGEST_TYPED,
        error_messages={"required": gettext_lazy("Please type the number of the certificate.")},
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name on the certificate"),
        help_text=gettext_lazy("As it is printed. Accents and capital letters do not matter."),
        max_length=names.LONGEST_TYPED,
        error_messages={"required": gettext_lazy("Please type the name that stands on the certificate.")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )

    def clean_number(self):
        """A slip is found without a look at what was issued."""
        try:
            return numbers.read(self.cleaned_data["number"])
        except numbers.Mistyped:
            raise forms.ValidationError(
                gettext_lazy("This is not a whole number, or one of its letters is another one. Please compare it.")
            ) from None

"""The tick without which nothing is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    understood = forms.BooleanField(
        label=_("I understand. Erase my data."),
        error_messages={"required": _("Please tick that you understand. Nothing has been erased.")},
    )

"""The forms about a member of staff."""

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.forms.fields import AddressLine
from sessions.staff import roles

WRONG_NAME = _("Use letters, digits, full stops and hyphens only, without spaces.")


def _choices():
    return [(name, format_html("<strong>{}</strong> – {}", *words)) for name, words in roles.ROLES.items()]


class ShownForm(forms.Form):
    """`shown` is the state of the colleague that the page showed."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)


class RoleForm(ShownForm):
    email = AddressLine(
        label=_("E-mail"),
        error_messages={"required": _("Write the e-mail address of your colleague.")},
        widget=forms.TextInput({"autocomplete": "off", "class": "vTextField"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=_choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )


class SignInName(forms.CharField):
    """In the form in which it is stored, so that all rules are about that."""

    def to_python(self, value):
        return User.normalize_username(super().to_python(value))


class InviteForm(RoleForm):
    name = SignInName(
        label=_("Name to sign in with"),
        help_text=_("For example claire.dubois. It stands beside all that your colleague does, and stays the same."),
        max_length=150,
        validators=[UnicodeUsernameValidator(message=WRONG_NAME)],
        error_messages={"required": _("Write a name for your colleague.")},
        widget=forms.TextInput({"autocomplete": "off", "class": "vTextField", "autocapitalize": "none"}),
    )
    field_order = ["name", "email", "role"]

"""The form in which a focal point signs up a delegation: sessions once, then a line for each person."""

from collections import Counter

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.delegations.members import FocalPoint, Named
from registrations.forms import submission
from registrations.forms.fields import AddressLine, NameLine
from registrations.forms.sign_up import SignUpForm
from registrations.limits import sign_ups
from registrations.limits.rates import MAILS_TO_A_MAILBOX
from registrations.people.identity import fold_address, fold_name, inbox

AT_FIRST, MORE, MOST = 5, 5, 20


class PersonLine(forms.Form):
    """One person; a line with nothing in it is nobody."""

    name = NameLine(
        label=gettext_lazy("Name"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = AddressLine(
        label=gettext_lazy("E-mail (optional)"), required=False, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("email") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Please write the name that belongs to this address."))
        return cleaned

    @property
    def named(self) -> Named | None:
        name = self.cleaned_data.get("name")
        return Named(name, self.cleaned_data.get("email", "")) if name else None


class DelegationForm(SignUpForm):
    """`lines` are as many as the page has; empty ones do not matter."""

    most_people = MOST

    # Not answered beforehand: who signs up others for a whole year often takes part in none of it.
    takes_part = forms.TypedChoiceField(
        label=gettext_lazy("Do you take part yourself?"),
        choices=[("yes", gettext_lazy("Yes, in all the sessions chosen above")), ("no", gettext_lazy("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please say whether you take part yourself."),
            "invalid_choice": gettext_lazy("Please choose one of the two."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        typed = self.data or self.initial
        self.lines = [self._line(number, typed) for number in range(_lines_in(typed))]

    def _line(self, number, typed) -> PersonLine:
        prefix = f"person-{number}"
        if self.is_bound:
            return PersonLine(self.data, prefix=prefix)
        return PersonLine(initial={name: typed.get(f"{prefix}-{name}") for name in ("name", "email")}, prefix=prefix)

    @property
    def can_have_more(self) -> bool:
        return len(self.lines) < MOST

    def clean(self):
        cleaned = super().clean()
        valid = [line for line in self.lines if line.is_valid()]
        self._refuse_duplicates([line for line in valid if line.named])
        self._refuse_crowded_mailboxes([line for line in valid if line.named])
        if not any(line.errors or line.named for line in self.lines):
            self.lines[0].add_error("name", _("Please name at least one person, or use the form for one person."))
        if any(line.errors for line in self.lines):
            # The errors are at the lines; this only keeps the form from being valid.
            self.has_wrong_line = True
        return cleaned

    def is_valid(self):
        return super().is_valid() and not getattr(self, "has_wrong_line", False)

    def point(self) -> FocalPoint:
        return FocalPoint(self.cleaned_data["email"], self.details(), self.cleaned_data["takes_part"])

    def named(self) -> list[Named]:
        return [line.named for line in self.lines if line.named]

    def submission_key(self) -> str:
        return submission.key_of(super().submission_key(), self.cleaned_data["takes_part"], self.named())

    @property
    def _point_mailbox(self) -> str:
        return fold_address(self.cleaned_data.get("email") or "@")

    @property
    def _times_of_each(self) -> int:
        return sign_ups.times(max(1, len(self.ticked)))

    @property
    def _times_of_point(self) -> int:
        return 1 + (self._times_of_each if self.cleaned_data.get("takes_part") else 0)

    def _mailbox(self, who) -> str:
        return fold_address(who.email) if who.email else self._point_mailbox

    def _refuse_duplicates(self, lines):
        seen = set()
        if self.cleaned_data.get("takes_part") and self.cleaned_data.get("name"):
            seen.add((self._point_mailbox, fold_name(self.cleaned_data["name"])))
        for line in lines:
            person = (self._mailbox(line.named), fold_name(line.named.name))
            if person in seen:
                line.add_error("name", _("This person is in the form already. Please empty one of the two."))
            seen.add(person)

    def _refuse_crowded_mailboxes(self, lines):
        counted = Counter({inbox(self._point_mailbox): self._times_of_point})
        for line in lines:
            if not line.errors and self._mailbox(line.named) != self._point_mailbox:
                arrives_at = inbox(self._mailbox(line.named))
                counted[arrives_at] += self._times_of_each
                if counted[arrives_at] > MAILS_TO_A_MAILBOX.times:
                    line.add_error(
                        "email", _("Too many people have this address. Leave it empty: they then stay with you.")
                    )


def _lines_in(typed) -> int:
    """As many as the page had, and more if its button asks for them."""
    sent = str(typed.get("lines") or "")
    number = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else AT_FIRST
    return min(MOST, max(AT_FIRST, number + (MORE if "add_lines" in typed else 0)))

"""The form in which staff type what somebody says by telephone."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import slot_time
from registrations.enrolment.applicant import Applicant, ChosenSlots
from registrations.forms import submission
from registrations.forms.fields import AddressLine
from registrations.forms.person import PersonForm
from registrations.models import new_key
from registrations.people import consent
from registrations.presenters.shown_slots import timestamp
from registrations.seats import availability
from sessions.clocks.dates import number

LABELS = {
    "name": (gettext_lazy("Name"), gettext_lazy("As the person writes it, in any alphabet.")),
    "stakeholder": (gettext_lazy("Represents"), ""),
    "timezone": (gettext_lazy("Time zone of the person"), gettext_lazy("Empty: that of the country, if it has one.")),
    "access_needs": (gettext_lazy("What would help them to take part (optional)"), ""),
}
MISSING = {
    "name": gettext_lazy("Write the name of the person."),
    "email": gettext_lazy("Write the e-mail address of the person."),
    "country": gettext_lazy("Choose the country or area of the person."),
    "stakeholder": gettext_lazy("Choose the group for which the person takes part."),
}


class TelephoneForm(PersonForm):
    """`slots` are those of the session that are to come, with their session and season; it begins with `chosen`.

    Once their registration `is_closed`, staff have to tick that they know.
    """

    no_zone = gettext_lazy("Choose the time zone of the person: this country has several.")

    late = forms.BooleanField(
        label=gettext_lazy("Registration is closed; register this person all the same"),
        help_text=gettext_lazy("That is noted with your name."),
        error_messages={"required": gettext_lazy("Registration is closed. Tick this to register the person.")},
    )
    slot = forms.ChoiceField(
        label=gettext_lazy("Time slot"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a time slot."),
            "invalid_choice": gettext_lazy("This time slot was changed meanwhile. Choose again."),
        },
    )
    waits = forms.BooleanField(
        label=gettext_lazy("If all places are taken: put the person on the waiting list"), required=False
    )
    email = AddressLine(label=gettext_lazy("E-mail"), widget=forms.TextInput({"autocomplete": "off"}))
    consent = forms.BooleanField(
        label=gettext_lazy("I read this text aloud, and the person agreed to it"),
        error_messages={"required": gettext_lazy("Without their agreement nobody can be registered.")},
    )
    submission = forms.CharField(widget=forms.HiddenInput, max_length=40)

    field_order = ["late", "slot", "waits", "name", "email"]

    def __init__(self, *args, slots, chosen, is_closed=False, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        if not is_closed:
            del self.fields["late"]
        self.slots = {_value(slot): slot for slot in slots}
        self.fields["slot"].choices = [(value, time_and_places(slot)) for value, slot in self.slots.items()]
        self.fields["slot"].initial = _value(chosen)
        self.fields["submission"].initial = new_key()
        for name, (label, help_text) in LABELS.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        for name, words in MISSING.items():
            self.fields[name].error_messages["required"] = words

    def applicant(self, season) -> Applicant:
        return Applicant(self.cleaned_data["email"], self.details(), consent.given_by_telephone(season))

    def submission_key(self) -> str:
        said = self.cleaned_data
        return submission.key_of(said["submission"], said["email"], said["name"], said["slot"])

    @property
    def is_late(self) -> bool:
        return self.cleaned_data.get("late", False)

    def chosen(self) -> ChosenSlots:
        slot = self.slots[self.cleaned_data["slot"]]
        waits_for = {slot.pk} if self.cleaned_data["waits"] else set()
        return ChosenSlots([slot.pk], waits_for, lambda locked: _value(locked) != _value(slot))


def time_and_places(slot) -> str:
    """For a slot with its session and season; how many places are free is left out where there is no limit."""
    said, left = {"time": slot_time(slot)}, availability.seats_for_newcomers(slot)
    if left is None:
        return said["time"]
    if not left:
        return _("%(time)s: all places are taken") % said
    said["number"] = number(left)
    return ngettext("%(time)s: %(number)s place is free", "%(time)s: %(number)s places are free", left) % said


def _value(slot) -> str:
    """With its time, which staff have said to the person."""
    return f"{slot.pk}-{timestamp(slot)}" if slot.parts else f"{slot.pk}-{slot.starts_at:%Y%m%d%H%M}"

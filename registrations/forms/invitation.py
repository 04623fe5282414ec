"""The forms on the page of an invitation: the invited person accepts or declines, a stranger asks to be let in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.enrolment.applicant import Applicant, Details
from registrations.forms import questions
from registrations.forms.fields import AddressLine, NameLine, OrganisationLine, Paragraphs
from registrations.forms.person import PersonForm
from registrations.forms.preferences import SignUpPreferencesForm
from registrations.people import validators
from registrations.people.identity import fold_address
from registrations.presenters.shown_slots import ShownSlots
from registrations.presenters.slot_choices import TO_WAIT, Chosen, chosen_among
from registrations.presenters.ways_out import NO_RECORDING, RECORDING, TAKE, with_recording
from registrations.seats import availability
from sessions.clocks.wall_clock import nearest_slot, on_clock


class AddressForm(forms.Form):
    """The address to which the invitation was sent, typed by the person who has its link."""

    email = AddressLine(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("The one to which we sent the invitation: so we know that it is you."),
    )

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_email(self):
        if fold_address(self.cleaned_data["email"]) != self.invitation.mailbox:
            raise forms.ValidationError(
                _("The invitation was not sent to this address. Type the address under which our mail reached you."),
                code=validators.UNFIT,
            )
        return self.invitation.email


class AcceptForm(AddressForm, questions.AsksQuestions, SignUpPreferencesForm, PersonForm):
    """`slots` are those that an invited person may choose; which of them has a seat is for enrolment to say."""

    slot = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Please choose a time slot."),
            "invalid_choice": gettext_lazy("Please choose one of these time slots."),
        }
    )
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("We need your agreement to register you. Please tick the box.")},
    )

    field_order = ["slot", "email", "name"]

    def __init__(self, *args, invitation, slots, **kwargs):
        super().__init__(*args, invitation=invitation, **kwargs)
        # Somebody who got the mail forwarded must not come in under a name of their own; the person corrects it later.
        del self.fields["name"]
        self.slots = slots
        self.shown = ShownSlots.read(self.data.get("shown"))
        values = [f"{prefix}{slot.pk}" for slot in slots for prefix in ("", TO_WAIT)]
        self.fields["slot"].choices = [(value, value) for value in values]

    @staticmethod
    def typed(data, slots) -> dict:
        """What is in a form that was sent, as initial values for another one; a slot that was proposed is so again."""
        typed, taken = data.dict() | questions.typed(data), data.get(TAKE)
        slot = chosen_among(slots, typed.get("slot")).slot
        if slot and ShownSlots.read(typed.get("shown")).is_proposal(slot):
            del typed["slot"]
        if taken in (RECORDING, NO_RECORDING):
            return with_recording(typed, taken)
        return typed | ({"slot": taken} if taken else {})

    def clean(self):
        """A slot proposed for the zone that the page showed is not taken as the person's choice in another one."""
        cleaned = super().clean()
        slot, zone = chosen_among(self.slots, cleaned.get("slot")).slot, cleaned.get("timezone")
        if slot and zone and self.shown.is_proposal(slot) and self.shown.zone != zone:
            free = [each for each in self.slots if not availability.is_full(each)]
            self._ask_for_nearer(slot, nearest_slot(free or self.slots, zone), zone)
        return cleaned

    def _ask_for_nearer(self, slot, nearer, zone):
        if nearer == slot:
            return
        here, other = (on_clock(each.starts_at, each.ends_at, zone) for each in (slot, nearer))
        words = _(
            "In %(place)s, this time slot begins at %(hour)s and the other one at %(other)s. Choose the one that suits "
            "you, and press the button again."
        )
        self.add_error(
            "slot", words % {"place": here.label, "hour": here.hour_in_sentence, "other": other.hour_in_sentence}
        )

    @property
    def chosen(self) -> Chosen:
        return chosen_among(self.slots, self.cleaned_data["slot"])

    def details(self) -> Details:
        self.cleaned_data["name"] = self.invitation.name
        return super().details()

    def applicant(self, consent) -> Applicant:
        return Applicant(
            self.cleaned_data["email"], self.details(), consent, self.preferences(), answers=self.answers()
        )


class AskForm(forms.Form):
    """A stranger says who they are; the same checks as in the sign-up, because staff and mails show these words."""

    name = NameLine(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    email = AddressLine(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("If they agree, your own invitation goes there.")
    )
    organisation = OrganisationLine()
    words = Paragraphs(
        label=gettext_lazy("Why you would like to take part (optional)"), required=False, max_length=1000
    )

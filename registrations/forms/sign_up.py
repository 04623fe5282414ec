"""The form of the sign-up: it checks shape, the use case checks the rest."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy

from registrations.enrolment.applicant import Applicant, Details
from registrations.forms.fields import AddressLine
from registrations.forms.person import PersonForm
from registrations.forms.preferences import SignUpPreferencesForm
from registrations.limits import bots
from registrations.models import new_key
from registrations.people.preferences import Preferences
from registrations.presenters.slot_choices import Chosen, chosen_among


class SignUpForm(SignUpPreferencesForm, PersonForm):
    """`offers` are those of seats.offers; which of them can still be had is for enrolment to say."""

    session = forms.MultipleChoiceField(
        error_messages={
            "required": gettext_lazy("Please tick at least one session."),
            "invalid_choice": gettext_lazy("Please tick sessions of the list only."),
        },
    )
    email = AddressLine(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Your confirmation and the link to the meeting go there.")
    )
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("We need your agreement to register you. Please tick the box.")},
    )

    field_order = [
        *("session", "timezone", "name", "email"),
        *(*Details.__annotations__, *Preferences.__annotations__, "consent"),
    ]

    def __init__(self, *args, offers, now, **kwargs):
        super().__init__(*args, now=now, **kwargs)
        self.offers = offers
        self.fields["session"].choices = [(offer.session.slug, offer.session.title) for offer in offers]
        typed = self.data or self.initial
        self.submission = typed.get("submission") or new_key()
        self.opened = bots.opened(typed)

    @staticmethod
    def typed(data) -> dict:
        """What is in a form that was sent, as initial values for another one; the chosen slots are left behind."""
        return data.dict() | {"session": data.getlist("session")}

    def ticked(self) -> list:
        slugs = self["session"].value() or []
        return [offer for offer in self.offers if offer.session.slug in slugs]

    def slot_sent(self, offer):
        """The slot chosen for a session in the form that was sent; None if there is none such."""
        return self._choice_sent(offer).slot

    def waits(self, offer) -> bool:
        """Whether the person agreed to wait for the slot chosen, or asked for the waiting list by a link."""
        typed = self.data or self.initial
        return self._choice_in(typed, offer).waits or bool(self.initial.get("wait"))

    def occurrence_ids(self) -> list[int]:
        zone = self.cleaned_data["timezone"]
        return [(self.slot_sent(offer) or offer.nearest(zone)).pk for offer in self.ticked()]

    def waits_for(self) -> set[int]:
        """Ids of the slots for which the person agreed to wait."""
        choices = [self._choice_sent(offer) for offer in self.ticked()]
        return {choice.slot.pk for choice in choices if choice.slot and choice.waits}

    def _choice_sent(self, offer) -> Chosen:
        return self._choice_in(self.data, offer)

    @staticmethod
    def _choice_in(typed, offer) -> Chosen:
        return chosen_among(offer.slots, typed.get(f"slot-{offer.session.pk}"))

    def applicant(self, consent) -> Applicant:
        return Applicant(self.cleaned_data["email"], self.details(), consent, self.preferences())

    def submission_key(self) -> str:
        """The same for the same form with the same content: who goes back and ticks one more sends something new."""
        content = [self.submission, self.cleaned_data["email"], self.cleaned_data["name"], *self.occurrence_ids()]
        return hashlib.sha256(repr(content).encode()).hexdigest()[:40]

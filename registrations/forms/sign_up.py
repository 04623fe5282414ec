"""The form of the sign-up: it checks shape, the use case checks the rest."""

from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.enrolment.applicant import Applicant, Details
from registrations.forms import questions, submission
from registrations.forms.fields import AddressLine
from registrations.forms.person import PersonForm
from registrations.forms.preferences import SignUpPreferencesForm
from registrations.limits import bots
from registrations.models import new_key
from registrations.people.mail_domains import likely_meant
from registrations.people.preferences import Preferences
from registrations.presenters.session_choices import GROUPS, groups_of
from registrations.presenters.shown_slots import ShownSlots
from registrations.presenters.slot_choices import Chosen, chosen_among, number_in
from sessions import translations


class SignUpForm(questions.AsksQuestions, SignUpPreferencesForm, PersonForm):
    """`offers` are those of seats.offers; which of them can still be had is for enrolment to say."""

    session = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "A session that you ticked is not offered any more. Look at what is ticked, and send the form again."
            ),
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
        self.order_fields(["session", *(questions.name_of(each) for each in self.questions if each.session_id)])
        self.offers = offers
        self.fields["session"].choices = [
            (offer.session.slug, translations.words(offer.session, "title")) for offer in offers
        ]
        typed = self.data or self.initial
        self.submission = typed.get("submission") or new_key()
        self.opened = bots.opened(typed)
        self.shown = ShownSlots.read(typed.get("shown"))
        self._groups = set(self.data.getlist(GROUPS) if self.data else self.initial.get(GROUPS, []))

    @staticmethod
    def typed(data) -> dict:
        """What is in a form that was sent, as initial values for another one."""
        return data.dict() | questions.typed(data) | {name: data.getlist(name) for name in ("session", GROUPS)}

    def clean_email(self):
        """The address that the person chose where there was one that they probably meant."""
        self._typed_address = self.cleaned_data["email"]
        self._likely_address = likely_meant(self._typed_address)
        is_meant = self._likely_address and self.data.get("meant") == self._likely_address
        return self._likely_address if is_meant else self._typed_address

    def clean(self):
        cleaned = super().clean()
        if "session" not in self.errors and not self.ticked:
            self.add_error("session", forms.ValidationError(_("Please tick at least one session."), code="required"))
        return cleaned

    @cached_property
    def ticked(self) -> list:
        """Offers; a time slot that the person chose ticks its session."""
        slugs = self["session"].value() or []
        return [
            offer
            for offer in self.offers
            if offer.session.slug in slugs or self._is_slot_chosen(offer) or self._is_in_a_group(offer)
        ]

    def ticked_by_slot_alone(self) -> list:
        """Of those, which have no tick: one was taken away after the slot was chosen, or it was forgotten."""
        slugs = self["session"].value() or []
        return [offer for offer in self.ticked if offer.session.slug not in slugs and not self._is_in_a_group(offer)]

    @cached_property
    def _sessions_ticked(self) -> set[int]:
        return {offer.session.pk for offer in self.ticked}

    @cached_property
    def _sessions_in_doubt(self) -> set[int]:
        return {offer.session.pk for offer in self.ticked_by_slot_alone()}

    def asks(self, question) -> bool:
        return question.season_id is not None or question.session_id in self._sessions_ticked

    def requires(self, question) -> bool:
        """Not before the person has said that they want the session: the page that asks about that comes first."""
        return super().requires(question) and question.session_id not in self._sessions_in_doubt

    def _is_in_a_group(self, offer) -> bool:
        """Whether the season or the stream was ticked as a whole: of it, the sessions with free places."""
        return bool(self._groups) and not self._groups.isdisjoint(groups_of(offer.session)) and bool(offer.free)

    def _is_slot_chosen(self, offer) -> bool:
        slot = self.slot_sent(offer)
        return slot is not None and self.shown.is_other_than_shown(slot)

    def slot_sent(self, offer):
        """The slot that came with a form for this session, or with a link; None if there is none such."""
        return self._choice(offer).slot

    def number_sent(self, offer) -> str:
        """Of the slot that came, also where the session has none with this number; empty if none came."""
        return number_in(self._sent_for(offer))

    def is_own_choice(self, slot) -> bool:
        """Whether a slot that came is more than what this site proposed."""
        return not self.shown.is_proposal(slot)

    def slot_for(self, offer, zone):
        """The slot that came, unless it was proposed for another zone: then the one nearest to daytime in `zone`."""
        slot = self.slot_sent(offer)
        is_for_other_zone = slot and self.shown.is_proposal(slot) and self.shown.zone != zone
        return offer.nearest(zone) if slot is None or is_for_other_zone else slot

    def waits(self, offer) -> bool:
        """Whether the person agreed to wait for the slot chosen, or asked for the waiting list by a link."""
        return self._choice(offer).waits or bool(self.initial.get("wait"))

    def occurrence_ids(self) -> list[int]:
        return [self.slot_for(offer, self.cleaned_data["timezone"]).pk for offer in self.ticked]

    def waits_for(self) -> set[int]:
        """Ids of the slots for which the person agreed to wait."""
        choices = [self._choice(offer) for offer in self.ticked]
        return {choice.slot.pk for choice in choices if choice.slot and choice.waits}

    def has_new_proposals(self) -> bool:
        """Whether a session gets another slot than the form showed, since the person is in another zone."""
        zone = self.cleaned_data["timezone"]
        sent = [(offer, self.slot_sent(offer)) for offer in self.ticked]
        return any(slot and self.slot_for(offer, zone) != slot for offer, slot in sent)

    def likely_address(self) -> str:
        """What the person probably meant to write, as long as they have not said which it is; empty otherwise."""
        return self._likely_address if self.data.get("meant") not in (self._likely_address, self._typed_address) else ""

    def slots_gone(self) -> set[str]:
        """Numbers of slots that came for ticked sessions, and are none of theirs any more."""
        return {self.number_sent(offer) for offer in self.ticked if not self.slot_sent(offer)} - {""}

    def _choice(self, offer) -> Chosen:
        return chosen_among(offer.slots, self._sent_for(offer))

    def _sent_for(self, offer):
        return (self.data or self.initial).get(f"slot-{offer.session.pk}")

    def applicant(self, consent) -> Applicant:
        return Applicant(
            self.cleaned_data["email"], self.details(), consent, self.preferences(), answers=self.answers()
        )

    def submission_key(self) -> str:
        who = (self.cleaned_data["email"], self.cleaned_data["name"])
        return submission.key_of(self.submission, *who, *self.occurrence_ids())

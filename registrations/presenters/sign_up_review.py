"""Ready values for the page between form and sign-up, where something needs an answer."""

from dataclasses import dataclass, replace
from functools import cached_property

from registrations.presenters.session_choices import GROUPS
from registrations.presenters.sign_up import SignUpPage
from registrations.presenters.ways_out import TAKE

# What the page asks anew, or what the next request must not have.
ASKED_ANEW = {"csrfmiddlewaretoken", "reviewed", "leave_empty", "back", "show_times", "add_lines", TAKE}
OF_SLOTS = {"shown", "session", "timezone", GROUPS}


@dataclass(frozen=True)
class ReviewPage(SignUpPage):
    """Of a valid form: the whole of it in hidden fields, and what only the person can answer.

    `has_recordings` says that the form asks who wants recordings. Here that is one tick for all sessions at night.
    """

    has_recordings: bool = False
    asks_for_recordings = False

    @classmethod
    def of(cls, page):
        """None where there is nothing to ask; `page` is the SignUpPage of a valid form."""
        review = cls(page.season, page.form, page.reader, has_recordings=page.asks_for_recordings)
        return review if review.asks_for_slots or review.unticked or review.likely_address else None

    @cached_property
    def zone(self) -> str:
        return self.form.cleaned_data["timezone"]

    @cached_property
    def asks_for_slots(self) -> bool:
        return self.form.has_new_proposals()

    @cached_property
    def unticked(self) -> list:
        """Sessions of which a slot was chosen and which have no tick: without scripts nobody keeps the two together."""
        return [self._choice(offer, True) for offer in self.form.ticked_by_slot_alone() if offer.coming]

    @cached_property
    def shown(self):
        """Also slots that nobody can have now: one that is opened again before the answer was never shown here."""
        unseen = {slot.pk: 0 for offer in self.form.ticked if not offer.coming for slot in offer.slots}
        shown = super().shown
        return replace(shown, starts=unseen | shown.starts)

    @cached_property
    def likely_address(self) -> str:
        return self.form.likely_address()

    @property
    def typed_address(self) -> str:
        return self.form.cleaned_data["email"]

    @cached_property
    def choices(self) -> list:
        """Of the ticked sessions, because the person sees their hours for the first time."""
        ticked = self.form.ticked
        return [self._choice(offer, True) for offer in ticked if offer.coming]

    @property
    def is_for_others(self) -> bool:
        """A delegation's form asks nobody for recordings."""
        return not self.has_recordings

    @property
    def offers_recordings(self) -> bool:
        ways = [choice.way_out for choice in self.choices if choice.way_out]
        return self.has_recordings and any(way.offers_recording for way in ways)

    @property
    def was_not_answered(self) -> bool:
        return bool(self.likely_address) and "reviewed" in self.form.data

    @property
    def hidden(self) -> list[tuple[str, str]]:
        left_out = ASKED_ANEW | (self._names_of_slots if self.asks_for_slots else set())
        left_out |= {"meant"} if self.likely_address else set()
        left_out |= {"shown"} if self.unticked else set()
        kept = [(name, value) for name, values in self.form.data.lists() if name not in left_out for value in values]
        return kept + self._settled

    @property
    def _names_of_slots(self) -> set[str]:
        return OF_SLOTS | {name for name in self.form.data if name.startswith("slot-")}

    @property
    def _settled(self) -> list[tuple[str, str]]:
        asked = [choice.offer for choice in self.unticked]
        if not self.asks_for_slots:
            slots = [self.form.slot_sent(offer) for offer in asked]
            return [("shown", self.form.shown.with_kept(slots).text)] if slots else []
        # Also those that take nobody any more: enrolment says so, instead of registering for the others alone.
        sessions = [("session", offer.session.slug) for offer in self.form.ticked if offer not in asked]
        return [("shown", self.shown.text), ("timezone", self.zone), *sessions]

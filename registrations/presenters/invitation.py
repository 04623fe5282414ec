"""Ready values for the page of an invitation."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from registrations.models import Invitation
from registrations.people import consent
from registrations.people.preferences import leads_at_first
from registrations.presenters.shown_slots import ShownSlots, timestamp
from registrations.presenters.slot_choices import SlotChoice, chosen_among
from registrations.presenters.ways_out import WayOut, way_out
from registrations.seats import availability, offers
from sessions import marked
from sessions.clocks import countdowns, wall_clock, zones
from sessions.clocks.reader import words_of_place
from sessions.clocks.wall_clock import nearest_slot
from sessions.models import Occurrence, Question
from sessions.presenters.slots import SlotTime


@dataclass(frozen=True)
class InvitationPage:
    """One invitation; its session comes with season, stream and all slots (`offers.slots`)."""

    invitation: Invitation
    now: datetime
    zone: str
    form: object = None
    refusal: str = ""
    asks_for_recordings = True

    @property
    def session(self):
        return self.invitation.session

    @property
    def season(self):
        return self.session.season

    @property
    def data_term(self) -> str:
        return consent.data_term()

    @property
    def host(self) -> str:
        """Who invites."""
        return marked.organiser(self.season)

    @property
    def place(self) -> str:
        is_of_season = self.zone == self.season.timezone
        return words_of_place(self.season) if is_of_season else zones.city(self.zone)

    @property
    def zone_label(self) -> str:
        first = self.slots[0]
        return wall_clock.on_clock(first.starts_at, first.ends_at, self.zone, self.place).label

    @cached_property
    def slots(self) -> list[Occurrence]:
        return offers.slots_for_invited(self.session, self.now)

    @cached_property
    def questions(self) -> list[Question]:
        """Of the season, and of this session."""
        asked = Question.objects.asked().in_season(self.season)
        return [question for question in asked if question.session_id in (None, self.session.pk)]

    @property
    def opens(self) -> wall_clock.Clock | None:
        """When the session begins to take answers; None if it has begun, or if no slot takes any then."""
        moment = self.session.registration_opens_at
        if moment is None or moment <= self.now or not offers.slots_for_invited(self.session, moment):
            return None
        return wall_clock.on_clock(moment, moment, self.zone, self.place)

    @cached_property
    def choices(self) -> list[SlotChoice]:
        free = [slot for slot in self.slots if not availability.is_full(slot)]
        nearest = nearest_slot(free or self.slots, self.zone)
        chosen = chosen_among(self.slots, self.form["slot"].value()).slot or nearest
        return [self._choice(slot, slot == chosen) for slot in self.slots]

    @cached_property
    def way_out(self) -> WayOut | None:
        return way_out(self.choices)

    @property
    def gets_recordings(self) -> bool:
        return bool(self.form["wants_announcements"].value())

    @property
    def shown(self) -> ShownSlots:
        """What comes back with the form: a slot is proposed as long as the person has sent none."""
        preset = [] if self.form["slot"].value() else [choice for choice in self.choices if choice.is_chosen]
        starts = {slot.pk: timestamp(slot) for slot in self.slots}
        return ShownSlots(self.zone, starts, proposed=frozenset(choice.time.occurrence.pk for choice in preset))

    def _choice(self, slot, is_chosen) -> SlotChoice:
        slot.session = self.session
        is_full = availability.is_full(slot)
        return SlotChoice(
            SlotTime(slot, self.zone, self.now),
            is_chosen=is_chosen,
            is_full=is_full,
            is_list=is_full and availability.has_waiting_list(slot, self.now),
            is_invited=True,
        )

    @property
    def is_declined(self) -> bool:
        return self.invitation.declined_at is not None

    @property
    def is_waiting(self) -> bool:
        return self.invitation.registration.is_waiting

    @property
    def reminder_times(self) -> str:
        return countdowns.list_of_leads(leads_at_first(self.season))

    @property
    def consent(self) -> list[str]:
        return consent.shown(self.season)

    @property
    def binding_consent(self) -> list[str]:
        return consent.binding(self.season)

    @property
    def agreement(self) -> str:
        return consent.agreement()

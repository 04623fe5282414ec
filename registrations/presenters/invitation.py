"""Ready values for the page of an invitation."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from registrations.models import Invitation
from registrations.people import consent
from registrations.presenters.preferences import reminder_times
from registrations.seats import availability, offers
from sessions.clocks import wall_clock, zones
from sessions.clocks.wall_clock import nearest_slot
from sessions.models import Occurrence
from sessions.presenters.slots import SlotTime

WAITS = "-waits"


@dataclass(frozen=True)
class InvitedChoice:
    """A radio button: a slot, or the waiting list of a full one; nothing to choose where there is no list."""

    time: SlotTime
    is_full: bool
    has_list: bool
    is_chosen: bool

    @property
    def value(self) -> str:
        return f"{self.time.occurrence.pk}{WAITS if self.is_full else ''}"

    @property
    def is_closed(self) -> bool:
        return self.is_full and not self.has_list

    @property
    def state(self) -> str:
        if not self.is_full:
            return ""
        return _("All places taken: you join the waiting list") if self.has_list else _("All places taken")


@dataclass(frozen=True)
class InvitationPage:
    """One invitation; its session comes with season, stream and all slots (`offers.slots`)."""

    invitation: Invitation
    now: datetime
    zone: str
    form: object = None
    refusal: str = ""

    @property
    def session(self):
        return self.invitation.session

    @property
    def season(self):
        return self.session.season

    @property
    def host(self) -> str:
        """Who invites."""
        return self.season.organiser or settings.ORGANIZER_NAME

    @property
    def place(self) -> str:
        return self.season.place if self.zone == self.season.timezone else zones.city(self.zone)

    @property
    def zone_label(self) -> str:
        first = self.slots[0]
        return wall_clock.on_clock(first.starts_at, first.ends_at, self.zone, self.place).label

    @cached_property
    def slots(self) -> list[Occurrence]:
        return offers.slots_for_invited(self.session, self.now)

    @property
    def opens(self) -> wall_clock.Clock | None:
        """When the session begins to take answers; None if it has begun, or if no slot takes any then."""
        moment = self.session.registration_opens_at
        if moment is None or moment <= self.now or not offers.slots_for_invited(self.session, moment):
            return None
        return wall_clock.on_clock(moment, moment, self.zone, self.place)

    @cached_property
    def choices(self) -> list[InvitedChoice]:
        free = [slot for slot in self.slots if not availability.is_full(slot)]
        nearest = nearest_slot(free or self.slots, self.zone)
        sent = self.form["slot"].value() or ""
        chosen = next((slot for slot in self.slots if str(slot.pk) == sent.removesuffix(WAITS)), nearest)
        return [self._choice(slot, slot == chosen) for slot in self.slots]

    def _choice(self, slot, is_chosen) -> InvitedChoice:
        slot.session = self.session
        return InvitedChoice(
            SlotTime(slot, self.zone),
            is_full=availability.is_full(slot),
            has_list=availability.has_waiting_list(slot, self.now),
            is_chosen=is_chosen,
        )

    @property
    def is_declined(self) -> bool:
        return self.invitation.declined_at is not None

    @property
    def is_waiting(self) -> bool:
        return self.invitation.registration.is_waiting

    @property
    def reminder_times(self) -> str:
        return reminder_times(self.season)

    @property
    def consent(self) -> list[str]:
        return consent.paragraphs(self.season)

    @property
    def agreement(self) -> str:
        return consent.agreement()

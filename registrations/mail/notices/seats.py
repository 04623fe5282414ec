"""What a mail says about a registration: its title, its time on three clocks, and the addresses that belong to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations import links
from registrations.models import Invitation, Registration
from registrations.seats import availability, nights
from sessions import marked
from sessions.clocks import countdowns
from sessions.clocks.slot_clocks import clocks_of
from sessions.clocks.wall_clock import Clock, ThreeClocks
from sessions.presenters import spoken

# "Soon" where nobody is reminded.
USUAL_HOURS = 72
# Nearer than this, nobody changes plans any more: time and link are enough.
SHORT_BELOW = timedelta(hours=2)
CHARACTERS_IN_SUBJECT = 60


@dataclass(frozen=True)
class Seat:
    title: str
    clocks: ThreeClocks
    is_waiting: bool
    position: int
    is_called_off: bool
    is_over: bool
    is_soon: bool
    can_join: bool
    is_by_invitation: bool
    registration: Registration
    now: datetime

    @property
    def short_title(self) -> str:
        """For subjects."""
        is_short = len(self.title) <= CHARACTERS_IN_SUBJECT
        return self.title if is_short else Truncator(self.title).chars(CHARACTERS_IN_SUBJECT)

    @property
    def reason(self) -> str:
        """Why staff have changed its time slot, as they put it to people."""
        return self.registration.occurrence.reason

    @property
    def to_join(self) -> str:
        if self.can_join:
            return _("To join, open your personal link:")
        return _("To join, open your personal link when the session starts:")

    @property
    def languages(self) -> str:
        """In which it is held and interpreted, where that is its own; in the active language."""
        return spoken.in_words(self.registration.occurrence)

    # Each is asked for by some mails only, there in the text and in the HTML.

    @cached_property
    def join_url(self) -> str:
        return links.join(self.registration)

    @cached_property
    def change_url(self) -> str:
        return links.change_slot(self.registration)

    @cached_property
    def cancel_url(self) -> str:
        return links.cancel(self.registration)

    @cached_property
    def page_url(self) -> str:
        return links.session_page(self.registration)

    @property
    def by_day(self) -> Clock | None:
        """Of a seat at night: when the slot is to which the person can move."""
        return self._daytime if self._way_out and not self._way_out.is_full else None

    @property
    def full_by_day(self) -> Clock | None:
        """As `by_day`, where that slot is full and has a waiting list."""
        return self._daytime if self._way_out and self._way_out.is_full else None

    @cached_property
    def _way_out(self) -> nights.WayOut | None:
        is_in_time = self.clocks.utc.starts_at - self.now >= SHORT_BELOW
        # Who writes to many has read the slots of the session once for all of them.
        slots = self.registration.session.occurrences.all()
        return nights.way_out(self.registration, slots, self.now) if self.has_night and is_in_time else None

    @property
    def _daytime(self) -> Clock:
        return clocks(self._way_out.slot, self.registration).reader

    @property
    def has_night(self) -> bool:
        """Whether the person would have to be awake at night for it."""
        return self.clocks.is_at_night and not (self.is_called_off or self.is_over)

    @property
    def gets_recording(self) -> bool:
        return self.registration.participant.wants_announcements

    @cached_property
    def recordings_url(self) -> str:
        return links.recordings(self.registration.participant)

    @cached_property
    def my_season_url(self) -> str:
        return links.my_season(self.registration.participant)

    @cached_property
    def invitation_url(self) -> str:
        """Of the invitation that brought the person in, while it is valid; a seat made for a preview has none."""
        if not self.registration.pk or not self.is_by_invitation:
            return ""
        invitation = Invitation.objects.valid().filter(registration=self.registration).first()
        return links.invitation(invitation) if invitation else ""

    @property
    def countdown(self) -> str:
        return countdowns.until(self._next.reader, self.now)

    @property
    def countdown_in_short(self) -> str:
        return countdowns.in_short(self._next.reader, self.now)

    @property
    def has_begun(self) -> bool:
        return self._next.utc.starts_at <= self.now

    @cached_property
    def _next(self) -> ThreeClocks:
        """Of what people come to now or next."""
        slot = self.registration.occurrence
        return clocks(slot.current(self.now), self.registration) if slot.parts else self.clocks


def seat(registration, now) -> Seat:
    """Reads the registration's session, season, slot and participant.

    `position` is that in the waiting list, 0 for who does not wait.
    """
    return Seat(
        title=marked.words(registration.session, "title", registration.participant.reads),
        clocks=clocks(registration.occurrence, registration),
        is_waiting=registration.is_waiting,
        position=availability.position(registration) if registration.is_waiting else 0,
        is_called_off=registration.occurrence.is_called_off,
        is_over=registration.occurrence.is_over(now),
        is_soon=_is_soon(registration, now),
        can_join=registration.can_join(now),
        is_by_invitation=registration.session.is_by_invitation,
        registration=registration,
        now=now,
    )


def _is_soon(registration, now) -> bool:
    """Whether the first reminder has left already, so that another mail has to say what it said."""
    slot = registration.occurrence
    longest = max(registration.session.season.reminders_before or settings.REMINDER_HOURS or [USUAL_HOURS])
    takes_place = registration.is_confirmed and not slot.is_called_off and not slot.is_over(now)
    return takes_place and slot.current(now).starts_at - now <= timedelta(hours=longest)


def clocks(slot, registration) -> ThreeClocks:
    """`slot` on the clocks of the registration's reader and season, in the reader's language."""
    reader, season = registration.participant, registration.session.season
    with override(reader.reads):
        return clocks_of(slot, reader_zone=reader.timezone, season=season)


def other_slots(registration, now) -> list[ThreeClocks]:
    """The times at which the same session is held as well, still to come."""
    # Who writes to many has read the slots of the session once for all of them.
    others = (slot for slot in registration.session.occurrences.all() if slot.pk != registration.occurrence_id)
    to_come = [slot for slot in others if not slot.is_called_off and not slot.is_over(now)]
    return [clocks(slot, registration) for slot in sorted(to_come, key=lambda slot: (slot.starts_at, slot.pk))]


def has_other_slots(registration, now) -> bool:
    """Whether `other_slots` has any, for who posts a mail to one person."""
    return registration.session.occurrences.upcoming(now).exclude(pk=registration.occurrence_id).exists()


def free_slots(registration, now) -> list[ThreeClocks]:
    """Those of `other_slots` that have a free seat."""
    others = registration.session.occurrences.upcoming(now).exclude(pk=registration.occurrence_id).in_order()
    return [clocks(slot, registration) for slot in others if not availability.is_full(slot)]


def all_of(participant, now) -> list[Seat]:
    """Every active registration, in order of time."""
    return [seat(registration, now) for registration in in_order(active_of(participant))]


def upcoming_besides(registrations, participant, now) -> list[Seat]:
    """Active registrations other than these whose slot is not over, in order of time."""
    known = {registration.pk for registration in registrations}
    others = [registration for registration in active_of(participant) if registration.pk not in known]
    to_come = [registration for registration in others if not registration.occurrence.is_over(now)]
    return [seat(registration, now) for registration in in_order(to_come)]


def in_order(registrations) -> list:
    return sorted(registrations, key=lambda registration: (registration.occurrence.starts_at, registration.pk))


def active_of(participant):
    return participant.registrations.active().select_related("participant", "occurrence", "session__season")

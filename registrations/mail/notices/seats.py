"""What a mail says about a registration: its title, its time on three clocks, and the addresses that belong to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings

from registrations import links
from registrations.models import Invitation
from registrations.seats import availability
from sessions.clocks import countdowns
from sessions.clocks.wall_clock import ThreeClocks, three_clocks
from sessions.models import Season
from sessions.plain_text import one_line

# "Soon" where nobody is reminded.
USUAL_HOURS = 72


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
    join_url: str
    change_url: str
    cancel_url: str
    page_url: str
    is_by_invitation: bool
    invitation_url: str
    now: datetime

    @property
    def countdown(self) -> str:
        return countdowns.until(self.clocks.reader, self.now)

    @property
    def countdown_in_short(self) -> str:
        return countdowns.in_short(self.clocks.reader, self.now)

    @property
    def has_begun(self) -> bool:
        return self.clocks.utc.starts_at <= self.now


def seat(registration, now) -> Seat:
    """Reads the registration's session, season, slot and participant. Words come later, in the reader's language.

    `position` is that in the waiting list, 0 for who does not wait.
    """
    return Seat(
        title=one_line(registration.session.title),
        clocks=clocks(registration.occurrence, registration),
        is_waiting=registration.is_waiting,
        position=availability.position(registration) if registration.is_waiting else 0,
        is_called_off=registration.occurrence.is_called_off,
        is_over=registration.occurrence.is_over(now),
        is_soon=_is_soon(registration, now),
        can_join=registration.can_join(now),
        join_url=links.join(registration),
        change_url=links.change_slot(registration),
        cancel_url=links.cancel(registration),
        page_url=links.session_page(registration),
        is_by_invitation=registration.session.is_by_invitation,
        invitation_url=_invitation_url(registration),
        now=now,
    )


def _invitation_url(registration) -> str:
    """Of the invitation that brought the person in, as long as it is valid; a seat made for a preview has none."""
    if not registration.pk or not registration.session.is_by_invitation:
        return ""
    invitation = Invitation.objects.valid().filter(registration=registration).first()
    return links.invitation(invitation) if invitation else ""


def _is_soon(registration, now) -> bool:
    """Whether the first reminder has left already, so that another mail has to say what it said."""
    slot = registration.occurrence
    longest = max(registration.session.season.reminders_before or settings.REMINDER_HOURS or [USUAL_HOURS])
    takes_place = registration.is_confirmed and not slot.is_called_off and not slot.is_over(now)
    return takes_place and slot.starts_at - now <= timedelta(hours=longest)


def clocks(slot, registration) -> ThreeClocks:
    """`slot` on the clocks of the registration's reader and season."""
    season = registration.session.season
    return _clocks(slot.starts_at, slot.ends_at, registration.participant.timezone, season.timezone, season.place)


@lru_cache(maxsize=2000)
def _clocks(starts_at, ends_at, reader_zone, season_zone, season_place) -> ThreeClocks:
    season = Season(timezone=season_zone, place=season_place)
    return three_clocks(starts_at, ends_at, reader_zone=reader_zone, season=season)


def other_slots(registration, now) -> list[ThreeClocks]:
    """The times at which the same session is held as well, still to come."""
    # Who writes to many has read the slots of the session once for all of them.
    others = (slot for slot in registration.session.occurrences.all() if slot.pk != registration.occurrence_id)
    to_come = [slot for slot in others if not slot.is_called_off and not slot.is_over(now)]
    return [clocks(slot, registration) for slot in sorted(to_come, key=lambda slot: (slot.starts_at, slot.pk))]


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

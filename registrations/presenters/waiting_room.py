"""Ready values for the page in front of a meeting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.feedback import window
from registrations.feedback.window import Given
from registrations.models import Registration
from registrations.seats import availability, nights
from sessions.clocks import countdowns, dates, wall_clock
from sessions.presenters.slots import SlotTime

SOON = timedelta(minutes=30)
REFRESH_WHEN_SOON_SECONDS, REFRESH_SECONDS = 60, 300


class RoomState(StrEnum):
    CANCELLED = "cancelled"
    CALLED_OFF = "called-off"
    OVER = "over"
    ON_LIST = "on-list"
    WAITING = "waiting"
    NO_ADDRESS = "no-address"
    OPEN = "open"


@dataclass(frozen=True)
class WaitingRoom:
    """One registration in front of its meeting; loaded with its slot, session and participant."""

    registration: Registration
    now: datetime

    @property
    def session(self):
        return self.registration.session

    @property
    def whole(self):
        return self.registration.occurrence

    @cached_property
    def slot(self):
        """The time slot, or the part of it that people come to now or next."""
        return self.whole.current(self.now)

    @cached_property
    def time(self) -> SlotTime:
        self.slot.session = self.session
        return SlotTime(self.slot, self.registration.participant.timezone)

    @property
    def asks_feedback(self) -> bool:
        """Whether the person can say what they think of it; where they do is not said to who has only this key."""
        return window.is_open(self.registration, self.now) and self.session not in Given(self.registration.participant)

    @property
    def state(self) -> RoomState:
        answers = (
            (RoomState.CANCELLED, self.registration.is_cancelled),
            (RoomState.CALLED_OFF, self.whole.is_called_off),
            (RoomState.ON_LIST, self.registration.is_waiting),
            (RoomState.OVER, self.whole.is_over(self.now)),
            (RoomState.WAITING, not self.registration.can_join(self.now)),
            (RoomState.NO_ADDRESS, not self.slot.meeting_address),
        )
        return next((state for state, applies in answers if applies), RoomState.OPEN)

    @property
    def session_url(self) -> str:
        """The page that everybody sees; empty for a hidden session: this key must not open the person's own one."""
        return self.session.get_absolute_url() if self.session.is_public else ""

    @property
    def is_off(self) -> bool:
        return self.state == RoomState.CALLED_OFF

    @property
    def is_ahead(self) -> bool:
        """Whether there is still a meeting to prepare for."""
        return self.state in (RoomState.WAITING, RoomState.NO_ADDRESS, RoomState.OPEN)

    @property
    def can_ask(self) -> bool:
        """Whether questions to the speakers are taken; while the meeting is open, the form is on the page."""
        return self.session.takes_questions and (self.is_ahead or self.can_move_up)

    @property
    def asks_here(self) -> bool:
        """This page does not load again by itself, so that nothing typed is lost."""
        return self.can_ask and self.state == RoomState.OPEN

    @property
    def ask_address(self) -> str:
        return reverse("registrations:ask_from_join", args=[self.registration.join_key])

    @property
    def has_phone(self) -> bool:
        """Whether people can call the meeting; the number is given as its address is, after a button."""
        return bool(self.slot.meeting_phone)

    @property
    def can_call(self) -> bool:
        """Whether the button is there now; some meetings have a number and no address."""
        return self.state in (RoomState.OPEN, RoomState.NO_ADDRESS)

    @property
    def template(self) -> str:
        return f"registrations/_waiting_room_{self.state.replace('-', '_')}.html"

    @property
    def countdown(self) -> str:
        if self.slot.ends_at <= self.now:
            return _("The session is over.")
        if self.slot.starts_at <= self.now:
            return _("The session is going on now.")
        return _("The session starts %(countdown)s.") % {"countdown": countdowns.until(self.time.reader, self.now)}

    @property
    def words_for_who_waits(self) -> str:
        if self.whole.is_over(self.now):
            return _("The session took place without a free place for you. We are sorry.")
        if self.whole.last_starts_at <= self.now:
            return _("The session has begun without a free place for you. We are sorry.")
        number = dates.number(availability.position(self.registration))
        return _("You are number %(number)s on the waiting list of this time slot.") % {"number": number}

    @property
    def can_move_up(self) -> bool:
        return self.state == RoomState.ON_LIST and self.now < self.whole.last_starts_at

    @property
    def is_at_night(self) -> bool:
        """Whether somebody who looks at the page beforehand would have to be awake at night."""
        return self.state in (RoomState.WAITING, RoomState.NO_ADDRESS) and self.time.reader.is_at_night

    @cached_property
    def way_out(self) -> nights.WayOut | None:
        """The slot to which the person comes with the link in their mails: this key opens no page that does it."""
        return nights.way_out(self.registration, self.session.occurrences.all(), self.now)

    @property
    def daytime(self) -> SlotTime:
        return SlotTime(self.way_out.slot, self.time.zone)

    @property
    def needs_recording(self) -> bool:
        """Whether nothing is sure but the recording."""
        return self.way_out is None or self.way_out.is_full

    @property
    def gets_recording(self) -> bool:
        return self.registration.participant.wants_announcements

    @property
    def opens(self) -> wall_clock.Clock:
        moment = self.slot.doors_open_at
        return wall_clock.on_clock(moment, moment, self.time.zone, self.time.reader.place)

    @property
    def refresh_seconds(self) -> int | None:
        """After how long to look again; None when nothing will change by waiting."""
        if self.state == RoomState.NO_ADDRESS:
            return REFRESH_WHEN_SOON_SECONDS
        if self.can_move_up:
            return REFRESH_SECONDS
        if self.state != RoomState.WAITING:
            return None
        left = self.slot.doors_open_at - self.now
        period = REFRESH_WHEN_SOON_SECONDS if left <= SOON else REFRESH_SECONDS
        return min(period, int(left.total_seconds()) + 1)

    @property
    def address(self) -> str:
        return reverse("registrations:join", args=[self.registration.join_key])

"""Ready values for the page on which somebody says what they think of a session."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from registrations.feedback import opening, window
from registrations.models import FeedbackTicket, Registration
from sessions.clocks import dates


@dataclass(frozen=True)
class FeedbackPage:
    """One registration of who asks; loaded with its slot, and its session with season and slots."""

    registration: Registration
    now: datetime

    @property
    def session(self):
        return self.registration.session

    @cached_property
    def ticket(self) -> FeedbackTicket | None:
        return self.registration.participant.feedback_tickets.filter(session=self.session).first()

    @cached_property
    def is_open(self) -> bool:
        return self.ticket is None and window.is_open(self.registration, self.now)

    @property
    def is_early(self) -> bool:
        """Whether it is still to come, for who has a seat."""
        slot = self.registration.occurrence
        has_seat = self.registration.is_confirmed and not slot.is_called_off
        return has_seat and self._last_day is not None and not slot.is_over(self.now)

    @property
    def is_late(self) -> bool:
        """Whether the form was open, and is not any more."""
        return self._last_day is not None and self.now >= window.closes_at(self.session, self._last_day)

    @property
    def until(self) -> str:
        """The last day of the form, in words; empty where nobody is asked."""
        return dates.day(self._last_day) if self._last_day else ""

    @property
    def answered_on(self) -> str:
        return dates.day(self.ticket.answered_on)

    @property
    def needed(self) -> int:
        return opening.NEEDED

    @cached_property
    def _last_day(self) -> date | None:
        return window.last_day(self.session, window.slots_of(self.session))

"""Which mails and calendar entries somebody wants, beside those that a registration brings in any case."""

from dataclasses import dataclass

from registrations.models import Participant


@dataclass(frozen=True)
class Wishes:
    calendar_entries: str = Participant.CalendarEntries.MAIL
    wants_reminders: bool = True
    wants_announcements: bool = False


USUAL = Wishes()

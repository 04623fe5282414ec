"""What a mail about a session that is over says of feedback: no mail leaves for its sake alone (decision 0081)."""

from dataclasses import dataclass

from django.utils.translation import override

from registrations import links
from registrations.feedback import window
from registrations.feedback.window import Given
from sessions.clocks import dates


@dataclass(frozen=True)
class Asking:
    """Where somebody can say what they think of it, and until which day, in words of their language."""

    url: str
    until: str


def asking(registration, now) -> Asking | None:
    """None for who is not asked any more, or has answered; a registration made for a preview is asked."""
    if not window.is_open(registration, now):
        return None
    person, session = registration.participant, registration.session
    if person.pk and session in Given(person):
        return None
    with override(person.reads):
        return Asking(links.feedback(registration), dates.day(window.last_day(session, window.slots_of(session))))

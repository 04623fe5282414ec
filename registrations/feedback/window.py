"""When people are asked: from the end of their own time slot until some days after the last one of the session."""

from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q

from registrations.models import Feedback, Participant
from sessions.models import Session


def last_day(session, slots) -> date | None:
    """The last day on which the form is open, on the clock of the season; None where nobody is asked.

    `slots` are those of the session; it comes with its season.
    """
    held = [slot.ends_at for slot in slots if not slot.is_called_off]
    return _last_day(session, max(held)) if held and is_asked(session) else None


def is_asked(session) -> bool:
    return session.asks_feedback and session.season.feedback_days > 0


def is_open(registration, now) -> bool:
    """Whether its person can answer, if they have not; loaded with its slot, and its session with season and slots."""
    slot, session = registration.occurrence, registration.session
    if not registration.is_confirmed or slot.is_called_off or not slot.is_over(now):
        return False
    day = last_day(session, slots_of(session))
    return day is not None and now < closes_at(session, day) and not was_opened(session)


def slots_of(session) -> list:
    """As they were loaded with it, or as they are."""
    return session.slots if hasattr(session, "slots") else list(session.occurrences.all())


def closes_at(session, day: date) -> datetime:
    """The first moment at which nobody can answer any more."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=session.season.zone)


def has_closed(session, now) -> bool:
    """Whether nobody can answer any more; of a session that is not asked about any more, once it is over.

    Of one that is to be held after all it has not.
    """
    if session.occurrences.upcoming(now).exists():
        return False
    ends_at = session.occurrences.aggregate(last=Max("ends_at", filter=Q(called_off_at=None)))["last"]
    if ends_at is None or not is_asked(session):
        return True
    return now >= closes_at(session, _last_day(session, ends_at))


def was_opened(session) -> bool:
    """Whether its answers are readable or gone, so that none can be added, however long its form is to be open now.

    Asked once for a session as it was loaded: many mails are about the same one.
    """
    if not hasattr(session, "feedback_was_opened"):
        opened = Feedback.objects.filter(session=session).exclude(opened_on=None)
        session.feedback_was_opened = opened.exists()
    return session.feedback_was_opened


class Given:
    """The sessions about which a person has answered, read when the first one is asked for."""

    def __init__(self, participant: Participant):
        self._participant, self._sessions = participant, None

    def __contains__(self, session: Session) -> bool:
        if self._sessions is None:
            # Who writes to many has read the tickets of all of them.
            self._sessions = {ticket.session_id for ticket in self._participant.feedback_tickets.all()}
        return session.pk in self._sessions


def _last_day(session, ends_at) -> date:
    return ends_at.astimezone(session.season.zone).date() + timedelta(days=session.season.feedback_days)

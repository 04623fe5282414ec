"""What the tests of announcements share: a session that is over, with something to open, and its people."""

from contextlib import suppress
from datetime import UTC, datetime

from registrations.mailings import announcements
from sessions.models import Session
from tests.factories import MaterialFactory, OccurrenceFactory, RegistrationFactory, SessionFactory

NOW = datetime(2030, 12, 3, 9, 0, tzinfo=UTC)
LINK = "https://www.youtube.example/watch?v=1"


def published_session(**session):
    """Over since October, with a recording to open."""
    slot = OccurrenceFactory(session=SessionFactory(**session))
    MaterialFactory(session=slot.session, kind="recording", title="Recording", url=LINK, language="fr", size=47_185_920)
    return slot.session


def somebody(session, **registration):
    registration = {"participant__wants_announcements": True} | registration
    slot = registration.pop("occurrence", None) or session.occurrences.get()
    return RegistrationFactory(occurrence=slot, **registration)


def announce(session, now=NOW, seen=None) -> int:
    """As staff who type the number that the page shows; how many are told, 0 where it is refused."""
    people = announcements.to_tell(Session.objects.get(pk=session.pk)).count()
    with suppress(announcements.AnnouncedAlready, announcements.OtherNumber):
        announcements.announce(session_id=session.pk, people=people, now=now, seen=seen)
        return people
    return 0


def take_back(session, now=NOW) -> int:
    return announcements.take_back(session_id=session.pk, now=now)

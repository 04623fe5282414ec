"""A season in which everything that locks can be done over and over, by whom and to whom."""

from datetime import UTC, datetime

from registrations.models import Participant, Registration
from sessions.models import Session
from tests.factories import (
    AttendanceIntervalFactory,
    MaterialFactory,
    OccurrenceFactory,
    QuestionFactory,
    SessionFactory,
)
from tests.support.registrations.inviting import guest, invite
from tests.support.registrations.signing_up import register

KNOWN = ["Amina Otieno", "Juma Kiptoo", "Wanjiru Maina"]


class World:
    """Sessions whose slots come by turns, so that sessions one after the other are not slots one after the other."""

    def __init__(self):
        self.first, self.second = SessionFactory(), None
        self.season = self.first.season
        self.second = SessionFactory(season=self.season, stream=self.first.stream)
        self.hidden = SessionFactory(
            season=self.season, stream=self.first.stream, access=Session.Access.INVITATION, is_published=False
        )
        sessions = [self.first, self.hidden, self.second] * 2
        self.slots = [self._slot(session, number) for number, session in enumerate(sessions)]
        self.held = OccurrenceFactory(
            session=SessionFactory(season=self.season, stream=self.first.stream),
            starts_at=datetime(2030, 10, 1, 7, tzinfo=UTC),
        )
        QuestionFactory(season=self.season)
        MaterialFactory(session=self.held.session, url="https://example.org/recording")
        for name in KNOWN:
            self.person(name)
        for registration in Registration.objects.filter(occurrence=self.held):
            AttendanceIntervalFactory(registration=registration)
        Participant.objects.update(wants_announcements=True)
        invite(self.hidden, *KNOWN)

    def _slot(self, session, number):
        return OccurrenceFactory(session=session, capacity=40, starts_at=datetime(2030, 10, 8 + number, 7, tzinfo=UTC))

    def person(self, name) -> Participant:
        """Somebody known, also after everything about them was erased."""
        person = Participant.objects.filter(season=self.season, name=name).first()
        if person is None:
            register(self.slots[0], self.slots[2], self.held, name=name, email=guest(name).email)
            person = Participant.objects.filter(season=self.season, name=name).first()
        return person or self.person(name)

    def registration_of(self, name, session) -> Registration | None:
        return Registration.objects.active().filter(participant=self.person(name), session=session).first()


def in_letters(number) -> str:
    """For names, which have no digits."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))

"""Ready values for the circulars that somebody finds on their pages."""

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.urls import reverse

from registrations.circulars.on_pages import OnPage
from registrations.models import CircularWords, Participant
from sessions import rich_text
from sessions.clocks import dates, zones


@dataclass(frozen=True)
class OwnCircular:
    shown: OnPage
    participant: Participant

    @cached_property
    def _words(self) -> CircularWords:
        return self.shown.circular.words_in(self.participant.reads)

    @property
    def language(self) -> str:
        """That of its words, which may be another one than the person's."""
        return self._words.language

    @property
    def subject(self) -> str:
        return self._words.subject

    @property
    def day(self) -> str:
        """That on which its mails left, where the person is."""
        zone = ZoneInfo(zones.usable(self.participant.timezone))
        return dates.day(self.shown.circular.mails_leave_at.astimezone(zone))

    @property
    def text(self) -> str:
        return rich_text.each_in_its_direction(self._words.text)

    @property
    def url(self) -> str:
        return reverse("registrations:own_circular", args=[self.participant.key, self.shown.circular.pk])


@dataclass(frozen=True)
class OwnCircularPage:
    """`sessions` are the titles of those of theirs that it is about."""

    circular: OwnCircular
    sessions: list[str]


def about(session, circulars) -> list[OwnCircular]:
    return [circular for circular in circulars if session.pk in circular.shown.sessions]


def to_all(circulars) -> list[OwnCircular]:
    return [circular for circular in circulars if not circular.shown.sessions]

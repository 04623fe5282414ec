"""The programme: seasons, streams, sessions, time slots, speakers, materials and questions."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from sessions.models import Material, Occurrence, Question, Season, Session, Speaker, Stream


def in_letters(number) -> str:
    """A part of a name: forms refuse names with four digits in a row."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = Season

    slug = factory.Sequence(lambda n: f"season-{n}")
    title = factory.Sequence(lambda n: f"Minamata Online, Season {n}")
    timezone = "Europe/Zurich"
    starts_on = date(2030, 9, 1)
    ends_on = date(2030, 12, 15)


class StreamFactory(DjangoModelFactory):
    class Meta:
        model = Stream

    season = factory.SubFactory(SeasonFactory)
    slug = factory.Sequence(lambda n: f"stream-{n}")
    title = factory.Sequence(lambda n: f"Stream {n}")
    mark = Stream.Mark.SQUARE


class SessionFactory(DjangoModelFactory):
    """An open session without a time slot; its stream belongs to the same season."""

    class Meta:
        model = Session

    season = factory.SubFactory(SeasonFactory)
    stream = factory.SubFactory(StreamFactory, season=factory.SelfAttribute("..season"))
    slug = factory.Sequence(lambda n: f"session-{n}")
    title = factory.Sequence(lambda n: f"Session {n}")
    platform = "WebEx"


class OccurrenceFactory(DjangoModelFactory):
    """An hour on 8 October 2030 from 09:00 in Geneva (07:00 UTC), and a day later for each further one."""

    class Meta:
        model = Occurrence

    session = factory.SubFactory(SessionFactory)
    starts_at = factory.Sequence(lambda n: datetime(2030, 10, 8, 7, 0, tzinfo=UTC) + timedelta(days=n % 14))
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + timedelta(hours=1))
    changed_at = datetime(2030, 8, 1, tzinfo=UTC)


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    session = factory.SubFactory(SessionFactory)
    name = factory.Sequence(lambda n: f"Panelist {n}")


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    session = factory.SubFactory(SessionFactory)
    kind = Material.Kind.SLIDES
    title = factory.Sequence(lambda n: f"Slides {n}")


class QuestionFactory(DjangoModelFactory):
    """An optional question of a season that is answered in a line; of a session with `season=None, session=...`."""

    class Meta:
        model = Question

    season = factory.SubFactory(SeasonFactory)
    words = factory.Sequence(lambda n: f"Question {in_letters(n)}")
    position = factory.Sequence(lambda n: n)

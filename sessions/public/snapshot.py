"""What everybody may see of a season, read at once, so that pages and feeds of the same state are the same."""

import hashlib
import time
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from registrations.models import Figures
from registrations.seats import availability
from sessions.clocks import moment
from sessions.models import Occurrence, Question, Season, Session, Stream
from sessions.models.parts import alone
from sessions.public import published_questions
from sessions.public.published_questions import PublishedQuestion
from sessions.seasons import season_days
from sessions.slot_states import SlotState

# Numbers of slots; what they decide is in the state by itself.
PEOPLE = {"taken", "waiting"}
# What opens the meetings is not even read.
SECRET = ("meeting_url", "meeting_phone", "part_urls")


@dataclass(frozen=True)
class PublicProgramme:
    """A published season with its streams and published sessions; `slots` by id of the session, in order.

    `figures_since` is when figures were published that stand published; None where there are none.

    `questions` are those that are asked, also of sessions that only invited people know. `answers` are published
    questions to speakers, by id of the session.

    `state` is equal exactly when all of it is: numbers of people count only as far as they make a slot full. Shared by
    all requests of the process, which must not change anything in it.
    """

    season: Season
    streams: list[Stream]
    sessions: list[Session]
    slots: dict[int, list[Occurrence]]
    questions: list[Question]
    answers: dict[int, list[PublishedQuestion]]
    figures_since: datetime | None
    state: str

    def states_at(self, now) -> list[SlotState]:
        """What the slots are to a visitor at a moment, in the order of `sessions`."""
        return [self.state_of(slot, now) for session in self.sessions for slot in self.slots.get(session.pk, [])]

    def state_of(self, slot, now) -> SlotState:
        return availability.state(slot, now)

    def span_at(self, now) -> int:
        """A number for a span of time in which all slots keep their states, and the same ones are over."""
        return bisect_right(self._moments, now)

    @cached_property
    def _moments(self) -> list[datetime]:
        """At which a slot may come into another state."""
        slots = [slot for theirs in self.slots.values() for slot in theirs]
        times = [each for slot in slots for part in alone(slot) for each in part.times]
        times += [each for session in self.sessions for each in _dates_of_registration(session) if each]
        return sorted(set(times))

    def session(self, slug) -> Session:
        """Raises Http404."""
        return _only(self.sessions, slug)

    def slot(self, slug, pk) -> Occurrence:
        """Of the session with that slug. Raises Http404."""
        slots = self.slots.get(self.session(slug).pk, [])
        return _first(slot for slot in slots if slot.pk == pk)

    def stream(self, slug) -> Stream:
        """Raises Http404."""
        return _only(self.streams, slug)


@dataclass(frozen=True)
class PublicSeasons:
    """The published seasons, the newest first, with `first_day` and `last_day`; rehearsals are among them.

    `with_figures` are ids of those whose figures are published, `current` the slug of the one to show where no
    rehearsal may be, empty without any. `state` is equal exactly when all of it is.
    """

    seasons: list[Season]
    with_figures: frozenset[int]
    current: str
    state: str


class _Recent:
    """What was read at most PROGRAMME_SECONDS ago, by its arguments; what `read` raises is not cached."""

    def __init__(self, read):
        self._read, self._cached = read, {}

    def __call__(self, *arguments):
        found, read_at = self._cached.get(arguments, (None, 0.0))
        is_recent = found is not None and time.monotonic() - read_at < settings.PROGRAMME_SECONDS
        return found if is_recent else self.at_once(*arguments)

    def at_once(self, *arguments):
        started = time.monotonic()
        found = self._read(*arguments)
        self._cached[arguments] = found, started
        return found


def of(slug: str) -> PublicProgramme:
    """As it was at most PROGRAMME_SECONDS ago. Raises Http404 for a season that does not exist or is not published."""
    return _recent(slug)


def shown_to(request, slug: str) -> PublicProgramme:
    """As `of`; all pages of an archive show one state. Raises Http404."""
    archive = getattr(request, "archive", None)
    return archive.programme if archive else of(slug)


def at_once(slug: str) -> PublicProgramme:
    """As it is now, for who was told that something has changed. Raises Http404."""
    return _recent.at_once(slug)


def of_current_season() -> PublicProgramme | None:
    """Of the season to open with today; None when there is none."""
    slug = _recent_current()
    return of(slug) if slug else None


def seasons() -> PublicSeasons:
    """As they were at most PROGRAMME_SECONDS ago."""
    return _recent_seasons()


def _read_seasons() -> PublicSeasons:
    found = season_days.for_everybody(Season.objects.published().newest_first())
    with_figures = frozenset(Figures.objects.public().values_list("season", flat=True))
    current = _slug_of_current(Season.objects.published().filter(is_rehearsal=False))
    seen = [[*_fields(season), season.first_day, season.last_day] for season in found]
    state = hashlib.sha256(repr((seen, sorted(with_figures), current)).encode()).hexdigest()[:32]
    return PublicSeasons(found, with_figures, current, state)


def _read_current() -> str:
    return _slug_of_current(Season.objects.published())


def _slug_of_current(seasons) -> str:
    current = season_days.current(seasons, now=moment.now())
    return current.slug if current else ""


def _read(slug) -> PublicProgramme:
    season = get_object_or_404(Season.objects.published(), slug=slug)
    streams = list(season.streams.all())
    sessions = _sessions(season, streams)
    slots = _slots(sessions)
    questions = list(Question.objects.asked().in_season(season))
    figures_since = Figures.objects.public().filter(season=season).values_list("published_at", flat=True).first()
    answers = published_questions.of_sessions([session.pk for session in sessions])
    besides = [figures_since, *(each.names for of_session in answers.values() for each in of_session)]
    published = [each.question for of_session in answers.values() for each in of_session]
    state = _state(season, [*streams, *questions, *published], sessions, slots, besides)
    return PublicProgramme(season, streams, sessions, slots, questions, answers, figures_since, state)


def _sessions(season, streams) -> list[Session]:
    by_id = {stream.pk: stream for stream in streams}
    sessions = list(season.sessions.published().order_by("pk"))
    for session in sessions:
        session.season, session.stream = season, by_id[session.stream_id]
    prefetch_related_objects(sessions, "speakers", "materials")
    return sessions


def _slots(sessions) -> dict[int, list[Occurrence]]:
    by_id = {session.pk: session for session in sessions}
    slots = list(Occurrence.objects.filter(session__in=by_id).defer(*SECRET).in_order())
    found = {}
    for slot in slots:
        slot.session = by_id[slot.session_id]
        found.setdefault(slot.session_id, []).append(slot)
    return found


def _state(season, other_rows, sessions, slots, besides) -> str:
    rows = [season, *other_rows, *sessions]
    rows += [each for session in sessions for each in [*session.speakers.all(), *session.materials.all()]]
    in_order = [slot for session in sessions for slot in slots.get(session.pk, [])]
    seen = [_fields(row) for row in [*rows, *in_order]]
    full = [availability.is_full(slot) for slot in in_order]
    return hashlib.sha256(repr((seen, full, besides)).encode()).hexdigest()[:32]


def _dates_of_registration(session) -> tuple[datetime | None, datetime | None]:
    return session.registration_opens_at, session.registration_closes_at


def _fields(row) -> list:
    loaded, names = row.__dict__, [field.attname for field in row._meta.fields]
    return [
        type(row).__name__,
        *(_plain(loaded[name]) for name in names if name in loaded and name not in PEOPLE),
    ]


def _plain(value):
    return value.timestamp() if isinstance(value, datetime) else str(value)


def _only(rows, slug):
    return _first(row for row in rows if row.slug == slug)


def _first(rows):
    found = next(rows, None)
    if found is None:
        raise Http404
    return found


_recent, _recent_current, _recent_seasons = _Recent(_read), _Recent(_read_current), _Recent(_read_seasons)

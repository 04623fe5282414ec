"""One person's sessions of a season as a calendar to subscribe to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations import links
from registrations.calendar import itip
from registrations.models import Participant, Registration
from sessions import translations
from sessions.calendar import events, feeds
from sessions.clocks import slot_clocks
from sessions.models import Occurrence, Season, Session
from sessions.models.parts import uid_of
from sessions.plain_text import one_line


class OfPerson(NamedTuple):
    """The language of the mails, and what the calendar shows of the season."""

    language: str
    slug: str
    title: str
    is_rehearsal: bool
    changed_at: datetime
    translations: dict
    reworded: dict


class OfRegistration(NamedTuple):
    """All that is in an event, or decides whether there is one; nothing but None where a person has none."""

    status: str
    uid: str
    sequence: int
    revised_at: datetime
    join_key: str
    starts_at: datetime
    ends_at: datetime
    called_off_at: datetime | None
    changed_at: datetime
    parts: tuple
    title: str
    summary: str
    translations: dict

    # As of a time slot in one part.
    part = None

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None


# Made once: to name all this to Django takes as long as to ask the database.
ROWS = (
    Participant.objects.filter(anonymised_at=None)
    .order_by("registrations__occurrence__starts_at", "registrations__pk")
    .values_list(
        *("language", "season__slug", "season__title", "season__is_rehearsal", "season__changed_at"),
        *("season__translations", "season__reworded"),
        *("registrations__status", "registrations__uid", "registrations__sequence", "registrations__revised_at"),
        *("registrations__join_key", "registrations__occurrence__starts_at", "registrations__occurrence__ends_at"),
        *("registrations__occurrence__called_off_at", "registrations__occurrence__changed_at"),
        "registrations__occurrence__parts",
        *("registrations__session__title", "registrations__session__summary", "registrations__session__translations"),
    )
)


@dataclass(frozen=True)
class State:
    """All that a person's calendar is made of, read at once; registrations in order of time."""

    person: OfPerson
    registrations: list[OfRegistration]

    @property
    def season(self) -> Season:
        _language, *values = self.person
        return Season(**dict(zip(OfPerson._fields[1:], values, strict=True)))


def behind(feed_key: str) -> State:
    """Raises Participant.DoesNotExist; somebody who erased their details has no calendar any more."""
    rows = list(ROWS.filter(feed_key=feed_key))
    if not rows:
        raise Participant.DoesNotExist
    end = len(OfPerson._fields)
    registrations = [OfRegistration(*row[end:]) for row in rows]
    return State(OfPerson(*rows[0][:end]), [each for each in registrations if each.status])


def name(season) -> str:
    """What the calendar is called, in the active language."""
    return feeds.title_in(
        season, _("My sessions of %(season)s") % {"season": one_line(translations.words(season, "title"))}
    )


def of(state: State) -> feeds.Feed:
    """Confirmed registrations; slots that were called off stay and say so, what the person cancelled is gone.

    In the language of the person's mails; the data alone decide the octets.
    """
    season, confirmed = state.season, Registration.Status.CONFIRMED
    language = translations.offered(state.person.language)
    with override(language):
        held = [part for each in state.registrations if each.status == confirmed for part in _parts(each)]
        entries = [_entry(each, slot, season) for each, slot in held]
        written = [events.event(entry, with_alarm=False) for entry in entries]
        text = events.subscribed_calendar(events.Head(name(season)), written)
    # Cancelled registrations count too: cancelling takes an entry out.
    moments = [moment for each in state.registrations for moment in (each.revised_at, each.changed_at)]
    moments += [season.changed_at, translations.rewording(season, language).at]
    return feeds.Feed(text, language, max(moment for moment in moments if moment))


def mark_of(state, make_mark):
    """What `make_mark(feed)` says of the person's feed; the feed is made only in a state that this process did not see.

    Marks are cached under a digest of that state, and hold nothing of what is in the feed.
    """
    key = hashlib.sha256(repr((state, settings.SITE_URL)).encode()).hexdigest()
    mark = caches["answers"].get(key)
    if mark is None:
        mark = make_mark(of(state))
        caches["answers"].set(key, mark)
    return mark


def _parts(registration) -> list[tuple]:
    """With when it is: itself, or each part of its time slot."""
    if not registration.parts:
        return [(registration, registration)]
    times = ("starts_at", "ends_at", "called_off_at", "changed_at", "parts")
    slot = Occurrence(**{name: getattr(registration, name) for name in times})
    return [(registration, stretch) for stretch in slot.stretches]


def _entry(registration, slot, season) -> events.Entry:
    """As in a download, but it follows changes."""
    is_off = slot.is_called_off
    session = Session(title=registration.title, summary=registration.summary, translations=registration.translations)
    title = feeds.title_in(season, translations.words(session, "title"))
    title = slot_clocks.title_of_part(title, slot.part) if slot.part else title
    join_url = links.join_with(registration.join_key)
    closing = feeds.is_off(slot) if is_off else feeds.follows_changes()
    return events.Entry(
        uid=events.uid_in(season, uid_of(registration.uid, slot.part)),
        sequence=registration.sequence,
        stamp=registration.revised_at,
        modified_at=registration.revised_at,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=feeds.called_off(title) if is_off else title,
        description=itip.words(
            join_url, translations.words(session, "summary"), translations.words(season, "title"), [closing]
        ),
        page_url=join_url,
        is_cancelled=is_off,
    )

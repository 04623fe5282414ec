"""Public calendar text: what anybody may download or subscribe to."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sessions import rich_text, translations
from sessions.calendar import events, links
from sessions.clocks import slot_clocks
from sessions.models import Occurrence, Season, Session, Stream
from sessions.models.parts import uid_of

# The hues of the streams on our pages, by the names that RFC 7986 5.9 allows.
COLORS = {Stream.Mark.SQUARE: "steelblue", Stream.Mark.CIRCLE: "chocolate", Stream.Mark.TRIANGLE: "seagreen"}


@dataclass(frozen=True)
class Feed:
    """A calendar to subscribe to: its text, the language it is in, and the last change of anything it shows."""

    text: str
    language: str
    changed_at: datetime


def of_season(season: Season) -> Feed:
    address = reverse("sessions:season_feed", args=[season.slug])
    head = _head(season, translations.words(season, "title"), season.get_absolute_url(), address)
    return _feed(season, head, season.sessions)


def of_stream(stream: Stream) -> Feed:
    """For a stream that comes with its season."""
    season = stream.season
    page, address = (
        f"{season.get_absolute_url()}?stream={stream.slug}",
        reverse("sessions:stream_feed", args=[season.slug, stream.slug]),
    )
    head = _head(season, links.name_of_stream(season, stream), page, address)
    return _feed(season, replace(head, color=COLORS[stream.mark]), stream.sessions)


def of_session(session: Session) -> Feed:
    """For a session that comes with its season."""
    season = session.season
    address = reverse("sessions:session_feed", args=[season.slug, session.slug])
    head = _head(season, translations.words(session, "title"), session.get_absolute_url(), address)
    return _feed(
        season,
        replace(head, description=rich_text.plain(translations.words(session, "summary"))),
        season.sessions.filter(pk=session.pk),
    )


def slot(occurrence, page_url: str) -> str:
    """The download of one time slot, METHOD:PUBLISH without attendee (RFC 5546 3.2.1), in the active language.

    An event for each of its parts. The same octets until the slot changes: DTSTAMP and LAST-MODIFIED are the moment of
    its last change.
    """
    closing = _("This entry is a copy. It does not change when the session is moved.")
    return events.calendar("PUBLISH", [events.event(_entry(each, page_url, closing)) for each in occurrence.stretches])


def archived(programme, subject) -> str:
    """The season, a stream or a session of a public programme as a file that leads nowhere and never changes."""
    parts = {Stream: lambda each: each.stream == subject, Session: lambda each: each == subject}
    sessions = filter(parts.get(type(subject), bool), programme.sessions)
    slots = [slot for session in sessions for slot in programme.slots.get(session.pk, [])]
    in_order = sorted(slots, key=lambda slot: (slot.starts_at, slot.pk))
    name = links.name_of_stream(programme.season, subject) if type(subject) is Stream else _title(subject)
    entries = [events.event(_archived(slot), with_alarm=False) for slot in in_order]
    return events.kept_calendar(title_in(programme.season, name), entries)


def _title(row) -> str:
    return translations.words(row, "title")


def _archived(occurrence):
    entry, session = _entry(occurrence, "", ""), occurrence.session
    season = _("A session of %(season)s.") % {"season": _title(session.season)}
    called_off = [_("This time slot is called off.")] if occurrence.is_called_off else []
    closing = _("This entry is from an archive: it does not change any more.")
    parts = [*called_off, *abstract(translations.words(session, "summary")), season, closing]
    return replace(entry, description="\n\n".join(parts), takes_time=False)


def summary(occurrence) -> str:
    title = title_of(occurrence)
    return called_off(title) if occurrence.is_called_off else title


def title_of(occurrence) -> str:
    """Of a part: Mercury in ASGM (part 1 of 2)."""
    title = title_in_calendar(occurrence.session)
    return slot_clocks.title_of_part(title, occurrence.part) if occurrence.part else title


def called_off(title) -> str:
    """With the words that some programs need because they do not show STATUS."""
    return pgettext("time slot", "Called off: %(title)s") % {"title": title}


def title_in_calendar(session) -> str:
    return title_in(session.season, translations.words(session, "title"))


def title_in(season, title: str) -> str:
    return _("Rehearsal: %(title)s") % {"title": title} if season.is_rehearsal else title


def abstract(summary: str) -> list[str]:
    """What an entry says of the content of a session: a paragraph of it, or none."""
    said = rich_text.plain(summary)
    return [said] if said else []


def follows_changes() -> str:
    """The sentence for an entry of a calendar that somebody subscribed to."""
    return _("This entry is updated automatically, when your calendar program looks for changes.")


def _head(season, name, page, address) -> events.Head:
    """For pages and feeds whose addresses begin at the root of the site."""
    name = title_in(season, name)
    return events.Head(
        name,
        rich_text.plain(translations.words(season, "introduction")),
        settings.SITE_URL + page,
        settings.SITE_URL + address,
    )


def _feed(season, head, sessions) -> Feed:
    """Sessions that are published and open to all, in the active language: that and the data decide the octets."""
    shown = sessions.published().open_to_all()
    slots = list(Occurrence.objects.filter(session__in=shown).select_related("session__season").in_order())
    entries = [_subscribed(each) for slot in slots for each in slot.stretches]
    text = events.subscribed_calendar(head, [events.event(entry, with_alarm=False) for entry in entries])
    moments = [season.changed_at, *(_state_of(slot)[1] for slot in slots), translations.rewording(season).at]
    changed_at = max(moment for moment in moments if moment)
    return Feed(text, get_language(), changed_at)


def _subscribed(occurrence):
    """Nobody has said to come: the programme fills no hours of those who subscribe to it."""
    entry = _entry(occurrence, occurrence.session.absolute_url, follows_changes())
    return replace(entry, takes_time=False)


def _state_of(occurrence) -> tuple[int, datetime]:
    """SEQUENCE and last change of its entry in the active language, which has new words without the others."""
    reworded = translations.rewording(occurrence.session)
    changed_at = max(occurrence.changed_at, reworded.at) if reworded.at else occurrence.changed_at
    return occurrence.sequence + reworded.times, changed_at


def _entry(occurrence, page_url, closing) -> events.Entry:
    sequence, changed_at = _state_of(occurrence)
    return events.Entry(
        uid=events.uid_in(occurrence.session.season, uid_of(occurrence.uid, occurrence.part)),
        sequence=sequence,
        stamp=changed_at,
        modified_at=changed_at,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        summary=summary(occurrence),
        description=_description(occurrence, page_url, closing),
        page_url=page_url,
        is_cancelled=occurrence.is_called_off,
    )


def _description(occurrence, page_url, closing) -> str:
    first = _("Session page: %(url)s") % {"url": page_url}
    if occurrence.is_called_off:
        return "\n\n".join([first, is_off(occurrence)])
    session = occurrence.session
    season = _("A session of %(season)s.") % {"season": translations.words(session.season, "title")}
    parts = [first, *abstract(translations.words(session, "summary")), season, _how_to_join(session), closing]
    return "\n\n".join(parts)


def is_off(occurrence) -> str:
    if occurrence.part:
        return _("This part is called off.")
    return _("This time slot is called off.")


def _how_to_join(session) -> str:
    if session.is_by_invitation:
        return _("This session is by invitation only.")
    return _("To join, register on the session page. You then get a personal link.")

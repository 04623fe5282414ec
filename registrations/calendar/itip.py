"""One registration as calendar text: the invitation, the change, the cancellation and the download (RFC 5546)."""

from copy import copy

from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations import links
from sessions import translations
from sessions.calendar import events, feeds
from sessions.clocks import slot_clocks
from sessions.models.parts import uid_of

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def request(registration, *, stamp) -> str:
    """Calendar text that invites the participant or moves their entry, CRLF lines, times in UTC.

    METHOD:REQUEST, RFC 5546 3.2.2. `stamp` is the DTSTAMP: when the message was made, an aware datetime.
    """
    with override(registration.participant.reads):
        title = _title(registration)
        entry = _entry(registration, stamp, summary=title, closing=_when_invited(), is_cancelled=False)
    return _to_participant(REQUEST, registration, entry)


def cancel(registration, *, stamp) -> str:
    """Calendar text that takes the entry away; the whole event again, for stores that do not know METHOD.

    METHOD:CANCEL and STATUS:CANCELLED, RFC 5546 3.2.5. `stamp` is the DTSTAMP, an aware datetime.
    """
    with override(registration.participant.reads):
        title, closing = _title(registration), [_why_cancelled(registration)]
        entry = _entry(registration, stamp, summary=title, closing=closing, is_cancelled=True)
    return _to_participant(CANCEL, registration, entry)


def publish(registrations) -> str:
    """The download of some registrations: METHOD:PUBLISH without attendees, RFC 5546 3.2.1.

    The same octets until one of them changes.
    """
    parts = [part for registration in registrations for part in of_parts(registration)]
    return events.calendar(PUBLISH, [events.event(_copy(part)) for part in parts])


def of_parts(registration) -> list:
    """The registration, or a copy of it for each part of its time slot: each has an entry of its own."""
    slot = registration.occurrence
    return [at(registration, stretch) for stretch in slot.stretches] if slot.parts else [registration]


def at(registration, stretch):
    """A copy of the registration, for reading only, that is about this part of its time slot."""
    about = copy(registration)
    about.occurrence = stretch
    return about


def words(join_url, summary, season_title, closing) -> str:
    """In the active language. Everybody who sees the calendar sees it: no link that can change something."""
    join = _("Join: %(url)s") % {"url": join_url}
    season = _("A session of %(season)s.") % {"season": season_title}
    return "\n\n".join([join, *feeds.abstract(summary), season, *closing])


def _title(registration) -> str:
    title, part = feeds.title_in_calendar(registration.session), registration.occurrence.part
    return slot_clocks.title_of_part(title, part) if part else title


def _copy(registration):
    is_cancelled = registration.is_cancelled or registration.occurrence.is_called_off
    with override(registration.participant.reads):
        title = _title(registration)
        title = feeds.called_off(title) if registration.occurrence.is_called_off else title
        closing = [_why_cancelled(registration) if is_cancelled else _when_downloaded()]
        return _entry(registration, registration.revised_at, summary=title, closing=closing, is_cancelled=is_cancelled)


def _to_participant(method, registration, entry) -> str:
    return events.calendar(method, [events.event(entry, attendee=_attendee(registration.participant))])


def _attendee(participant):
    # PARTSTAT and RSVP say what is so: the person registered, and no answer is asked for.
    return events.address(
        participant.name,
        participant.email,
        CUTYPE="INDIVIDUAL",
        ROLE="REQ-PARTICIPANT",
        PARTSTAT="ACCEPTED",
        RSVP="FALSE",
    )


def _entry(registration, stamp, *, summary, closing, is_cancelled):
    """In the active language."""
    session, join_url = registration.session, links.join(registration)
    return events.Entry(
        uid=events.uid_in(session.season, uid_of(registration.uid, registration.occurrence.part)),
        sequence=registration.sequence,
        stamp=stamp,
        modified_at=registration.revised_at,
        starts_at=registration.occurrence.starts_at,
        ends_at=registration.occurrence.ends_at,
        summary=summary,
        description=words(
            join_url,
            translations.words(session, "summary"),
            translations.words(session.season, "title"),
            closing,
        ),
        page_url=join_url,
        is_cancelled=is_cancelled,
    )


def _when_invited() -> list[str]:
    return [
        _("No answer is needed. To change or cancel, use the link in your confirmation mail."),
        _("This entry is updated when we send you a mail about a change."),
    ]


def _when_downloaded() -> str:
    return _("This entry is a copy. It is not updated automatically; our mails tell you about every change.")


def _why_cancelled(registration) -> str:
    if registration.is_cancelled:
        return _("This registration was cancelled.")
    return feeds.is_off(registration.occurrence)

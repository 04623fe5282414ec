"""A session as search engines read it: an Event of schema.org, with its time slots as sub-events where it has two."""

from django.conf import settings

from sessions import plain_text, rich_text, translations
from sessions.models import Occurrence, Session
from sessions.reference.languages import codes_in

SCHEMA = "https://schema.org"


def event(session: Session, slots: list[Occurrence]) -> dict | None:
    """None for what is not to be found by searching: a rehearsal, what nothing confirms, and what has no time yet.

    `session` comes with its season and its speakers.
    """
    if session.season.is_rehearsal or session.is_unconfirmed or not slots:
        return None
    facts = {
        "@context": SCHEMA,
        **_held(session, slots),
        "description": rich_text.plain(translations.words(session, "summary")),
        "isAccessibleForFree": True,
        "inLanguage": _languages(session, slots),
        "organizer": _organisers(session.season),
        "superEvent": {
            "@type": "EventSeries",
            "name": plain_text.one_line(translations.words(session.season, "title")),
            "url": _address(session.season),
        },
    }
    if speakers := session.speakers.all():
        facts["performer"] = [{"@type": "Person", "name": plain_text.one_line(speaker.name)} for speaker in speakers]
    # Each part of a slot is an event of its own, at its own time.
    if len(stretches := [stretch for slot in slots for stretch in slot.stretches]) > 1:
        facts["subEvent"] = [_held(session, [stretch]) | _own_languages(stretch) for stretch in stretches]
    return facts


def _organisers(season) -> dict | list[dict]:
    found = [
        {"@type": "Organization", "name": plain_text.one_line(each.name)} | ({"url": each.url} if each.url else {})
        for each in season.organisers
    ]
    return found if len(found) > 1 else found[0]


def _languages(session, slots) -> list[str]:
    return list(dict.fromkeys(code for slot in slots for code in slot.spoken)) or codes_in(session.languages)


def _own_languages(slot) -> dict:
    return {"inLanguage": slot.spoken} if slot.languages else {}


def _held(session, slots) -> dict:
    """From the first to the last of the slots."""
    zone, is_off = session.season.zone, all(slot.is_called_off for slot in slots)
    return {
        "@type": "Event",
        "name": plain_text.one_line(translations.words(session, "title")),
        "url": session.absolute_url,
        "startDate": min(slot.starts_at for slot in slots).astimezone(zone).isoformat(),
        "endDate": max(slot.ends_at for slot in slots).astimezone(zone).isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if is_off else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": session.absolute_url},
    }


def _address(season) -> str:
    return settings.SITE_URL + season.get_absolute_url()

"""Values of the answers, in the active language: what a stranger sees on the pages, and nothing else.

Addresses are whole; those of pages lead to the pages in that language.
"""

from datetime import UTC
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from registrations.seats import availability
from sessions import partners, plain_text, rich_text, translations
from sessions.calendar.links import Subscription
from sessions.clocks.reader import words_of_place
from sessions.materials.material_groups import MaterialItem
from sessions.models import SpeakerQuestion
from sessions.presenters.sessions import FIELD_WORDS
from sessions.presenters.slots import SlotCard
from sessions.reference.languages import codes_in
from sessions.slot_states import SlotState


def season_item(season, *, is_current, has_figures) -> dict:
    """For a season with `first_day` and `last_day`."""
    return {
        "slug": season.slug,
        "title": line(season, "title"),
        "first_day": season.first_day,
        "last_day": season.last_day,
        "timezone": season.timezone,
        "place": words_of_place(season),
        "is_current": is_current,
        "has_figures": has_figures,
        "page": settings.SITE_URL + season.get_absolute_url(),
        "api": in_api("season", season.slug),
    }


def season(item, season, streams) -> dict:
    """`item` is what lists of seasons have of it."""
    return item | {
        "introduction": _paragraphs(season, "introduction"),
        "organiser": _organiser(season),
        "organisers": _partners(season.organisers),
        "partners": _partners(partners.of_lines(season.partners)),
        "calendar": Subscription.to_season(season).url,
        "streams": [_stream(season, stream) for stream in streams],
    }


def session(session, slots, answers, now) -> dict:
    """`slots` and `answers`, which are published questions, are its own, in order."""
    known = partners.of_lines(session.season.partners)
    opens_at = session.registration_opens_at
    return {
        "slug": session.slug,
        "season": session.season.slug,
        "stream": session.stream.slug,
        "title": line(session, "title"),
        "summary": _paragraphs(session, "summary"),
        "access": session.access,
        "audience": session.audience or None,
        "audience_in_words": session.get_audience_display() if session.audience else None,
        "languages": _languages(session, slots),
        "partners": _partners(partners.linked(partners.of_lines(session.partners), known)),
        "registration_opens_at": opens_at and opens_at.astimezone(UTC),
        "is_unconfirmed": session.is_unconfirmed,
        "unconfirmed": [name for name in session.unconfirmed_fields if name in FIELD_WORDS],
        "attendance": _attendance(session),
        "page": session.absolute_url,
        "calendar": None if session.is_by_invitation else Subscription.to_session(session).url,
        "slots": [slot(each, now) for each in slots],
        "materials": materials(session),
        "questions": [] if session.is_by_invitation else [_question(each.question) for each in answers],
    }


def slot(occurrence, now) -> dict:
    """For a slot with its session, and the session with its season and its stream."""
    session, card = occurrence.session, SlotCard(occurrence, occurrence.session.season.timezone, None)
    zone, state = session.season.zone, availability.state(occurrence, now)
    return {
        "uid": occurrence.uid,
        "session": session.slug,
        "stream": session.stream.slug,
        "title": line(session, "title"),
        "languages": occurrence.spoken,
        "interpretation": codes_in(occurrence.interpretation),
        "starts_at": occurrence.starts_at.astimezone(UTC),
        "ends_at": occurrence.ends_at.astimezone(UTC),
        "parts": [_part(stretch) for stretch in occurrence.stretches if stretch.part],
        "local": {
            "timezone": session.season.timezone,
            "starts_at": occurrence.starts_at.astimezone(zone),
            "ends_at": occurrence.ends_at.astimezone(zone),
        },
        "state": state.value,
        "state_in_words": plain_text.one_line(SlotCard(occurrence, session.season.timezone, state).words),
        "page": session.absolute_url,
        "sign_up": sign_up(occurrence, state),
        "calendar": settings.SITE_URL + card.ics_url,
        "attendance": occurrence.attendance,
    }


def _part(stretch) -> dict:
    times = {"starts_at": stretch.starts_at.astimezone(UTC), "ends_at": stretch.ends_at.astimezone(UTC)}
    return times | {"is_called_off": stretch.is_called_off}


def sign_up(occurrence, state) -> str | None:
    """Where somebody signs up for the slot, or for its waiting list; None where nobody can."""
    if state not in (SlotState.OPEN, SlotState.WAITING_LIST):
        return None
    asked = {"slot": occurrence.pk} | ({"wait": 1} if state == SlotState.WAITING_LIST else {})
    path = reverse("sign_up:form", args=[occurrence.session.season.slug])
    return f"{settings.SITE_URL}{path}?{urlencode(asked)}"


def materials(session) -> list[dict]:
    """In the order in which staff put them."""
    return [_material(session, MaterialItem(material)) for material in session.materials.all()]


def languages_to_follow(slot) -> list[str]:
    """In which it is held, and into which it is interpreted."""
    return [*slot.spoken, *codes_in(slot.interpretation)]


def line(row, name) -> dict:
    found = translations.said(row, name)
    return {"text": plain_text.one_line(found.text), "language": found.language}


def in_api(name, *args) -> str:
    """The address of an answer of this API, in the active language."""
    language = get_language()
    query = "" if language == settings.LANGUAGE_CODE else f"?lang={language}"
    return settings.SITE_URL + reverse(f"api:{name}", args=args) + query


def _languages(session, slots) -> list[str]:
    spoken = [code for each in slots for code in each.spoken]
    return list(dict.fromkeys(spoken or codes_in(session.languages)))


def _paragraphs(row, name) -> dict:
    found = translations.said(row, name)
    return {"text": rich_text.plain(found.text), "language": found.language}


def _organiser(season) -> dict:
    words, found = season.organised_by, translations.said(season, "organiser")
    is_english = found.is_fallback and season.has_other_organisers
    return {"text": plain_text.one_line(words), "language": translations.ENGLISH if is_english else get_language()}


def _partners(found) -> list[dict]:
    return [{"name": each.name, "url": each.url or None} for each in found]


def _stream(season, stream) -> dict:
    return {
        "slug": stream.slug,
        "title": line(stream, "title"),
        "mark": stream.mark,
        "page": f"{settings.SITE_URL}{season.get_absolute_url()}?{urlencode({'stream': stream.slug})}",
        "calendar": Subscription.to_season(season, stream).url,
    }


def _attendance(session) -> dict | None:
    if session.attendance_total is None:
        return None
    return {"people": session.attendance_total, "is_minimum": session.attendance_is_minimum}


def _question(question) -> dict:
    """Without an answer the page says that there was one in the session, so that is what programs are told."""
    usual = SpeakerQuestion.Answered.WRITTEN if question.answer else SpeakerQuestion.Answered.LIVE
    return {
        "question": line(question, "wording"),
        "answer": _paragraphs(question, "answer") if question.answer else None,
        "answered": question.answered or usual.value,
        "asked_in_chat": question.asked_in_chat,
    }


def _material(session, item) -> dict:
    material = item.material
    material.session = session
    is_english = translations.said(material, "title").is_fallback and not item.is_named_as_its_kind
    address = item.address
    return {
        "session": session.slug,
        "kind": material.kind,
        "kind_in_words": item.kind,
        "title": {"text": str(item.title), "language": translations.ENGLISH if is_english else get_language()},
        "language": material.language or None,
        "url": (address if item.is_elsewhere else settings.SITE_URL + address) if address else None,
        "symbol": material.symbol or None,
        "editions": [{"language": each.code, "url": each.url} for each in item.editions],
        "octets": material.size,
        "duration_minutes": material.duration_minutes,
        "languages": material.heard_in,
        "captions": codes_in(material.captions),
    }

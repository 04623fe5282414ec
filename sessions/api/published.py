"""What the API knows of: published seasons that are no rehearsals, and what a stranger finds on their pages."""

from django.conf import settings
from django.core.validators import slug_re
from django.http import Http404

from sessions.api import values
from sessions.public import snapshot
from sessions.public.snapshot import PublicProgramme
from sessions.reference.languages import codes_in

# In the place of the slug of a season: the one that the site opens with, where that is no rehearsal.
CURRENT = "current"


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def programme(slug) -> PublicProgramme:
    """Raises Http404, also for what can be no name. A season that has the name of CURRENT is that of it."""
    if not slug_re.match(slug):
        raise Http404
    seasons = snapshot.seasons()
    is_name = slug != CURRENT or any(season.slug == slug for season in seasons.seasons)
    found = snapshot.of(slug if is_name else seasons.current)
    if found.season.is_rehearsal:
        raise Http404
    return found


def seasons() -> list[dict]:
    found = snapshot.seasons()
    return [
        values.season_item(season, is_current=season.slug == found.current, has_figures=season.pk in found.with_figures)
        for season in found.seasons
        if not season.is_rehearsal
    ]


def sessions(programme) -> list:
    """In the order of their first slots; those without any come last."""
    return sorted(programme.sessions, key=lambda session: (_first_start(programme, session), session.pk))


def slots(programme) -> list:
    found = [slot for theirs in programme.slots.values() for slot in theirs]
    return sorted(found, key=lambda slot: (slot.starts_at, slot.pk))


def fits(programme, session, chosen) -> bool:
    """Whether the session is of the stream that was chosen, and a slot of it fits. Raises Http404 as `slot_fits`."""
    theirs = programme.slots.get(session.pk, [])
    if theirs:
        return any(slot_fits(programme, slot, chosen) for slot in theirs)
    has_language = not chosen.language or chosen.language in codes_in(session.languages)
    return _is_of_stream(programme, session, chosen) and has_language and not (chosen.from_ or chosen.until)


def slot_fits(programme, slot, chosen) -> bool:
    """Whether it is of the stream, the days and the language that were chosen.

    Raises Http404 for a stream that the season does not have.
    """
    has_language = not chosen.language or chosen.language in values.languages_to_follow(slot)
    return _is_of_stream(programme, slot.session, chosen) and has_language and _is_between(slot, chosen)


def _is_of_stream(programme, session, chosen) -> bool:
    return chosen.stream is None or session.stream_id == programme.stream(chosen.stream).pk


def _is_between(slot, chosen) -> bool:
    """Whether it, or one of its parts, begins on one of the days."""
    days = [each.starts_at.astimezone(slot.session.season.zone).date() for each in slot.held_stretches or [slot]]
    from_, until = chosen.from_, chosen.until
    return any((from_ is None or from_ <= day) and (until is None or day <= until) for day in days)


def _first_start(programme, session) -> float:
    theirs = programme.slots.get(session.pk)
    return theirs[0].starts_at.timestamp() if theirs else float("inf")

"""What the read API says of the season, as files: of sessions open to all, with addresses inside the archive."""

import json
from collections.abc import Callable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from sessions.archive import pages
from sessions.archive.places import ANSWER, Place
from sessions.archive.programme import LASTING, Archive
from sessions.presenters.slots import STATE_WORDS
from sessions.slot_states import SlotState

NAMES = ("season", "sessions", "slots", "materials")
# As many as the API gives at once.
PART = 100


def places(archive: Archive) -> Iterator[Place]:
    """One file for each answer and language; the API knows nothing of rehearsals."""
    if archive.season.is_rehearsal:
        return
    names = [*NAMES, *(["figures"] if archive.programme.figures_since else [])]
    for code, _name in settings.LANGUAGES:
        for name in names:
            address = f"{reverse(f'api:{name}', args=[archive.season.slug])}?lang={code}"
            yield Place(f"data/api/{code}/{name}.json", ANSWER, address, code)


def answer(archive: Archive, place: Place, leads_to: Callable[[str], str | None]) -> dict | list:
    """All parts of a list as one. `leads_to` gives for an address of the site the one in the archive, or None."""
    found = _asked(archive, place, 0)
    if "items" in found:
        starts = range(PART, found["count"], PART)
        found = [*found["items"], *(each for start in starts for each in _asked(archive, place, start)["items"])]
        slugs = {session.slug for session in archive.programme.sessions}
        found = [each for each in found if each.get("session", each.get("slug")) in slugs]
    with override(place.language):
        return _kept(found, leads_to)


def _asked(archive, place, start) -> dict:
    part = "" if place.path.endswith(("season.json", "figures.json")) else f"&limit={PART}&offset={start}"
    return json.loads(pages.content(archive, place.address + part, place.language))


def _kept(value, leads_to):
    if isinstance(value, dict):
        closed = {}
        if "state_in_words" in value and value["state"] not in LASTING:
            closed = {"state": SlotState.CLOSED.value, "state_in_words": str(STATE_WORDS[SlotState.CLOSED])}
        return {name: _kept(each, leads_to) for name, each in (value | closed).items()}
    if isinstance(value, list):
        return [_kept(each, leads_to) for each in value]
    is_ours = isinstance(value, str) and value.startswith(f"{settings.SITE_URL}/")
    return leads_to(value) if is_ours else value

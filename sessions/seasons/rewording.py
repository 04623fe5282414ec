"""Texts of calendar entries are changed: the entries must be new ones, or calendars keep the old words."""

from django.db import transaction
from django.db.models import F

from registrations.models import Registration
from sessions import translations
from sessions.models import Occurrence, Season, Session
from sessions.translations import ENGLISH

OF_SESSION, OF_SEASON = {"title", "summary", "access"}, {"title", "is_rehearsal"}


@transaction.atomic
def session_saved(*, session, changed, now):
    """`changed` names the fields of the session that staff changed."""
    _renew([session.pk] if OF_SESSION.intersection(changed) else [], session.season_id, now)


@transaction.atomic
def season_saved(*, season, changed, now):
    """`changed` names the fields of the season that staff changed."""
    sessions = season.sessions.values_list("pk", flat=True) if OF_SEASON.intersection(changed) else []
    _renew(list(sessions), season.pk, now)


def words(season_slug) -> dict[str, dict[int, list]]:
    """What entries say in each language, by session; to be compared later by `renew_differing`."""
    sessions = list(Session.objects.filter(season__slug=season_slug).select_related("season"))
    said = {code: {row.pk: _texts(row, code) for row in sessions} for code in translations.LANGUAGES}
    return said | {ENGLISH: {row.pk: _texts(row, ENGLISH) + _facts(row) for row in sessions}}


def renew_differing(season, before, *, now):
    """For the sessions of the season whose words are others than in `before`.

    Where English ones are, entries in all languages are renewed; else only those in a language with other words.
    """
    after = words(season.slug)
    differing = {code: _differing(before[code], after[code]) for code in before}
    renewed = differing.pop(ENGLISH)
    if renewed:
        _renew(renewed, season.pk, now)
    for code, pks in differing.items():
        _renew_in(code, set(pks).difference(renewed), now)


def _differing(before, after) -> list[int]:
    return [pk for pk in before if pk in after and after[pk] != before[pk]]


def touch(season, languages, *, now):
    """Pages and feeds of the season show other words in these languages alone. Its row is locked."""
    season.refresh_from_db(fields=["reworded"])
    for code in languages:
        translations.reword(season, code, now=now)
    season.save(update_fields=["reworded"])


def _texts(session, language) -> list[str]:
    return [translations.words(row, name, language) for row, name in _columns(session) if name in row.TRANSLATED]


def _facts(session) -> list:
    return [getattr(row, name) for row, name in _columns(session) if name not in row.TRANSLATED]


def _columns(session):
    return [(session, name) for name in sorted(OF_SESSION)] + [(session.season, name) for name in sorted(OF_SEASON)]


def _renew_in(language, pks, now):
    """Renew the entries of these sessions for who reads this language; the slots of the season are locked."""
    for session in Session.objects.filter(pk__in=pks).locked():
        translations.reword(session, language, now=now)
        session.save(update_fields=["reworded"])
    confirmed = Registration.objects.confirmed().filter(session__in=pks)
    confirmed.filter(participant__language=language).reword(now=now)


def _renew(sessions, season_id, now):
    """Note that the season was changed, and renew the entries of these of its sessions.

    Locks their slots, all at once and in the order of their ids, as those who sign up do; then the season.

    Google keeps the old words of an entry while its SEQUENCE stays (RFC 5545 3.8.7.4).
    """
    slots = Occurrence.objects.filter(session__in=sessions)
    list(slots.locked().values_list("pk"))
    Season.objects.touch(season_id, now=now)
    slots.update(sequence=F("sequence") + 1, changed_at=now)
    Registration.objects.confirmed().filter(session__in=sessions).reword(now=now)

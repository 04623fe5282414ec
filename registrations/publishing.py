"""Staff copy a season, publish it or a session, withdraw them, and open registration; nobody gets a mail of that."""

from django.db import transaction
from django.db.models import Count

from registrations import audit
from registrations.models import Registration
from sessions.models import Occurrence, Season, Session
from sessions.seasons import cloning

# How time slots and registrations refer to what is published.
WAYS = {Season: "session__season", Session: "session", Occurrence: "occurrence"}


class AlreadySo(Exception):
    """A colleague was faster."""


class OtherNumber(Exception):
    """Another number of people has a place or waits for one than the one confirmed."""


def people_registered(row) -> int:
    """How many people have a place in the season, session or time slot, or wait for one; each is counted once."""
    registrations = Registration.objects.active().filter(**{WAYS[type(row)]: row})
    return registrations.aggregate(people=Count("participant", distinct=True))["people"]


@transaction.atomic
def publish(model, *, pk, now, by=None):
    """Show it to everybody. Locks its time slots and its season. Raises AlreadySo."""
    _set(_locked(model, pk), True, now=now, by=by)


@transaction.atomic
def withdraw(model, *, pk, people, now, by=None):
    """Hide it from everybody but staff, who have confirmed that so many `people` are registered.

    These keep their places, personal links, calendar entries and reminders. Locks its time slots, so that nobody signs
    up meanwhile, and its season. Raises AlreadySo or OtherNumber.
    """
    row = _locked(model, pk)
    if row.is_published and people_registered(row) != people:
        raise OtherNumber
    _set(row, False, now=now, by=by)


def _locked(model, pk):
    list(Occurrence.objects.filter(**{WAYS[model]: pk}).locked().values_list("pk"))
    season = {"pk": pk} if model is Season else {"sessions": pk}
    list(Season.objects.filter(**season).locked().values_list("pk"))
    return model.objects.locked().get(pk=pk)


def _set(row, is_published, *, now, by):
    if row.is_published == is_published:
        raise AlreadySo
    before = audit.facts(row)
    row.is_published = is_published
    row.save(update_fields=["is_published"])
    Season.objects.touch(row.pk if isinstance(row, Season) else row.season_id, now=now)
    action = "published" if is_published else "unpublished"
    audit.record_difference(row, before, audit.facts(row), action=action, by=by)


@transaction.atomic
def copy_season(*, source, now, by=None, **wanted) -> Season:
    """A draft with the programme of `source`, on record; `wanted` is for `cloning.clone`. Raises its CannotCopy."""
    season = cloning.clone(source=source, now=now, **wanted)
    audit.record("copied", season, by=by, after={"copied_from": str(source)})
    return season


def can_be_opened(sessions, now) -> list[Session]:
    """Those that registration dates alone keep closed now; with their slots prefetched that is one query."""
    return [session for session in sessions if _has_slot_to_come(session, now) and _dates_in_the_way(session, now)]


@transaction.atomic
def open_registration(*, season_id, sessions, now, by=None) -> int:
    """Take away the dates that keep these sessions closed; returns how many there are.

    Locks their time slots, the season, and the sessions. Raises AlreadySo if one of them is not closed by its dates.
    """
    list(Occurrence.objects.filter(session__in=sessions).locked().values_list("pk"))
    list(Season.objects.filter(pk=season_id).locked().values_list("pk"))
    rows = list(Session.objects.filter(pk__in=sessions, season=season_id).locked())
    if not rows or len(can_be_opened(rows, now)) != len(rows):
        raise AlreadySo
    for session in rows:
        _open(session, now, by)
    Season.objects.touch(season_id, now=now)
    return len(rows)


def _open(session, now, by):
    before, fields = audit.facts(session), _dates_in_the_way(session, now)
    for field in fields:
        setattr(session, field, None)
    session.save(update_fields=fields)
    audit.record_difference(session, before, audit.facts(session), action="registration-opened", by=by)


def _has_slot_to_come(session, now) -> bool:
    return any(not slot.is_called_off and not slot.is_over(now) for slot in session.occurrences.all())


def _dates_in_the_way(session, now) -> list[str]:
    opens_at, closes_at = session.registration_opens_at, session.registration_closes_at
    is_early, is_late = opens_at and opens_at > now, closes_at and closes_at <= now
    return [*(["registration_opens_at"] if is_early else []), *(["registration_closes_at"] if is_late else [])]

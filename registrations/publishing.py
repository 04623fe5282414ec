"""Staff publish a season or a session, or withdraw it: other people see it from then on, and nobody gets a mail."""

from django.db import transaction
from django.db.models import Count

from registrations import audit
from registrations.models import Registration
from sessions.models import Occurrence, Season, Session

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

"""Staff give back the places that they took away, or let people register again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from registrations import audit
from registrations.enrolment import locking, waiting_list
from registrations.mail import notices, outbox
from registrations.models import Message, Registration, SeatRemoval
from registrations.seat_removals.plan import RELATED
from registrations.seats import availability, counters
from sessions.models import Occurrence

KIND = "place_taken_away"


class GivenBackAlready(Exception):
    """Somebody has undone it before."""


@dataclass(frozen=True)
class Returned:
    """How many have their places again, are on a waiting list, or got nothing: the slot is over, or they came back."""

    seated: int
    waiting: int
    left: int


@transaction.atomic
def give_back(*, removal_id, by, now) -> Returned:
    """Give each person the seat back if one is free, else the front of the waiting list; who waited waits as before.

    Nobody hears of it who had not heard that the place was taken away. Locks the slots of the sessions, so that of two
    at once the second one is refused, then the registrations. Raises GivenBackAlready.
    """
    theirs = Registration.objects.filter(removal=removal_id)
    of_sessions = Occurrence.objects.filter(session__in=theirs.values("session")).values_list("pk", flat=True)
    slots = {slot.pk: slot for slot in locking.slots(list(of_sessions))}
    removal = SeatRemoval.objects.get(pk=removal_id)
    if removal.undone_at:
        raise GivenBackAlready
    registrations = list(theirs.locked().select_related(*RELATED))
    for registration in registrations:
        registration.occurrence = slots[registration.occurrence_id]
    returned = _give_back(registrations, removal, now)
    theirs.update(is_barred=False)
    SeatRemoval.objects.filter(pk=removal.pk).update(undone_at=now)
    numbers = {"places": returned.seated, "on_the_waiting_list": returned.waiting, "nothing": returned.left}
    audit.record("places-given-back", removal, by=by, after=numbers)
    return returned


@transaction.atomic
def allow(*, removal_id, by):
    """Let the people register again by themselves; their places stay as they are, and nobody is told."""
    removal = SeatRemoval.objects.get(pk=removal_id)
    registrations = Registration.objects.filter(removal=removal).barring()
    pks = list(registrations.locked().values_list("pk", flat=True))
    if Registration.objects.filter(pk__in=pks).update(is_barred=False):
        audit.record("allowed-again", removal, by=by, after={"people": len(pks)})


def _give_back(registrations, removal, now) -> Returned:
    able = [each for each in registrations if _can_return(each, now)]
    waited = {each.pk for each in able if each.waiting_since}
    heard = {each.pk for each in able if _has_heard(each, removal)}
    without_seat = [each for each in _in_turn(able) if not _gets_seat(each, now)]
    # The last one first, because each goes to the front.
    for registration in reversed(without_seat):
        _wait(registration, now)
    told = [each for each in able if each.pk in heard or each.is_waiting != (each.pk in waited)]
    outbox.post([mail for each in told for mail in notices.confirmation(each.participant, [each], now=now)])
    for slot in {each.occurrence for each in able}:
        waiting_list.promote(slot, now=now)
    return Returned(len(able) - len(without_seat), len(without_seat), len(registrations) - len(able))


def _in_turn(registrations):
    """Those who had a seat before those who waited, the earlier sign-up first: it gets the seat that is free."""
    return sorted(registrations, key=lambda one: (one.waiting_since is not None, one.registered_at, one.pk))


def _can_return(registration, now) -> bool:
    slot = registration.occurrence
    if not registration.is_cancelled or slot.is_over(now) or slot.is_called_off:
        return False
    person = registration.participant
    has_other = person.registrations.active().filter(session=registration.session_id).exists()
    may_get_one = not availability.is_full(slot) or availability.has_waiting_list(slot, now)
    return person.anonymised_at is None and not has_other and may_get_one


def _has_heard(registration, removal) -> bool:
    """Whether a mail said that the place was gone; one that waits is dropped. Who was not told gets a mail, too:
    those about their place were dropped."""
    mails = Message.objects.filter(registration=registration, kind=KIND, queued_at=removal.made_at)
    return not mails.untouched().drop(_("Staff gave the place back."))


def _gets_seat(registration, now) -> bool:
    if availability.is_full(registration.occurrence):
        return False
    counters.change([registration.occurrence], taken=1)
    has_entry = registration.participant.wants_entries
    _return(registration, now, status=Registration.Status.CONFIRMED, waiting_since=None, entry_was_mailed=has_entry)
    return True


def _wait(registration, now):
    since = registration.waiting_since or _front_of(registration.occurrence, now)
    counters.change([registration.occurrence], waiting=1)
    _return(registration, now, status=Registration.Status.WAITLISTED, waiting_since=since, entry_was_mailed=False)


def _return(registration, now, **changes):
    """The same row, and so the same entry in the calendar."""
    changes |= {"cancelled_at": None, "removal": None, "is_barred": False, "revised_at": now}
    changes["sequence"] = registration.sequence + 1
    for field, value in changes.items():
        setattr(registration, field, value)
    registration.save(update_fields=list(changes))


def _front_of(slot, now):
    """When somebody before all who wait would have joined the list."""
    first = Registration.objects.waiting().filter(occurrence=slot).first()
    return first.waiting_since - timedelta(microseconds=1) if first else now

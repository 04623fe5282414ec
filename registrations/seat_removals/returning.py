"""Staff give back the places that they took away, or let people register again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from registrations import audit
from registrations.enrolment import locking, waiting_list
from registrations.mail import notices, outbox
from registrations.models import Message, Registration, SeatRemoval, not_sent
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


@dataclass(frozen=True)
class Outlook:
    """Who gets a seat and who waits, in the order of their turn, who of them gets a mail, and how many get nothing."""

    seated: list[Registration]
    waiting: list[Registration]
    told: list[Registration]
    left: int

    @property
    def places(self) -> int:
        return len(self.seated) + len(self.waiting)


@transaction.atomic
def give_back(*, removal_id, by, now) -> Returned:
    """Give each person the seat back if one is free, else the front of the waiting list; who waited waits as before.

    A mail leaves to all but those who have what they had, and of whom the mail that it was taken away has not left:
    that one is dropped. Locks the slots of the sessions, so that of two at once the second one is refused, then the
    registrations. Raises GivenBackAlready.
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


def outlook(removal, *, now) -> Outlook:
    """What giving back would do now; nothing is locked or written."""
    registrations = list(removal.registrations.select_related(*RELATED))
    unheard = set(_unheard(removal).values_list("registration", flat=True))
    return _outlook(registrations, {each.pk for each in registrations} - unheard, now)


def _outlook(registrations, heard, now) -> Outlook:
    people = [each.participant_id for each in registrations]
    present = set(Registration.objects.active().filter(participant__in=people).values_list("participant", "session"))
    gone = [each for each in registrations if (each.participant_id, each.session_id) not in present]
    able = _in_turn(each for each in gone if _can_return(each, now))
    seated, waiting = _seats(able)
    changed = {each.pk for each in seated if each.waiting_since} | {
        each.pk for each in waiting if not each.waiting_since
    }
    told = [each for each in able if each.pk in heard or each.pk in changed]
    return Outlook(seated, waiting, told, len(registrations) - len(able))


def _seats(in_turn) -> tuple[list[Registration], list[Registration]]:
    """Who gets a free seat, and who waits."""
    seated, waiting = [], []
    free = {each.occurrence_id: availability.seats_for_newcomers(each.occurrence) for each in in_turn}
    for registration in in_turn:
        left = free[registration.occurrence_id]
        (waiting if left == 0 else seated).append(registration)
        free[registration.occurrence_id] = max(0, left - 1) if left is not None else None
    return seated, waiting


def _give_back(registrations, removal, now) -> Returned:
    unheard = dict(_unheard(removal).locked().values_list("registration", "pk"))
    given = _outlook(registrations, {each.pk for each in registrations} - unheard.keys(), now)
    able = [*given.seated, *given.waiting]
    needless = [unheard[each.pk] for each in able if each.pk in unheard]
    Message.objects.filter(pk__in=needless).drop(not_sent.PLACE_GIVEN_BACK)
    for registration in given.seated:
        _seat(registration, now)
    # The last one first, because each goes to the front.
    for registration in reversed(given.waiting):
        _wait(registration, now)
    outbox.post([mail for each in given.told for mail in notices.confirmation(each.participant, [each], now=now)])
    for slot in {each.occurrence for each in able}:
        waiting_list.promote(slot, now=now)
    return Returned(len(given.seated), len(given.waiting), given.left)


def _in_turn(registrations):
    """Those who had a seat before those who waited, the earlier sign-up first: it gets the seat that is free."""
    return sorted(registrations, key=lambda one: (one.waiting_since is not None, one.registered_at, one.pk))


def _can_return(registration, now) -> bool:
    slot = registration.occurrence
    if not registration.is_cancelled or slot.is_over(now) or slot.is_called_off:
        return False
    may_get_one = not availability.is_full(slot) or availability.has_waiting_list(slot, now)
    return registration.participant.anonymised_at is None and may_get_one


def _unheard(removal):
    """The mails that say that a place is gone, and can still be dropped.

    Who was never told has none, and counts as somebody who has heard: the mails about their place were dropped.
    """
    theirs = Message.objects.filter(registration__removal=removal, kind=KIND, queued_at=removal.made_at)
    return theirs.untouched()


def _seat(registration, now):
    counters.change([registration.occurrence], taken=1)
    has_entry = registration.participant.wants_entries
    _return(registration, now, status=Registration.Status.CONFIRMED, waiting_since=None, entry_was_mailed=has_entry)


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

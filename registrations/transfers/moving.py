"""Staff move people to another time slot of their session: all who were chosen, or nobody."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from registrations import audit
from registrations.enrolment import locking, seat_changes, waiting_list
from registrations.enrolment.refusals import NoSeatLeft, RegistrationClosed
from registrations.mail import notices, outbox, slot_change_mails, unheard
from registrations.models import MovedPerson, Registration, Transfer
from registrations.seats import availability
from sessions.models import Occurrence

# So many in one go: they are all told in one transaction.
PEOPLE_AT_MOST = 500


class ChangedMeanwhile(Exception):
    """Somebody cancelled, moved, or came to wait, since staff saw who would move."""


@dataclass(frozen=True)
class Plan:
    """Who moves to `target`, and how many move up behind them; `free` seats there, None for no limit."""

    target: Occurrence
    moving: list[Registration]
    moving_up: int
    free: int | None

    @property
    def lacking(self) -> int:
        """How many would have no seat in the target."""
        return 0 if self.free is None else max(0, len(self.moving) - self.free)

    @property
    def starts(self) -> list[datetime]:
        """Of the slots that they leave, and of the target."""
        return [self.target.starts_at, *(each.occurrence.starts_at for each in self.moving)]

    @property
    def fingerprint(self) -> str:
        """Another one as soon as somebody of these, or their state, is another one."""
        people = [(each.pk, each.occurrence_id, each.status, each.sequence) for each in self.moving]
        told = repr((self.target.pk, self.target.sequence, people, self.moving_up))
        return sha256(told.encode()).hexdigest()[:32]


def plan(registration_ids, target, *, now) -> Plan:
    """For those of these registrations that can move to the target."""
    moving = list(_movable(registration_ids, target, now))
    left = waiting_list.by_slot(moving)
    moving_up = sum(_number_moving_up(slot, leaving, now) for slot, leaving in left.items())
    return Plan(target, moving, moving_up, availability.seats_for_newcomers(target))


@transaction.atomic
def move(*, registration_ids, occurrence_id, shown, by, now) -> Transfer:
    """Give these people seats in another slot of their session, if they are those of the plan with fingerprint `shown`.

    Who waited for a seat has one there. The seats left behind go to who waits for them, who hear of it at once; the
    mails to the others wait for RECALL_MINUTES. Locks the slots of the session, then the registrations. Raises
    ChangedMeanwhile, NoSeatLeft or RegistrationClosed; then nobody has moved.
    """
    slots = locked_slots(occurrence_id)
    target = slots[occurrence_id]
    if target.is_called_off or target.is_over(now):
        raise RegistrationClosed([target])
    list(Registration.objects.filter(pk__in=registration_ids).locked().values_list("pk"))
    chosen = _with_slots(plan(registration_ids, target, now=now), slots)
    if chosen.fingerprint != shown or not chosen.moving:
        raise ChangedMeanwhile
    if chosen.lacking:
        raise NoSeatLeft([target])
    transfer = _stored(chosen, by, now)
    left = list(waiting_list.by_slot(chosen.moving))
    mails = _move(chosen, transfer, by, now)
    outbox.post(mails)
    moved_up = sum(waiting_list.promote(slot, now=now) for slot in left)
    numbers = {"people": len(chosen.moving), "mails": len(mails), "moved_up": moved_up}
    audit.record("people-moved", target, by=by, after=numbers)
    return transfer


def with_place_to_come(registration_ids, *, now):
    """Those that have a place in a slot that is not over: only they can be moved, if there is another slot."""
    return Registration.objects.active().filter(pk__in=registration_ids, occurrence__ends_at__gt=now)


def _movable(registration_ids, target, now):
    """Those with a place in another slot of the session that is not over."""
    of_session = with_place_to_come(registration_ids, now=now).filter(session=target.session_id)
    others = of_session.exclude(occurrence=target)
    return others.select_related("participant", "occurrence__session__season", "session__season").order_by("pk")


def _stored(chosen, by, now) -> Transfer:
    """With where each of them is now."""
    transfer = Transfer.objects.create(
        occurrence=chosen.target,
        made_at=now,
        made_by=by,
        mails_leave_at=slot_change_mails.leave_at(chosen.starts, now),
        people=len(chosen.moving),
    )
    moved = [
        MovedPerson(
            transfer=transfer,
            registration=each,
            occurrence_before=each.occurrence,
            waiting_since=each.waiting_since if each.is_waiting else None,
            had_entry=each.entry_was_mailed,
        )
        for each in chosen.moving
    ]
    MovedPerson.objects.bulk_create(moved)
    return transfer


def _move(chosen, transfer, by, now) -> list:
    """The mails, which wait, with what each person knew before."""
    known, mails = unheard.known_to(chosen.moving, unheard.mails_of(chosen.moving)), []
    for registration in chosen.moving:
        knows = known[registration.pk]
        for mail in _moved(registration, chosen.target, knows, by, now):
            mail.transfer, mail.due_at = transfer, transfer.mails_leave_at
            mail.known_starts_at, mail.known_ends_at = knows.starts_at, knows.ends_at
            mail.knew_called_off = knows.is_called_off
            mails.append(mail)
    return mails


def _number_moving_up(slot, leaving, now) -> int:
    """As many as `waiting_list.promote` gives a seat when these have left."""
    seated = sum(each.is_confirmed for each in leaving)
    return min(waiting_list.seats_when_left(slot, seated, now=now), slot.waiting - (len(leaving) - seated))


def locked_slots(occurrence_id) -> dict[int, Occurrence]:
    """Of the session of this one, by id, each with its session and season."""
    of_session = Occurrence.objects.filter(session__occurrences=occurrence_id).values_list("pk", flat=True)
    return {slot.pk: slot for slot in locking.slots([occurrence_id, *of_session])}


def _with_slots(chosen, slots) -> Plan:
    """Each slot is one object for all its people, so that its numbers are right after each of them."""
    for registration in chosen.moving:
        registration.occurrence = slots[registration.occurrence_id]
    return chosen


def _moved(registration, target, knows, by, now) -> list:
    """The mails to a person who `knows` their slot so; it is on the trail of the person, too."""
    from_to = {"before": {"occurrence": str(registration.occurrence)}, "after": {"occurrence": str(target)}}
    audit.record("person-moved", registration, by=by, **from_to)
    if registration.is_waiting:
        return seat_changes.leave_list_for(registration, target, now, waits=False)
    seat_changes.take_seat(registration, target, now)
    return [notices.slot_changed_by_staff(registration, previous=knows, now=now)]

"""What staff do to a time slot that people have in their calendars."""

from itertools import pairwise

from django.db import transaction

from registrations import audit
from registrations.attendance import counting
from registrations.calendar import told
from registrations.enrolment import waiting_list
from registrations.mail import invitation_mails, slot_change_mails
from registrations.models import SlotChange
from registrations.rescheduling import arranging, preparing
from sessions.clocks.wall_clock import as_typed
from sessions.models import Occurrence
from sessions.models.parts import alone, times_of

MOVED, CALLED_OFF, REVIVED = SlotChange.Kind.MOVED, SlotChange.Kind.CALLED_OFF, SlotChange.Kind.REVIVED


class CapacityBelowConfirmed(Exception):
    """More people are confirmed than the new capacity has seats; `confirmed` says how many."""

    def __init__(self, confirmed):
        self.confirmed = confirmed
        super().__init__(confirmed)


class CalledOff(Exception):
    """The slot is called off: its calendar entries are gone, and a new time would bring them back."""


class SlotInTheWay(Exception):
    """The session has another time slot then; `slot` names it, or None where two of its own parts overlap."""

    def __init__(self, slot):
        self.slot = slot
        super().__init__(slot and slot.pk)


class ChangedMeanwhile(Exception):
    """The slot is not any more what the person saw before they confirmed."""


class HeldInParts(Exception):
    """The slot has parts: they move each for itself, by `arrange`."""


class TooLate(Exception):
    """All mails of the change have left, or the slot was changed again: there is nothing left to take back."""


class InThePast(Exception):
    """Taking the change back would invite people to something that is over or has begun."""


@transaction.atomic
def reschedule(*, occurrence_id, starts_at, ends_at, now, by=None, why="", reason="", seen=None) -> SlotChange | None:
    """Move a slot and tell each active person; None if the times are what they were.

    Locks the slots of its session. The higher SEQUENCE, raised for all in one statement, makes the last of two changes
    win whatever the order of arrival (RFC 5546 2.1.5). The worker prepares the mails to many (`preparing`). Raises
    CalledOff or SlotInTheWay, and ChangedMeanwhile if SEQUENCE is not the one that was `seen`; so do the other changes.
    `why` is for the audit log, `reason` for the people who are told.
    """
    slot = _locked(occurrence_id, seen)
    if slot.is_called_off:
        raise CalledOff
    if slot.parts:
        raise HeldInParts
    before = audit.facts(slot)
    return _recorded(_hold(slot, (starts_at, ends_at), (), now=now, by=by, reason=reason), before, by=by, why=why)


@transaction.atomic
def arrange(*, occurrence_id, parts, now, urls=(), by=None, why="", reason="", seen=None) -> SlotChange | None:
    """Give a slot these parts, and tell each active person; None if they are what they were.

    A part that the slot has keeps its number; the number of a new one is 0. Those that are left out, and those that
    say so, are called off; they stay, so that their entries go and no other part gets their number. `urls` are
    meeting addresses of their own, in the order of `parts`, of which nobody is told. As `reschedule` otherwise; raises
    what `arranging` raises, too.
    """
    slot = _locked(occurrence_id, seen)
    if slot.is_called_off:
        raise CalledOff
    arranged = arranging.arrangement(slot, parts)
    before = audit.facts(slot)
    arranging.keep_urls(slot, arranged, dict(zip(arranging.numbers(slot, parts), urls, strict=False)))
    times = times_of(arranged or alone(slot))
    change = _hold(slot, times, arranged, now=now, by=by, reason=reason)
    if change is None:
        audit.record_difference(slot, before, audit.facts(slot), by=by, why=why)
    return _recorded(change, before, by=by, why=why)


@transaction.atomic
def call_off(*, occurrence_id, now, by=None, why="", reason="", seen=None) -> SlotChange | None:
    """Call a slot off, take it out of the calendars; registrations are kept. None if it is called off already."""
    slot = _locked(occurrence_id, seen)
    if slot.is_called_off:
        return None
    before = audit.facts(slot)
    return _recorded(
        _change(slot, CALLED_OFF, now=now, by=by, called_off_at=now, reason=reason), before, by=by, why=why
    )


@transaction.atomic
def revive(*, occurrence_id, now, by=None, why="", reason="", seen=None) -> SlotChange | None:
    """Hold a slot after all that was called off; None if it is not called off. Raises SlotInTheWay."""
    slot = _locked(occurrence_id, seen)
    if not slot.is_called_off:
        return None
    _require_free(slot, *_times(slot))
    before = audit.facts(slot)
    state = {"called_off_at": None, "reason": reason}
    return _recorded(_change(slot, REVIVED, now=now, by=by, **state), before, by=by, why=why)


@transaction.atomic
def take_back(*, change_id, now, by=None, why="") -> SlotChange:
    """Undo a change while some of its mails have not left; returns the change that undoes it.

    Who has had no mail about it yet gets none, who has had one gets another at once. Raises TooLate, InThePast or
    SlotInTheWay.
    """
    change = SlotChange.objects.get(pk=change_id)
    slot = _locked(change.occurrence_id)
    if not can_be_taken_back(change, slot):
        raise TooLate
    if would_be_past(change, slot, now):
        raise InThePast
    before = audit.facts(slot)
    undone = _recorded(_undo(slot, change, now=now, by=by), before, by=by, why=why, action="taken-back")
    SlotChange.objects.filter(pk=change.pk).update(taken_back_at=now)
    return undone


def can_be_taken_back(change, slot) -> bool:
    """Whether the change is the slot's last one and some of its mails have not left."""
    # Not by the slot's SEQUENCE: other words in its entry raise that too.
    is_last = not slot.changes.filter(sequence__gt=change.sequence).exists()
    return is_last and (change.messages.unsent().in_first_round().exists() or is_being_prepared(change))


def is_being_prepared(change) -> bool:
    """Whether some of its mails are not in the outbox yet."""
    return change.prepared_at is None and preparing.number_left(change.occurrence) > 0


def would_be_past(change, slot, now) -> bool:
    """Whether people would hear of a slot that is over, or of an earlier start that has passed, if it is taken back."""
    if change.kind == MOVED:
        begun = change.starts_at_before <= now and change.starts_at_before != slot.starts_at
        return begun or change.ends_at_before <= now
    return change.kind == CALLED_OFF and slot.is_over(now)


@transaction.atomic
def send_now(*, change_id, now, by=None) -> int:
    """Let the mails of a change leave that still wait; returns how many. Locks the slot, then the change."""
    _locked(SlotChange.objects.values_list("occurrence", flat=True).get(pk=change_id))
    change = SlotChange.objects.locked().get(pk=change_id)
    SlotChange.objects.filter(pk=change_id, mails_leave_at__gt=now).update(mails_leave_at=now)
    mails = change.messages.untouched().filter(due_at__gt=now).update(due_at=now)
    if change.prepared_at is None and change.mails_leave_at > now:
        mails += preparing.number_left(change.occurrence)
    if mails:
        audit.record("sent-now", change.occurrence, by=by, after={"mails": mails}, change=change)
    return mails


@transaction.atomic
def change_capacity(*, occurrence_id, capacity, now) -> int:
    """More seats go to those who wait; returns to how many. Locks the slot. Raises CapacityBelowConfirmed."""
    slot = _locked(occurrence_id)
    if capacity is not None and capacity < slot.taken:
        raise CapacityBelowConfirmed(slot.taken)
    slot.capacity = capacity
    slot.save(update_fields=["capacity"])
    return waiting_list.promote(slot, now=now)


def _locked(occurrence_id, seen=None):
    """The slot, locked with all others of its session: two that move at once must not overlap."""
    of_session = Occurrence.objects.filter(session__occurrences=occurrence_id)
    slots = list(of_session.locked().select_related("session__season", "session__stream"))
    slot = next((slot for slot in slots if slot.pk == occurrence_id), None)
    if slot is None:
        raise Occurrence.DoesNotExist
    if seen not in (None, slot.sequence):
        raise ChangedMeanwhile
    return slot


def _hold(slot, between, parts, *, now, by, leave_at=None, reason=""):
    """`between` is from the first start to the last end."""
    if (slot.starts_at, slot.ends_at, slot.parts) == (*between, parts):
        return None
    _require_free(slot, *([part.times for part in parts if not part.is_called_off] or [between]))
    typed = as_typed(*between, slot.session.season.timezone)
    state = {"starts_at": between[0], "ends_at": between[1], "parts": parts, "reason": reason, **typed}
    return _change(slot, MOVED, now=now, by=by, leave_at=leave_at, **state)


def _undo(slot, change, *, now, by):
    if change.kind == MOVED:
        between = change.starts_at_before, change.ends_at_before
        return _hold(slot, between, change.parts_before, now=now, by=by, leave_at=now)
    if change.kind == CALLED_OFF:
        _require_free(slot, *_times(slot))
        return _change(slot, REVIVED, now=now, by=by, leave_at=now, called_off_at=None)
    return _change(slot, CALLED_OFF, now=now, by=by, leave_at=now, called_off_at=now)


def _change(slot, kind, *, now, by, leave_at=None, **state) -> SlotChange:
    """Store the slot's new state under a higher SEQUENCE, for the public entry and for each active person's.

    Mails of earlier changes that are not prepared yet are this one's. Seats that nobody could get before, because the
    slot was called off or had begun, go to those who wait.
    """
    before, state = slot_change_mails.known(slot), {"reason": ""} | state
    for field, value in (state | {"sequence": slot.sequence + 1, "changed_at": now}).items():
        setattr(slot, field, value)
    slot.save(update_fields=[*state, "sequence", "changed_at"])
    slot.changes.unprepared().update(prepared_at=now)
    starts = [slot_change_mails.next_start(what, now) for what in (before, slot_change_mails.known(slot))]
    change = SlotChange.objects.create(
        kind=kind,
        occurrence=slot,
        sequence=slot.sequence,
        starts_at_before=before.starts_at,
        ends_at_before=before.ends_at,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        parts_before=before.parts,
        parts=slot.parts,
        made_at=now,
        made_by=by,
        prepared_at=None,
        mails_leave_at=leave_at or slot_change_mails.leave_at(starts, now),
    )
    if kind == MOVED:
        counting.recount_moved(slot)
    if slot.parts and not before.parts:
        slot_change_mails.note_entries(slot, told.as_held(before))
    people = invitation_mails.mark(change) + slot_change_mails.mark(slot, now=now)
    preparing.begin(change, people + invitation_mails.lost(change).count(), now=now)
    waiting_list.promote(slot, now=now)
    return change


def _recorded(change, before, *, by, why, action="") -> SlotChange | None:
    """Put the change, if there was any, in the audit log, and give it back; `before` are facts of the slot."""
    if change:
        slot = change.occurrence
        kept = {"by": by, "why": why, "change": change}
        audit.record_difference(slot, before, audit.facts(slot), action=action or change.kind, **kept)
    return change


def _times(slot) -> list[tuple]:
    return [part.times for part in alone(slot) if not part.is_called_off]


def _require_free(slot, *times):
    in_turn = sorted(times)
    if any(later[0] < earlier[1] for earlier, later in pairwise(in_turn)):
        raise SlotInTheWay(None)
    if other := Occurrence.objects.in_the_way_of(slot.session_id, *times, besides=slot.pk):
        raise SlotInTheWay(other)

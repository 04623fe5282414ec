"""What taking a move of people back would do for each of them, as everything is at this moment."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256

from registrations.enrolment import waiting_list
from registrations.mail import unheard
from registrations.mail.slot_change_mails import Known, known
from registrations.models import Message, MovedPerson
from registrations.seats import availability
from sessions.models import Occurrence

RELATED = ["registration__participant", "registration__session__season"]
OWN_CHOICE = "slot_changed"


class Outcome(Enum):
    """They go back to a seat or to the list; the others stay as they are, for these reasons."""

    SEAT = "a seat in the time slot before"
    LIST = "the waiting list before, in their old place"
    FULL = "no seat is free there"
    HAS_HEARD = "they waited, and have heard that they have a seat"
    CLOSED = "the time slot before was deleted or called off, or is over, or nobody can wait for it any more"
    OVER = "the time slot to which they were moved is over"
    LEFT = "they have cancelled, or their details were erased"
    ELSEWHERE = "they were moved once more, or have chosen a time slot themselves"

    @property
    def goes_back(self) -> bool:
        return self in (Outcome.SEAT, Outcome.LIST)


@dataclass(frozen=True)
class Turn:
    """What becomes of one person, who `knows` their slot so; which mails to them go, and whether one more leaves."""

    moved: MovedPerson
    outcome: Outcome
    knows: Known
    needless: list[Message] = field(default_factory=list)
    is_told: bool = False


@dataclass(frozen=True)
class Outlook:
    """In the order in which seats are given; `moving_up` are on waiting lists, and get seats that come free."""

    turns: list[Turn]
    moving_up: int

    @property
    def going_back(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.outcome.goes_back]

    @property
    def told(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.is_told]

    @property
    def numbers(self) -> Counter:
        """How many there are of each Outcome."""
        return Counter(turn.outcome for turn in self.turns)

    @property
    def fingerprint(self) -> str:
        """Another one as soon as something else would become of somebody."""
        turns = [(turn.moved.pk, turn.outcome.name, turn.is_told) for turn in self.turns]
        return sha256(repr((turns, self.moving_up)).encode()).hexdigest()[:32]


def of(transfer, *, now) -> Outlook:
    """Nothing is locked or written."""
    slots = Occurrence.objects.filter(session__occurrences=transfer.occurrence_id).select_related("session__season")
    return of_locked(transfer, {slot.pk: slot for slot in slots}, now=now)


def of_locked(transfer, slots, *, now) -> Outlook:
    """With these objects for the slots of the session, so that their numbers change for all people at once."""
    people = list(transfer.moved.select_related(*RELATED))
    for moved in people:
        moved.registration.occurrence = slots[moved.registration.occurrence_id]
        moved.occurrence_before = slots.get(moved.occurrence_before_id)
    registrations = [moved.registration for moved in people]
    mails = unheard.mails_of(registrations)
    knows = unheard.known_to(registrations, mails)
    free = {pk: availability.seats_for_newcomers(slot) for pk, slot in slots.items()}
    others = _with_later_choice(transfer)
    turns = []
    for moved in _in_turn(people):
        key = moved.registration_id
        turns.append(_turn(moved, mails.get(key, []), knows[key], free, others, transfer, now))
    return Outlook(turns, _number_moving_up(turns, slots[transfer.occurrence_id], now))


def _in_turn(people):
    """Those who had a seat before those who waited, the earlier sign-up first."""
    return sorted(people, key=lambda one: (one.has_waited, one.registration.registered_at, one.registration_id))


def _with_later_choice(transfer) -> set[int]:
    """Ids of registrations whose people have chosen a slot since, or were moved once more."""
    theirs = transfer.moved.values("registration")
    chosen = Message.objects.filter(registration__in=theirs, kind=OWN_CHOICE, queued_at__gt=transfer.made_at)
    again = MovedPerson.objects.filter(registration__in=theirs, transfer__pk__gt=transfer.pk)
    again = again.filter(transfer__taken_back_at=None)
    return {*chosen.values_list("registration", flat=True), *again.values_list("registration", flat=True)}


def _turn(moved, mails, knows, free, others, transfer, now) -> Turn:
    outcome = _outcome(moved, mails, free, others, transfer, now)
    if not outcome.goes_back:
        return Turn(moved, outcome, knows)
    if outcome == Outcome.SEAT:
        left = free[moved.occurrence_before_id]
        free[moved.occurrence_before_id] = left if left is None else left - 1
    return Turn(moved, outcome, knows, *_mails(mails, knows, transfer, known(moved.occurrence_before)))


def _outcome(moved, mails, free, others, transfer, now) -> Outcome:
    registration, before = moved.registration, moved.occurrence_before
    if registration.is_cancelled or registration.participant.anonymised_at:
        return Outcome.LEFT
    is_there = registration.occurrence_id == transfer.occurrence_id and registration.is_confirmed
    if not is_there or registration.pk in others:
        return Outcome.ELSEWHERE
    if registration.occurrence.is_over(now):
        return Outcome.OVER
    if before is None or before.is_called_off or before.is_over(now):
        return Outcome.CLOSED
    if not moved.has_waited:
        return Outcome.FULL if free[before.pk] == 0 else Outcome.SEAT
    if not any(mail.transfer_id == transfer.pk for mail in mails):
        return Outcome.HAS_HEARD
    return Outcome.LIST if availability.has_waiting_list(before, now) else Outcome.CLOSED


def _since(transfer, mails) -> list[Message]:
    """Those of the move, and later ones."""
    first = (
        at for at, mail in enumerate(mails) if mail.transfer_id == transfer.pk or mail.queued_at > transfer.made_at
    )
    return mails[next(first, len(mails)) :]


def _mails(mails, knows, transfer, present) -> tuple[list[Message], bool]:
    """Those that go, and whether one more leaves; `present` is the state of the slot before, `mails` are unheard.

    Who knows that state, since all that said something else has not left, hears nothing. Otherwise an earlier mail says
    what they have, if there is one: it is written when it leaves.
    """
    since = _since(transfer, mails)
    earlier = mails[: len(mails) - len(since)]
    if not mails:
        return [], True
    if not mails[0].known_starts_at:
        return (since if earlier else since[1:]), False
    if knows == present:
        return mails, False
    return since, not earlier


def _number_moving_up(turns, target, now) -> int:
    """As many as `waiting_list.promote` gives a seat when these have gone back, in the target and where they were."""
    going = [turn.moved for turn in turns if turn.outcome.goes_back]
    left = min(waiting_list.seats_when_left(target, len(going), now=now), target.waiting)
    return left + sum(_moving_up_there(slot, back, now) for slot, back in _by_slot(going).items())


def _moving_up_there(slot, back, now) -> int:
    waited = sum(moved.has_waited for moved in back)
    free = waiting_list.seats_when_left(slot, waited - len(back), now=now)
    return min(free, slot.waiting + waited)


def _by_slot(going) -> dict[Occurrence, list[MovedPerson]]:
    back = {}
    for moved in going:
        back.setdefault(moved.occurrence_before, []).append(moved)
    return back

"""Staff take back that they moved people: each goes back to where they were, as far as that is possible."""

from django.db import transaction
from django.db.models import Q

from registrations import audit
from registrations.enrolment import seat_changes, waiting_list
from registrations.mail import notices, outbox, unheard
from registrations.models import Message, Registration, Transfer, not_sent
from registrations.transfers import moving, outlook
from registrations.transfers.outlook import Outcome, Outlook


class TakenBackAlready(Exception):
    """Somebody has done it before."""


class ChangedMeanwhile(Exception):
    """Something else would become of somebody than staff saw."""


class NobodyGoesBack(Exception):
    """All of them stay as they are."""


@transaction.atomic
def take_back(*, transfer_id, shown, by, now) -> Outlook:
    """Let these people have what they had, if that is what the Outlook with the fingerprint `shown` says.

    The mails about the move that nobody has tried to send are dropped; who has heard of it is told at once where they
    are now. Those who wait for the seats that come free move up. Locks the slots of the session, then the registrations
    of these people and of all who wait for one of them, then the mails. Raises TakenBackAlready, ChangedMeanwhile or
    NobodyGoesBack; then nothing has changed.
    """
    slots = moving.locked_slots(Transfer.objects.values_list("occurrence", flat=True).get(pk=transfer_id))
    transfer = Transfer.objects.get(pk=transfer_id)
    if transfer.taken_back_at:
        raise TakenBackAlready
    unheard.lock(_locked_registrations(transfer, slots))
    found = outlook.of_locked(transfer, slots, now=now)
    if found.fingerprint != shown:
        raise ChangedMeanwhile
    if not found.going_back:
        raise NobodyGoesBack
    _drop(found)
    outbox.post([mail for turn in found.going_back for mail in _return(turn, by, now)])
    changed = {slots[transfer.occurrence_id], *(turn.moved.occurrence_before for turn in found.going_back)}
    moved_up = sum(waiting_list.promote(slot, now=now) for slot in changed)
    Transfer.objects.filter(pk=transfer.pk).update(taken_back_at=now)
    _record(slots[transfer.occurrence_id], found, moved_up, by)
    return found


def _locked_registrations(transfer, slots) -> list[Registration]:
    """Of the transfer; with all who may move up, so that no registration is locked after a mail."""
    theirs = Registration.objects.filter(moves__transfer=transfer)
    waiting = Registration.objects.waiting().order_by().filter(occurrence__in=list(slots))
    concerned = Registration.objects.filter(Q(pk__in=theirs.values("pk")) | Q(pk__in=waiting.values("pk")))
    list(concerned.locked().values_list("pk"))
    return list(theirs)


def _drop(found):
    needless = [mail.pk for turn in found.turns for mail in turn.needless]
    Message.objects.filter(pk__in=needless).drop(not_sent.MOVE_TAKEN_BACK)


def _return(turn, by, now) -> list[Message]:
    """The mails; it is on the trail of the person, too."""
    moved, registration, before = turn.moved, turn.moved.registration, turn.moved.occurrence_before
    from_to = {"before": {"occurrence": str(registration.occurrence)}, "after": {"occurrence": str(before)}}
    audit.record("person-moved-back", registration, by=by, **from_to)
    if turn.outcome == Outcome.LIST:
        seat_changes.return_to_list(registration, before, now, since=moved.waiting_since)
        return [notices.waitlisted(registration, now=now)] if turn.is_told else []
    if not turn.is_told:
        seat_changes.take_seat(registration, before, now, has_entry=_has_entry(turn))
        return []
    seat_changes.take_seat(registration, before, now)
    return [notices.slot_changed_by_staff(registration, previous=turn.knows, now=now)]


def _has_entry(turn) -> bool:
    """As before the move, if its mail with the first entry has not left."""
    is_unheard = any(mail.transfer_id for mail in turn.needless)
    return turn.moved.had_entry if is_unheard else turn.moved.registration.entry_was_mailed


def _record(slot, found, moved_up, by):
    back = found.numbers[Outcome.SEAT], found.numbers[Outcome.LIST]
    numbers = {"moved_back": back[0], "on_the_waiting_list": back[1], "stay": len(found.turns) - sum(back)}
    audit.record("people-moved-back", slot, by=by, after=numbers | {"mails": len(found.told), "moved_up": moved_up})

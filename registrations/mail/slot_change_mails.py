"""A change of a slot by staff: one mail to each registered person (the invited: invitation_mails)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from registrations.mail import kinds, outbox
from registrations.mail.notices.letters import calendar_message_id
from registrations.mail.registration_mails import ORDERED
from registrations.models import Message, Registration, SlotChange, not_sent
from sessions.models.parts import alone

OF_CHANGE = kinds.names(lambda kind: kind.is_of_change)
# Until such a mail leaves, its reader knows an earlier state, or the slot from which staff moved them.
LEAVE_LATER = Q(kind__in=OF_CHANGE) | Q(transfer__isnull=False)
# Nearer than this to a session, mails leave at once: waiting would do more harm than a slip.
NEAR = timedelta(hours=3)


@dataclass(frozen=True)
class Known:
    """What somebody knows of a slot."""

    starts_at: datetime
    ends_at: datetime
    is_called_off: bool
    parts: tuple = ()


def known(slot) -> Known:
    return Known(slot.starts_at, slot.ends_at, slot.is_called_off, slot.parts)


def known_before(change) -> Known:
    is_called_off = change.kind == SlotChange.Kind.REVIVED
    return Known(change.starts_at_before, change.ends_at_before, is_called_off, change.parts_before)


def knows_before(mail) -> Known:
    """What the reader of this mail, which has `known_starts_at`, knows before it."""
    return Known(mail.known_starts_at, mail.known_ends_at, mail.knew_called_off, mail.known_parts)


def as_stored(what: Known) -> dict:
    """The columns of a mail that say what its reader knows."""
    return {
        "known_starts_at": what.starts_at,
        "known_ends_at": what.ends_at,
        "knew_called_off": what.is_called_off,
        "known_parts": what.parts,
    }


def next_start(what: Known, now) -> datetime:
    """When it begins; between two parts when the next one does."""
    to_come = [part.starts_at for part in alone(what) if not part.is_called_off and part.ends_at > now]
    return min(to_come, default=what.starts_at)


def leave_at(starts, now) -> datetime:
    """When the mails may leave of what concerns slots with these starts; until then staff can take it back."""
    return now if min(starts) - now < NEAR else now + timedelta(minutes=settings.RECALL_MINUTES)


def mark(slot, *, now) -> int:
    """Raise SEQUENCE for each active person of a locked slot, and note that their mail of its change is unprepared.

    One statement, however many people there are; returns their number. Whose mail of an earlier change is unprepared
    still knows the state before that one.
    """
    active = Registration.objects.active().filter(occurrence=slot)
    since = Coalesce("unprepared_since", Value(slot.sequence))
    return active.update(sequence=F("sequence") + 1, revised_at=now, unprepared_since=since)


def note_entries(slot, parts):
    """For a locked slot that had no parts: what those have in their calendars whose mails carried its entry."""
    people = Registration.objects.confirmed().filter(occurrence=slot, entry_was_mailed=True, told_parts=())
    people.update(told_parts=parts)


def post(registrations, change, *, now) -> list[Registration]:
    """Prepare the mails for some people whose mail of the slot's last change is unprepared; returns who gets one.

    For locked registrations with their participants, in a locked slot. Mails of earlier changes that nobody has tried
    to send are dropped: what those people know is older, and who knows the present state hears nothing.
    """
    knowledge, present = _knowledge(registrations, change), known(change.occurrence)
    recipients = [each for each in registrations if knowledge[each.pk] != present]
    outbox.post([_mail(each, knowledge[each.pk], present, change, now) for each in recipients])
    Registration.objects.filter(pk__in=[each.pk for each in registrations]).update(unprepared_since=None)
    return recipients


def post_for(registrations, *, now):
    """`post` for those of these whose mail is unprepared, before something else happens to them.

    For locked registrations with their participants, in locked slots.
    """
    unprepared = [each for each in registrations if each.unprepared_since is not None]
    slots = {each.occurrence_id for each in unprepared}
    for change in SlotChange.objects.unprepared().filter(occurrence__in=slots).select_related("occurrence"):
        post([each for each in unprepared if each.occurrence_id == change.occurrence_id], change, now=now)


def number_to_prepare(slot) -> int:
    """How many people of a slot will still get a mail of its last change."""
    unprepared = Registration.objects.unprepared().filter(occurrence=slot)
    return unprepared.count() - number_who_know(slot, known(slot))


def number_who_know(slot, state) -> int:
    """How many people of a slot know this earlier state as the present one: the mail that tells of another waits."""
    active = Registration.objects.active().filter(occurrence=slot)
    waiting = waiting_mails(slot).filter(registration__in=active)
    by_mail = waiting.filter(**as_stored(state)).values("registration").distinct()
    since = [change.sequence for change in slot.changes.all() if known_before(change) == state]
    unprepared = active.filter(unprepared_since__in=since)
    # Not by EXISTS for each person: without statistics PostgreSQL goes through all mails for each of 10,000.
    return by_mail.count() + unprepared.exclude(pk__in=waiting.values("registration")).count()


def hurry(registrations, *, now) -> set[int]:
    """Let the mails of changes and moves that wait for these locked registrations be written anew; ids of who has one.

    Those that nobody has tried to send leave now. What was tried has octets that may have arrived: a higher SEQUENCE
    makes the next attempt another mail.
    """
    post_for(registrations, now=now)
    mails = _last_words(Message.objects.filter(LEAVE_LATER, registration__in=registrations, leased_until=None))
    # Locked, so that none is on its way as it was.
    waiting = list(mails.unsent().locked().defer("octets"))
    untried = [mail.pk for mail in waiting if not mail.attempts]
    Message.objects.filter(pk__in=untried).update(octets=b"")
    Message.objects.filter(pk__in=untried, due_at__gt=now).update(due_at=now)
    tried = [mail.registration_id for mail in waiting if mail.attempts]
    Registration.objects.filter(pk__in=tried).update(sequence=F("sequence") + 1, revised_at=now)
    return {mail.registration_id for mail in waiting}


def waiting_mails(slot):
    """The mails of changes of this slot, or of moves to it, that nobody has tried to send: their readers know less.

    Not one that a later mail will overtake: after a change of their own people know the slot as it was then.
    """
    return _last_words(Message.objects.untouched().filter(LEAVE_LATER, registration__occurrence=slot))


def _last_words(mails):
    """Of these mails those that no later one overtakes."""
    later = Message.objects.filter(registration=OuterRef("registration"), pk__gt=OuterRef("pk"))
    return mails.exclude(Exists(later.filter(kind__in=ORDERED)))


def _knowledge(registrations, change) -> dict[int, Known]:
    """What these people know of the slot, by registration id; the waiting mails that say otherwise are dropped."""
    slot, since = change.occurrence, {each.unprepared_since for each in registrations}
    before = {each.sequence: known_before(each) for each in slot.changes.filter(sequence__in=since)}
    # The version before 2026-11-28 left the mark on who chose another slot: it may name a change of the slot they left.
    knowledge = {each.pk: before.get(each.unprepared_since, known_before(change)) for each in registrations}
    return knowledge | _of_dropped_mails(registrations, slot)


def _of_dropped_mails(registrations, slot) -> dict[int, Known]:
    """Drop the mails of earlier changes that nobody has tried to send; what their readers know, by registration id."""
    # Locked one by one: a worker that claims a mail meanwhile either had it before, or finds it dropped.
    rows = list(waiting_mails(slot).filter(registration__in=registrations).locked().defer("octets"))
    Message.objects.filter(pk__in=[mail.pk for mail in rows]).drop(not_sent.SUPERSEDED)
    return {mail.registration_id: knows_before(mail) for mail in rows}


def _mail(registration, what, present, change, now) -> Message:
    return outbox.uncomposed(
        _kind(registration, what, present),
        registration,
        key=f"{registration.uid}:{registration.sequence}",
        message_id=calendar_message_id(registration, registration.sequence),
        now=now,
        due_at=change.mails_leave_at,
        change=change,
        sequence=registration.sequence,
        **as_stored(what),
    )


def _kind(registration, what, present) -> str:
    if registration.is_waiting:
        return "waiting_changed"
    if present.is_called_off:
        return "called_off"
    if what.is_called_off:
        return "revived"
    return "parts_changed" if what.parts or present.parts else "rescheduled"

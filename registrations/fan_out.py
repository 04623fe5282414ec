"""A change of a slot by staff becomes one mail to each person who must hear of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from registrations import outbox
from registrations.models import Message, Registration
from registrations.notices.letters import calendar_message_id

KINDS = ["rescheduled", "called_off", "revived", "waiting_changed"]
# Nearer than this to a session, mails leave at once: waiting would do more harm than a slip.
NEAR = timedelta(hours=3)


@dataclass(frozen=True)
class Known:
    """What somebody knows of a slot."""

    starts_at: datetime
    ends_at: datetime
    is_called_off: bool


def known(slot) -> Known:
    return Known(slot.starts_at, slot.ends_at, slot.is_called_off)


def leave_at(before, slot, now) -> datetime:
    """When the mails of a change may leave; until then staff can take it back."""
    first = min(before.starts_at, slot.starts_at)
    return now if first - now < NEAR else now + timedelta(minutes=settings.RECALL_MINUTES)


def tell(slot, before, change, *, now) -> int:
    """Post one mail to each active person whose knowledge is not the slot's present state; returns how many.

    For a locked slot, after SEQUENCE was raised. Mails of earlier changes that nobody has tried to send are dropped:
    what those people know is older, and who knows the present state hears nothing.
    """
    knowledge = _of_dropped_mails(slot)
    registrations = Registration.objects.active().filter(occurrence=slot).select_related("participant")
    told = {person: knowledge.get(person.pk, before) for person in registrations.order_by("pk")}
    present = known(slot)
    mails = [_mail(person, what, present, change, now) for person, what in told.items() if what != present]
    outbox.post(mails)
    return len(mails)


def hurry(registrations, *, now) -> set[int]:
    """Let the mails of changes that wait for these people leave now, composed anew; the ids of those who have one."""
    mails = Message.objects.unsent().filter(kind__in=KINDS, registration__in=registrations, leased_until=None)
    waiting = {mail.pk: mail for mail in mails.filter(sequence=F("registration__sequence")).defer("octets")}
    # Not of one that is claimed since: whatever is tried again has the octets of the first attempt.
    Message.objects.filter(pk__in=waiting, leased_until=None).update(octets=b"")
    Message.objects.untouched().filter(pk__in=waiting, due_at__gt=now).update(due_at=now)
    return {mail.registration_id for mail in waiting.values()}


def _of_dropped_mails(slot) -> dict[int, Known]:
    """Drop the mails of earlier changes that nobody has tried to send; what their readers know, by registration id.

    Not for a mail that the person's own change has outdated since: they know the slot as it was then.
    """
    mails = Message.objects.untouched().filter(kind__in=KINDS, registration__occurrence=slot)
    # Locked one by one: whoever claims a mail meanwhile either had it before, or finds it dropped.
    rows = list(mails.locked().select_related("registration").defer("octets"))
    Message.objects.filter(pk__in=[mail.pk for mail in rows]).drop(_("Superseded by a later change of the time slot."))
    return {
        mail.registration_id: Known(mail.known_starts_at, mail.known_ends_at, mail.knew_called_off)
        for mail in rows
        if mail.sequence == mail.registration.sequence - 1
    }


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
        known_starts_at=what.starts_at,
        known_ends_at=what.ends_at,
        knew_called_off=what.is_called_off,
    )


def _kind(registration, what, present) -> str:
    if registration.is_waiting:
        return "waiting_changed"
    if present.is_called_off:
        return "called_off"
    return "revived" if what.is_called_off else "rescheduled"

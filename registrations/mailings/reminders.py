"""Reminders before a time slot: posted by a periodic task, once for a time, and as late as they still help."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from registrations.mail import kinds, outbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Message, Registration, ReminderRound
from sessions.models import MOST_HOURS, Occurrence

KIND = "reminder"
# Who gets such a mail within a reminder's lead needs that reminder no more.
TELLING_THE_TIME = kinds.names(lambda kind: kind.tells_the_time)


def post_due(*, now) -> int:
    """Post the reminders whose time has come and return how many; may run at any moment, late or twice at once.

    After an outage the latest of them leaves, unless the next one is near; those before it are left out.
    """
    slots = list(_slots_to_come(now).filter(starts_at__lte=now + timedelta(hours=MOST_HOURS)))
    rounds = ReminderRound.objects.filter(occurrence__in=slots)
    posted = set(rounds.values_list("occurrence", "starts_at", "hours_before"))
    due = [slot for slot in slots if (hours := open_lead(slot, now)) and (slot.pk, slot.starts_at, hours) not in posted]
    return sum(_post(slot.pk, now) for slot in due)


def open_lead(slot, now) -> int | None:
    """The lead, in hours, of the season whose reminder may leave now; there is one at most."""
    leads = slot.session.season.reminders_before
    return next((hours for hours in leads if due_at(slot, hours) <= now < ends_at(slot, hours)), None)


def due_at(slot, hours):
    return slot.starts_at - timedelta(hours=hours)


def ends_at(slot, hours):
    """When a late one leaves no more: at the start, or when the next one is so near that there would be two at once.

    That is as long before the next one as that is before the start, at most half the way to it.
    """
    following = max((lead for lead in slot.session.season.reminders_before if lead < hours), default=0)
    gap = min(following, (hours - following) / 2)
    return due_at(slot, following) - timedelta(hours=gap)


@transaction.atomic
def _post(slot_pk, now) -> int:
    """Locks the slot: a second task waits here, then finds the round; a killed one leaves neither round nor mails."""
    slot = _slots_to_come(now).locked().filter(pk=slot_pk).first()
    hours = open_lead(slot, now) if slot else None
    # Who hears of a change needs no reminder: who that is, is known when all mails of the change are prepared.
    if hours is None or slot.changes.unprepared().exists():
        return 0
    posted, is_new = ReminderRound.objects.get_or_create(
        occurrence=slot, starts_at=slot.starts_at, hours_before=hours, defaults={"posted_at": now}
    )
    return _post_round(posted, now) if is_new else 0


def _post_round(posted, now) -> int:
    slot, hours = posted.occurrence, posted.hours_before
    mails = [_mail(registration, slot, hours, now) for registration in _people(slot, hours)]
    outbox.post(mails)
    posted.people = len(mails)
    posted.save(update_fields=["people"])
    return len(mails)


def _slots_to_come(now):
    """Hidden ones, too: who has a seat knows about it, and hears nothing when staff take the page down."""
    slots = Occurrence.objects.filter(starts_at__gt=now, called_off_at=None)
    return slots.select_related("session__season").in_order()


def _people(slot, hours) -> list[Registration]:
    """The confirmed people who want this reminder and knew this time before the reminder was due."""
    due = due_at(slot, hours)
    mails = Message.objects.unsent() | Message.objects.filter(sent_at__isnull=False)
    since = mails.filter(registration=OuterRef("pk"), kind__in=TELLING_THE_TIME, due_at__gte=due)
    people = Registration.objects.confirmed().filter(occurrence=slot, participant__wants_reminders=True)
    people = people.of_confirmed_people().filter(~Exists(since), registered_at__lt=due)
    people = people.select_related("participant").order_by("pk")
    return [registration for registration in people if registration.participant.wants_reminder(hours)]


def _mail(registration, slot, hours, now) -> Message:
    return outbox.uncomposed(
        KIND,
        registration,
        key=f"{registration.uid}:{slot.starts_at:%Y%m%dT%H%M%SZ}:{hours}",
        message_id=random_message_id(),
        now=now,
        due_at=now,
        known_starts_at=slot.starts_at,
        hours_before=hours,
        expires_at=ends_at(slot, hours),
    )

"""The entries of the other parts of a time slot follow the mail that carried the first, one mail each."""

from copy import copy

from django.db import transaction

from registrations.calendar import told
from registrations.mail import notices, outbox
from registrations.models import Message, Registration
from sessions.clocks import moment

KIND = "part_entry"


def record_sent(message, *, at):
    """Record that a mail has left; after one with the entry of a part, post those of the parts that differ still."""
    if message.part and message.registration_id:
        _record_and_follow(message, at)
    else:
        message.record_sent(at=at)


def lock(pks):
    """The registrations in slots with parts that these mails are about, for who locks the mails before they leave."""
    about = Registration.objects.filter(pk__in=Message.objects.filter(pk__in=pks).values("registration"))
    list(about.exclude(occurrence__parts=(), told_parts=()).locked().values_list("pk"))


@transaction.atomic
def _record_and_follow(message, at):
    """In one transaction, so that none is lost. Locks the registration, then its mails."""
    related = ["participant", "occurrence", "session__season"]
    registration = Registration.objects.locked().select_related(*related).get(pk=message.registration_id)
    message.record_sent(at=at)
    registration.told_parts = told.after(_as_said(message, registration), message.part)
    registration.save(update_fields=["told_parts"])
    if message.kind != KIND and not registration.participant.anonymised_at:
        outbox.post(following(registration, now=at))


def following(registration, *, now) -> list[Message]:
    """A mail without its text for each part whose entry is not as it should be."""
    return [_uncomposed(registration, number, now) for number in _differing(registration)]


def at_once(registration, *, now) -> list[Message]:
    """As `following`, with their texts, after a mail with the first of them: for somebody who is being erased."""
    [_first, *others] = _differing(registration) or [None]
    return [notices.part_entry(registration, number, now=now) for number in others]


def _differing(registration) -> list[int]:
    return told.differing(registration, moment.of(registration.session.season))


def _as_said(message, registration):
    """The registration as the mail told of it, with what is in the calendar by now."""
    said = copy(message.registration)
    said.told_parts = () if message.lacks_first else registration.told_parts
    return said


def _uncomposed(registration, number, now) -> Message:
    return outbox.uncomposed(
        KIND,
        registration,
        key=notices.part_entry_key(registration, number),
        message_id=notices.part_entry_message_id(registration, number),
        now=now,
        due_at=now,
        sequence=registration.sequence,
        part=number,
    )

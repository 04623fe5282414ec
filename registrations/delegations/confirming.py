"""Somebody whom a focal point has named says yes."""

from django.db import transaction

from registrations.mail import outbox, slot_change_mails
from registrations.mail.notices import confirmation
from registrations.models import Participant, Registration
from registrations.people import identification
from sessions.models import Occurrence


@transaction.atomic
def confirm(*, participant, consent, now) -> bool:
    """They count from now on, and their calendar entries are on their way.

    Returns whether it was the first time. Locks the slots, then the person, then their registrations.
    """
    mine = Registration.objects.confirmed().filter(participant=participant)
    slots = Occurrence.objects.filter(session__in=mine.values("session"))
    list(slots.locked().values_list("pk"))
    unconfirmed = Participant.objects.locked().filter(confirmed_at=None, anonymised_at=None)
    person = unconfirmed.filter(pk=participant.pk).first()
    if person is None:
        return False
    identification.confirm(person, consent, now=now)
    related = ["participant", "occurrence", "session__season"]
    to_come = mine.filter(occurrence__in=Occurrence.objects.upcoming(now))
    registrations = list(to_come.locked().select_related(*related))
    slot_change_mails.post_for(registrations, now=now)
    _bring_entries(registrations, person, now)
    if registrations:
        outbox.post(confirmation(person, registrations, now=now))
    return True


def _bring_entries(registrations, person, now):
    """A SEQUENCE of their own, because the Message-ID is made of it, and a mail of a new time may have had this one."""
    for registration in registrations:
        registration.entry_was_mailed = person.wants_entries
        registration.sequence += 1
        registration.revised_at = now
    Registration.objects.bulk_update(registrations, ["entry_was_mailed", "sequence", "revised_at"])

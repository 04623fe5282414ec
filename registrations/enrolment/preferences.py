"""What people choose about the mails and calendars that they get."""

from dataclasses import asdict

from django.db import transaction

from registrations.mail import missing_entries, outbox, slot_change_mails
from registrations.mail.notices.mailbox import new_link
from registrations.models import Participant, Registration, new_key
from registrations.people.preferences import MAIL_PREFERENCES
from sessions.models import Occurrence

MAIL = Participant.CalendarEntries.MAIL


def choose(*, participant, preferences, now) -> int:
    """Store what the person wants; returns how many calendar entries are on their way.

    Who wants entries by mail gets those that are missing, once: two transactions, because slots are locked before
    people, and a registration made between them brings its own entry.
    """
    with transaction.atomic():
        changes = asdict(preferences)
        Participant.objects.filter(pk=participant.pk).update(**changes)
    return send_missing_entries(participant.pk, now=now) if preferences.calendar_entries == MAIL else 0


def stop(*, participant, what):
    """No more mails of one of `MAIL_PREFERENCES`; stopping twice is stopping once."""
    Participant.objects.filter(pk=participant.pk).update(**{MAIL_PREFERENCES[what].column: False})


def followed_entries(participant, now):
    """Registrations to come whose entry our mails have put in a calendar: it follows changes whatever is chosen."""
    return _to_come(participant.pk, now).filter(entry_was_mailed=True)


def renew_feed_key(*, participant):
    """Give the person's calendar another address; the old one opens nothing from this moment on."""
    participant.feed_key = new_key()
    participant.save(update_fields=["feed_key"])


@transaction.atomic
def renew_key(*, participant, now):
    """Give the person's pages another address; the old one opens nothing from this moment on.

    The new one goes to their mailbox only: others who had the old one must not get it. Renewing twice with the same
    old one is renewing once.
    """
    found = Participant.objects.filter(pk=participant.pk, key=participant.key, anonymised_at=None)
    participant.key = new_key()
    if found.update(key=participant.key):
        outbox.post([new_link(participant, now=now)])


@transaction.atomic
def send_missing_entries(participant_pk, *, now) -> int:
    """To somebody who wants entries by mail those that they have not got; returns how many.

    Locks the slots, the person, then the registrations: a slot that moves meanwhile, or a second click, waits here.
    """
    missing = _to_come(participant_pk, now).lacking_entries()
    # Of people who wait too: whoever gets a seat at this moment gets the entry from here, or by what is stored.
    active = Registration.objects.active().filter(participant=participant_pk)
    slots = Occurrence.objects.filter(session__in=active.values("session"))
    list(slots.locked().values_list("pk"))
    Participant.objects.locked().get(pk=participant_pk)
    related = ["participant", "occurrence", "session__season"]
    registrations = list(missing.locked().select_related(*related))
    missing_entries.send(registrations, with_waiting_mail=slot_change_mails.hurry(registrations, now=now), now=now)
    return len(registrations)


def _to_come(participant_pk, now):
    slots = Occurrence.objects.upcoming(now)
    return Registration.objects.confirmed().filter(participant=participant_pk, occurrence__in=slots)

"""What people choose about the mails and calendars that they get."""

from dataclasses import asdict

from django.db import transaction

from registrations.mail import missing_entries, slot_change_mails
from registrations.models import Participant, Registration
from registrations.people.preferences import MAIL_PREFERENCES, with_leads
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


def want(*, participant, what):
    """The mails of one of `MAIL_PREFERENCES`; asking twice is asking once."""
    Participant.objects.filter(pk=participant.pk).update(**{MAIL_PREFERENCES[what].column: True})


def stop(*, participant, what):
    """No more mails of one of `MAIL_PREFERENCES`; stopping twice is stopping once."""
    Participant.objects.filter(pk=participant.pk).update(**{MAIL_PREFERENCES[what].column: False})


def choose_reminders(*, participant, wanted):
    """Of the leads that the season offers, in hours; none of them is no reminders at all."""
    Participant.objects.filter(pk=participant.pk).update(**with_leads(participant, wanted))


def followed_entries(participant, now):
    """Registrations to come whose entry our mails have put in a calendar: it follows changes whatever is chosen."""
    return _to_come(participant.pk, now).filter(entry_was_mailed=True)


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

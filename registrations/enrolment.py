"""Signing up, changing the time slot, cancelling, coming back, correcting one's details."""

from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from registrations import availability, notices, outbox
from registrations.mailboxes import fold_address, fold_name
from registrations.models import Participant, Registration
from registrations.wishes import USUAL
from sessions.models import Occurrence


class Refused(Exception):
    """Some slots cannot be had; `occurrence_ids` names them."""

    def __init__(self, occurrences):
        self.occurrence_ids = {occurrence.pk for occurrence in occurrences}
        super().__init__(self.occurrence_ids)


class RegistrationClosed(Refused):
    """The slot takes no registrations at this moment."""


class NoSeatLeft(Refused):
    """The slot is full."""


class NameTaken(Exception):
    """Somebody of this name is behind the same mailbox already."""


@dataclass(frozen=True)
class Details:
    """What a person says of themselves; `country` is an M49 code, `timezone` an IANA name."""

    name: str
    organisation: str
    country: str
    stakeholder: str
    language: str
    timezone: str
    access_needs: str


@dataclass(frozen=True)
class Consent:
    """The wording that the person agreed to, and its version."""

    version: str
    text: str


@transaction.atomic
def register(*, season, email, details, consent, occurrence_ids, submission, now, wishes=USUAL):
    """Give the person a seat in each of these slots, all or none, and return the new registrations.

    Locks the slots, so that two people never take the last seat. A session the person already has is left as it is; the
    mail says so, the answer does not. Details and wishes of a known person are not changed: the form proves no
    identity. Seats are counted before the person is looked up, so a full slot answers alike for known and unknown
    addresses; sending the same form again (`submission`) returns what the first one made. Raises RegistrationClosed or
    NoSeatLeft.
    """
    slots = _locked(occurrence_ids)
    earlier = Registration.objects.filter(submission=submission)
    if submission and earlier:
        return list(earlier)
    _require_open(slots, now)
    _require_seats(slots)
    participant = _known_participant(season, email, _described(details, consent, wishes, now))
    registrations = [_confirm(participant, slot, now, submission) for slot in _without_known(slots, participant)]
    if registrations:
        outbox.post(notices.confirmation(participant, registrations, now=now))
    else:
        outbox.post([notices.already_registered(participant, now=now)])
    return registrations


@transaction.atomic
def change_occurrence(*, registration_id, occurrence_id, now):
    """Move a registration to another slot of its session; the calendar entry moves with it.

    Locks both slots, then the registration. Raises RegistrationClosed or NoSeatLeft, also for a registration that was
    cancelled meanwhile.
    """
    current_id = Registration.objects.values_list("occurrence_id", flat=True).get(pk=registration_id)
    slots = {slot.pk: slot for slot in _locked([current_id, occurrence_id])}
    registration = _locked_registration(registration_id)
    target, previous = slots[occurrence_id], registration.occurrence
    if previous.pk == target.pk:
        return registration
    _require_changeable(registration, target, now)
    _require_seats([target])
    _revise(registration, now, occurrence=target)
    outbox.post([notices.slot_changed(registration, previous=previous, now=now)])
    return registration


@transaction.atomic
def cancel(*, registration_id, now):
    """Give the seat back and take the entry out of the calendar; cancelling twice is cancelling once.

    Raises RegistrationClosed when the slot is over.
    """
    registration = _locked_registration(registration_id)
    if registration.is_cancelled:
        return registration
    if registration.occurrence.is_over(now):
        raise RegistrationClosed([registration.occurrence])
    _revise(registration, now, status=Registration.Status.CANCELLED, cancelled_at=now)
    outbox.post([notices.cancelled(registration, now=now)])
    return registration


@transaction.atomic
def come_back(*, participant, occurrence_id, now):
    """Register a known person again for a session that they cancelled: a new cycle with a new calendar UID.

    Returns the active registration. Raises RegistrationClosed or NoSeatLeft.
    """
    [slot] = _locked([occurrence_id])
    participant = Participant.objects.select_for_update(of=("self",)).select_related("season").get(pk=participant.pk)
    active = participant.registrations.active().filter(session=slot.session_id).first()
    if active:
        return active
    _require_open([slot], now)
    _require_seats([slot])
    registration = _confirm(participant, slot, now)
    outbox.post(notices.confirmation(participant, [registration], now=now))
    return registration


@transaction.atomic
def correct_details(*, participant, details):
    """Store what the person corrected. Raises NameTaken."""
    changes = asdict(details) | {"name_key": fold_name(details.name)}
    try:
        with transaction.atomic():
            Participant.objects.filter(pk=participant.pk).update(**changes)
    except IntegrityError:
        raise NameTaken from None


def _locked(occurrence_ids):
    """The slots with their sessions, locked in the order of their ids so that no two sign-ups wait for each other."""
    slots = Occurrence.objects.select_for_update(of=("self",)).select_related("session__season")
    return list(slots.filter(pk__in=occurrence_ids).order_by("pk"))


def _locked_registration(registration_id):
    related = ["participant", "occurrence", "session__season"]
    return Registration.objects.select_for_update(of=("self",)).select_related(*related).get(pk=registration_id)


def _require_open(slots, now):
    closed = [slot for slot in slots if not availability.takes_registrations(slot, now)]
    if closed:
        raise RegistrationClosed(closed)


def _require_seats(slots):
    full = [slot for slot in slots if not availability.has_free_seat(slot)]
    if full:
        raise NoSeatLeft(full)


def _require_changeable(registration, target, now):
    """Sign-up may be closed, yet who is in may still choose a slot that is to come."""
    wrong_session = target.session_id != registration.session_id
    if wrong_session or not registration.is_confirmed or target.is_called_off or target.is_over(now):
        raise RegistrationClosed([target])
    if registration.occurrence.is_over(now):
        raise RegistrationClosed([registration.occurrence])


def _described(details, consent, wishes, now) -> dict:
    agreed = {
        "consent_version": consent.version,
        "consent_text": consent.text,
        "consented_at": now,
        "confirmed_at": now,
    }
    return asdict(details) | asdict(wishes) | agreed


def _known_participant(season, email, described):
    participant, _created = Participant.objects.get_or_create(
        season=season,
        mailbox=fold_address(email),
        name_key=fold_name(described["name"]),
        defaults=described | {"email": email},
    )
    return Participant.objects.select_for_update(of=("self",)).select_related("season").get(pk=participant.pk)


def _without_known(slots, participant):
    known = set(participant.registrations.active().values_list("session_id", flat=True))
    return [slot for slot in slots if slot.session_id not in known]


def _confirm(participant, slot, now, submission=""):
    return Registration.objects.create(
        participant=participant,
        session=slot.session,
        occurrence=slot,
        status=Registration.Status.CONFIRMED,
        registered_at=now,
        revised_at=now,
        entry_was_mailed=participant.calendar_entries == Participant.CalendarEntries.MAIL,
        submission=submission,
    )


def _revise(registration, now, **changes):
    # RFC 5545 3.8.7.4: without a higher SEQUENCE, calendars may keep the old state.
    for field, value in changes.items():
        setattr(registration, field, value)
    registration.sequence += 1
    registration.revised_at = now
    registration.save(update_fields=[*changes, "sequence", "revised_at"])

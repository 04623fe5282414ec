"""Signing up, adding sessions, changing the time slot, cancelling."""

from dataclasses import dataclass

from django.db import transaction

from registrations.enrolment import answering, locking, seat_changes, waiting_list
from registrations.enrolment.refusals import NoSeatLeft, RegistrationClosed, SlotGone, SlotMoved, TakenAway
from registrations.limits import rates
from registrations.mail import notices, outbox, part_entries
from registrations.models import Participant, Registration
from registrations.people import identification
from registrations.people.preferences import unwanted_at_first
from registrations.seats import availability, bars, counters


@dataclass(frozen=True)
class Seated:
    """Somebody who was taken in, whether they were unknown before, and their new registrations.

    Of `barred` slots they have none, since staff took their place in that session away.
    """

    participant: Participant
    is_new: bool
    new: list[Registration]
    barred: list


@transaction.atomic
def register(*, season, applicant, chosen, submission, now) -> list[Registration]:
    """Give the person a seat in each of the chosen slots, all or none, and return the new registrations.

    Of full slots a place on the waiting list, where the person agreed to it. Locks the slots, so that two people never
    take the last seat. A session the person already has is left as it is, and so is one in which staff have taken
    their place away; the mail says so, the answer does not. Details, preferences and answers of a known person stay:
    the form proves no identity. Who was named by somebody else says yes by telephone, to staff, and not by this form.
    Seats are counted before the person is looked up, so a full slot answers alike for all addresses; sending the same
    form again (`submission`) returns what the first one made, unless some of it was cancelled since.
    Raises SlotGone, SlotMoved, RegistrationClosed or NoSeatLeft.
    """
    slots = locking.slots(chosen.occurrence_ids)
    if (made := _made_by(submission)) is not None:
        return made
    require_open(slots, now, is_late=applicant.is_late)
    require_unmoved(slots, chosen.has_moved)
    full = _full_slots(slots, now, chosen.waits_for)
    participant, is_new = _found_or_stored(season, applicant, now)
    if applicant.is_by_telephone:
        identification.confirm(participant, applicant.consent, now=now)
    barred = bars.among(slots, participant)
    new = _without_known([slot for slot in slots if slot not in barred], participant, is_new=is_new)
    said = {"is_by_telephone": applicant.is_by_telephone, "client_digest": applicant.client_digest}
    registrations = _enrol(participant, new, now, waits_for=full, submission=submission, **said)
    answering.keep_first(participant, applicant.answers, sessions={slot.session_id for slot in new})
    if registrations:
        outbox.post_new(notices.confirmation(participant, registrations, now=now, is_new=is_new))
    elif not barred:
        outbox.post([notices.already_registered(participant, now=now)])
    tell_of_bars(participant, barred, now=now)
    return registrations


def admit(*, slot, applicant, invited_at, now, waits=False, has_moved=None) -> Registration | None:
    """Give an invited person a seat in this locked slot; a registration for its session that they have stays as it is.

    None, and a mail that says so, where staff have taken their place away since they were invited.

    An invitation comes by mail, so a person named by a focal point says yes by accepting it.

    Of a full slot a place on its waiting list, if they agree to that (`waits`). Within the caller's transaction, after
    the invitation was checked. `has_moved` as in ChosenSlots. Raises SlotMoved or NoSeatLeft.
    """
    require_unmoved([slot], has_moved)
    full = _full_slots([slot], now, {slot.pk} if waits else ())
    participant, _is_new = _found_or_stored(slot.session.season, applicant, now)
    if barred := bars.among([slot], participant, since=invited_at):
        tell_of_bars(participant, barred, now=now)
        return None
    identification.confirm(participant, applicant.consent, now=now)
    if active := participant.registrations.active().filter(session=slot.session_id).first():
        outbox.post([notices.already_registered(participant, now=now)])
        return active
    [registration] = _enrol(participant, [slot], now, waits_for=full)
    answering.keep_first(participant, applicant.answers, sessions={slot.session_id})
    outbox.post(notices.confirmation(participant, [registration], now=now))
    return registration


@transaction.atomic
def change_occurrence(*, registration_id, occurrence_id, now, waits=False, has_moved=None):
    """Move a registration to another slot of its session; the calendar entry moves with it.

    The seat left behind goes to who waits for it. Who waits gets a seat in the other slot, or joins its list at the end
    if they agree to that (`waits`); nobody gives up a seat for a list. `has_moved` as in ChosenSlots. Locks the slots,
    then the registration. Raises SlotMoved, RegistrationClosed or NoSeatLeft, also for a registration that was
    cancelled meanwhile.
    """
    slots = locking.slots_around(registration_id, occurrence_id)
    registration = locking.registration(registration_id)
    target, previous = slots[occurrence_id], registration.occurrence
    if previous.pk == target.pk:
        return registration
    _require_changeable(registration, target, now)
    require_unmoved([target], has_moved)
    full = _full_slots([target], now, {target.pk} if waits and registration.is_waiting else ())
    if registration.is_waiting:
        outbox.post(seat_changes.leave_list_for(registration, target, now, waits=bool(full)))
        return registration
    seat_changes.take_seat(registration, target, now)
    outbox.post([notices.slot_changed(registration, previous=previous, now=now)])
    waiting_list.promote(previous, now=now)
    return registration


@transaction.atomic
def cancel(*, registration_id, now, tell=None):
    """Give the seat back and take the entry out of the calendar, or leave the waiting list; twice is once.

    The seat goes to who waits for it. `tell` makes the mail where it was not the person who cancelled. Locks the slots,
    then the registration. Raises RegistrationClosed when the slot is over.
    """
    locking.slots_around(registration_id)
    registration = locking.registration(registration_id)
    if registration.is_cancelled:
        return registration
    if registration.occurrence.is_over(now):
        raise RegistrationClosed([registration.occurrence])
    tell = tell or (notices.left_waiting_list if registration.is_waiting else notices.cancelled)
    counters.leave(registration)
    seat_changes.revise(registration, now, status=Registration.Status.CANCELLED, cancelled_at=now)
    outbox.post([tell(registration, now=now), *part_entries.at_once(registration, now=now)])
    waiting_list.promote(registration.occurrence, now=now)
    return registration


@transaction.atomic
def add_session(*, participant, occurrence_id, now, waits=False, has_moved=None):
    """Register a known person for one more session, or again for one that they cancelled: a new calendar UID.

    For a full slot on its waiting list, if they agree to that (`waits`). `has_moved` as in ChosenSlots. Returns the
    active registration. Raises SlotMoved, RegistrationClosed, NoSeatLeft, or TakenAway.
    """
    [slot] = locking.slots([occurrence_id])
    known = Participant.objects.locked().select_related("season")
    participant = known.filter(pk=participant.pk, anonymised_at=None).first()
    if participant is None:
        raise RegistrationClosed([slot])
    active = participant.registrations.active().filter(session=slot.session_id).first()
    if active:
        return active
    if barred := bars.among([slot], participant):
        raise TakenAway(barred)
    require_open([slot], now)
    require_unmoved([slot], has_moved)
    full = _full_slots([slot], now, {slot.pk} if waits else ())
    [registration] = _enrol(participant, [slot], now, waits_for=full)
    outbox.post(notices.confirmation(participant, [registration], now=now))
    return registration


def require_open(slots, now, *, is_late=False):
    """For slots with their sessions and season; `is_late` as in Applicant. Raises RegistrationClosed."""
    closed = [slot for slot in slots if not is_open(slot, now, is_late=is_late)]
    if closed:
        raise RegistrationClosed(closed)


def require_unmoved(slots, has_moved):
    """Raises SlotMoved, and SlotGone where there is no slot at all."""
    if not slots:
        raise SlotGone([])
    if has_moved and (moved := [slot for slot in slots if has_moved(slot)]):
        raise SlotMoved(moved)


def is_open(slot, now, *, is_late=False) -> bool:
    """Whether anybody may choose the slot at this moment; a form may be open still when staff take its season back."""
    takes = availability.takes_callers if is_late else availability.takes_registrations
    return slot.session.season.is_published and takes(slot, now)


def seat(*, slots, season, applicant, now, is_proven=False) -> Seated:
    """Seats for somebody in locked slots that have some, without a mail.

    `is_proven` says that they have shown that the mailbox is theirs.
    """
    participant, is_new = _found_or_stored(season, applicant, now)
    if is_proven:
        identification.confirm(participant, applicant.consent, now=now)
    barred = bars.among(slots, participant)
    new = _without_known([slot for slot in slots if slot not in barred], participant, is_new=is_new)
    return Seated(participant, is_new, _enrol(participant, new, now), barred)


def tell_of_bars(participant, barred, *, now):
    """The mail to somebody who asked for places that they may not have; none where there are none such."""
    if barred:
        outbox.post([notices.place_refused(participant, barred, now=now)])


def _full_slots(slots, now, waits_for):
    """Of locked slots those without a seat for a newcomer. Raises NoSeatLeft where the person did not agree to wait."""
    full = [slot for slot in slots if availability.is_full(slot)]
    refused = [slot for slot in full if slot.pk not in waits_for or not availability.has_waiting_list(slot, now)]
    if refused:
        raise NoSeatLeft(refused)
    return full


def _require_changeable(registration, target, now):
    """Sign-up may be closed, yet who is in may still choose a slot that is to come; who waited in vain, too."""
    wrong_session = target.session_id != registration.session_id
    if wrong_session or registration.is_cancelled or target.is_called_off or target.is_over(now):
        raise RegistrationClosed([target])
    if registration.is_confirmed and registration.occurrence.is_over(now):
        raise RegistrationClosed([registration.occurrence])


def _made_by(submission) -> list[Registration] | None:
    """What the form made when it was sent before; None for a new sign-up, also where some of it was cancelled since.

    That is a change of the person, who has so many in an hour: others who have their personal link could cancel and
    send the form again and again, and each time a mail leaves for their mailbox.
    """
    made = list(Registration.objects.filter(submission=submission)) if submission else []
    if not made:
        return None
    kept = [registration for registration in made if not registration.is_cancelled]
    is_whole = {each.session_id for each in kept} == {each.session_id for each in made}
    is_new = not is_whole and rates.passes(rates.CHANGES_OF_A_PERSON, str(made[0].participant_id))
    return None if is_new else kept


def _found_or_stored(season, applicant, now) -> tuple[Participant, bool]:
    fields = applicant.fields(now) | {"unwanted_leads": unwanted_at_first(season)}
    return identification.find_or_store(season, applicant.email, fields)


def _without_known(slots, participant, *, is_new):
    if is_new:
        return slots
    known = set(participant.registrations.active().values_list("session_id", flat=True))
    return [slot for slot in slots if slot.session_id not in known]


def _enrol(participant, slots, now, *, waits_for=(), **said):
    """New registrations for these slots, in their order; of those in `waits_for` for their lists."""
    new = [_claim(participant, slot, now, waits=slot in waits_for, **said) for slot in slots]
    counters.change([slot for slot in slots if slot not in waits_for], taken=1)
    counters.change([slot for slot in slots if slot in waits_for], waiting=1)
    return Registration.objects.bulk_create(new)


def _claim(participant, slot, now, *, waits, **said):
    return Registration(
        participant=participant,
        session=slot.session,
        occurrence=slot,
        status=Registration.Status.WAITLISTED if waits else Registration.Status.CONFIRMED,
        registered_at=now,
        waiting_since=waiting_list.end_of(slot, now=now) if waits else None,
        revised_at=now,
        entry_was_mailed=participant.wants_entries and not waits,
        **said,
    )

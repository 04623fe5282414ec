"""A focal point signs up a whole delegation: what they typed waits until they press the button in their own mail."""

from dataclasses import asdict

from django.db import transaction

from registrations.delegations.members import DelegationMembers
from registrations.enrolment import enrolment, locking, preferences, refusals
from registrations.mail import outbox
from registrations.mail.notices import delegations
from registrations.models import Delegation, Participant
from registrations.people.identity import fold_address
from registrations.seats import availability
from sessions.models import Occurrence


class Expired(Exception):
    """The focal point did not press the button within the term, or has erased what was stored about them since."""


@transaction.atomic
def ask(*, season, applicants, chosen, submission, now):
    """Keep what the focal point typed, and post them, and nobody else, the mail with the button.

    The same form sent again does nothing. Raises SlotGone, SlotMoved, RegistrationClosed, or NoSeatLeft for a slot that
    everybody sees is full: places for all of them are counted behind the button, so that no form finds out how many are
    left.
    """
    slots = _slots_to_ask_for(chosen, now)
    asked = Delegation(season=season, submission=submission, asked_at=now, **_fields(applicants, slots))
    Delegation.objects.bulk_create([asked], ignore_conflicts=True)
    if Delegation.objects.filter(key=asked.key).exists():
        outbox.post([delegations.please_confirm(DelegationMembers(asked), slots, now=now)])


def _slots_to_ask_for(chosen, now) -> list[Occurrence]:
    wanted = Occurrence.objects.filter(pk__in=chosen.occurrence_ids)
    slots = list(wanted.select_related("session__season").in_order())
    if gone := set(chosen.occurrence_ids).difference(slot.pk for slot in slots):
        raise refusals.SlotGone(gone)
    enrolment.require_open(slots, now)
    enrolment.require_unmoved(slots, chosen.has_moved)
    _require_seats(slots, people=1)
    return slots


def _fields(applicants, slots) -> dict:
    """Of the delegation to be stored."""
    point, consent = applicants.point, applicants.consent
    return {
        "email": point.email,
        "mailbox": fold_address(point.email),
        "takes_part": point.takes_part,
        "details": asdict(point.details),
        "named": [[who.name, who.email] for who in applicants.named],
        "occurrences": [slot.pk for slot in slots],
        "consent_version": consent.version,
        "consent_text": consent.text,
    }


def sign_up(*, delegation_id, occurrence_ids, now) -> bool:
    """The button: everybody has a seat in each of these slots of the delegation, all or none; False if done before.

    The focal point gets the entries that they lacked if somebody else had named them. Raises Expired,
    RegistrationClosed or NoSeatLeft.
    """
    focal = _sign_up(delegation_id, occurrence_ids, now)
    if focal:
        preferences.send_missing_entries(focal.pk, now=now)
    return focal is not None


@transaction.atomic
def _sign_up(delegation_id, occurrence_ids, now) -> Participant | None:
    """Locks the slots, then the delegation, then the people. Seats are counted for all of them before anybody is looked
    up; known people keep their details, and stay confirmed if they are.
    """
    found = Delegation.objects.filter(pk=delegation_id)
    wanted = {slot for slots in found.values_list("occurrences", flat=True) for slot in slots}
    slots = locking.slots(wanted.intersection(occurrence_ids))
    asked = found.locked().select_related("season").first()
    if asked is None:
        raise Expired
    if asked.is_signed_up:
        return None
    if asked.has_expired(now):
        raise Expired
    _require_places(slots, DelegationMembers(asked).size, now)
    focal = DelegationMembers(asked).take_in(slots, now=now)
    Delegation.objects.filter(pk=asked.pk).update(signed_up_at=now)
    Delegation.objects.filter(pk=asked.pk).empty(language=asked.details.get("language", ""))
    return focal


def has_places(slot, people) -> bool:
    """Whether so many newcomers get a seat."""
    left = availability.seats_for_newcomers(slot)
    return left is None or left >= people


def _require_places(slots, people, now):
    if not slots:
        raise refusals.RegistrationClosed([])
    enrolment.require_open(slots, now)
    _require_seats(slots, people=people)


def _require_seats(slots, *, people):
    short = [slot for slot in slots if not has_places(slot, people)]
    if short:
        raise refusals.NoSeatLeft(short)

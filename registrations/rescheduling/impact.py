"""What a change of a time slot would do to people, for staff to see before they make it."""

from copy import copy
from dataclasses import dataclass

from django.db.models import Count

from registrations.mail import invitation_mails, notices, slot_change_mails
from registrations.mail.notices.invitations import invitation_changed
from registrations.mail.notices.letters import random_message_id
from registrations.models import Registration
from registrations.people import sample_person
from sessions.clocks.wall_clock import is_at_night
from sessions.models import Occurrence


@dataclass(frozen=True)
class Impact:
    """How many people a change concerns, for how many the hour is night (22:00 to 06:00), for how many of these it was
    not night before, and how many have taken another session at that time."""

    people: int
    at_night: int
    newly_at_night: int
    clashing: int

    @property
    def by_day(self) -> int:
        return self.people - self.at_night


@dataclass(frozen=True)
class Audience:
    """How many people hear of a change, how many of these are `invited` and have not answered, and how many hear
    nothing: they know the new state as the present one, because the mail that tells of another has not left."""

    recipients: int
    invited: int
    silent: int


def of_times(*, occurrence, times) -> Impact:
    """The impact of holding the slot at these pairs of a start and an end; `occurrence` has its present ones."""
    zones = _active(occurrence).values_list("participant__timezone").annotate(Count("pk")).order_by()
    at_night = newly = people = 0
    for zone, number in zones:
        people += number
        if _any_at_night(times, zone):
            at_night += number
            newly += 0 if _any_at_night(times_held(occurrence), zone) else number
    return Impact(people, at_night, newly, _clashing(occurrence, times))


def times_held(occurrence) -> list[tuple]:
    """The start and end of the slot, or of each of its parts that is held."""
    return [(stretch.starts_at, stretch.ends_at) for stretch in occurrence.held_stretches or occurrence.stretches]


def _any_at_night(times, zone) -> bool:
    return any(is_at_night(*each, zone) for each in times)


def audience(occurrence, state: slot_change_mails.Known) -> Audience:
    """Who hears of it when the slot gets this state; counted once, because a slot may have 10,000 people."""
    know = slot_change_mails.number_who_know(occurrence, state)
    invited_know = invitation_mails.number_who_know(occurrence, state)
    invited = invitation_mails.number_unanswered(occurrence) - invited_know
    registered = _active(occurrence).count() - know
    return Audience(recipients=registered + invited, invited=invited, silent=know + invited_know)


def sample_of_move(*, occurrence, starts_at, ends_at, now, is_invented=False):
    """The mail that the first of the people would get, composed and not stored; None when there is nobody.

    An invented one is to a person who does not exist, for staff who may not see people.
    """
    moved = _with_reason_open(occurrence)
    moved.starts_at, moved.ends_at = starts_at, ends_at
    return _sample(occurrence, moved, lambda r: notices.rescheduled(r, previous=occurrence, now=now), now, is_invented)


def sample_of_parts(*, occurrence, arranged, now, is_invented=False):
    """As `sample_of_move`; `arranged` is a copy of the slot with its parts to come."""
    after, is_in_parts = _with_reason_open(arranged), bool(arranged.parts or occurrence.parts)
    tell = notices.parts_changed if is_in_parts else notices.rescheduled
    return _sample(occurrence, after, lambda r: tell(r, previous=occurrence, now=now), now, is_invented)


def sample_of_calling_off(*, occurrence, now, is_invented=False):
    called_off = _with_reason_open(occurrence)
    called_off.called_off_at = now
    return _sample(occurrence, called_off, lambda r: notices.called_off(r, now=now), now, is_invented)


def sample_of_revival(*, occurrence, now, is_invented=False):
    revived = _with_reason_open(occurrence)
    revived.called_off_at = None
    return _sample(occurrence, revived, lambda r: notices.revived(r, previous=occurrence, now=now), now, is_invented)


def _with_reason_open(occurrence):
    """A copy: that of the change before it is no reason for this one."""
    after = copy(occurrence)
    after.reason = ""
    return after


def _sample(slot, after, compose, now, is_invented):
    """Of somebody with a seat; where nobody has one, of somebody who waits for one."""
    people = _active(slot).select_related("participant__season", "session__season", "session__stream").order_by("pk")
    first = people.confirmed().first() or people.first()
    if first is None:
        return _sample_for_invited(slot, after, now, is_invented)
    if is_invented:
        first = sample_person.in_place_of(first)
    registration = _after(first, after)
    if registration.is_waiting:
        return notices.waiting_changed(registration, previous=slot, was_called_off=slot.is_called_off, now=now)
    return compose(registration)


def _sample_for_invited(slot, after, now, is_invented):
    invitation = invitation_mails.first_unanswered(slot)
    if invitation is None:
        return None
    if is_invented:
        invitation = sample_person.invited_in_place_of(invitation)
    others = invitation.session.occurrences.upcoming(now).exclude(pk=slot.pk)
    held = [] if after.is_called_off else [after]
    return invitation_changed(
        invitation,
        slots=sorted([*others, *held], key=lambda each: each.starts_at),
        previous=None if slot.is_called_off else slot,
        message_id=random_message_id(),
        now=now,
    )


def _after(registration, slot):
    """The registration as it would be after the change; for reading only."""
    registration.occurrence = slot
    registration.sequence += 1
    return registration


def _clashing(slot, times) -> int:
    people = _active(slot).values("participant")
    first, last = min(start for start, _end in times), max(end for _start, end in times)
    between = Occurrence.objects.overlapping(first, last).exclude(pk=slot.pk)
    then = [other.pk for other in between if other.is_held_at(*times)]
    others = Registration.objects.confirmed().filter(occurrence__in=then, participant__in=people)
    return others.values("participant").distinct().count()


def _active(slot):
    return Registration.objects.active().filter(occurrence=slot)

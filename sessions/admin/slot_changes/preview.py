"""What a change of a time slot does, in words for the staff, before it is made."""

from copy import copy
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.mail.slot_change_mails import Known, known, next_start
from registrations.presenters.staff import sample_mail
from registrations.presenters.staff.recipients import mails_would_leave
from registrations.presenters.staff.sample_mail import SampleMail
from registrations.rescheduling import arranging, impact
from sessions.admin import wording
from sessions.clocks.dates import number
from sessions.models.parts import alone, times_of


@dataclass(frozen=True)
class Effect:
    """So many `recipients` get a mail like `mail`; nobody at all is registered if `is_without_people`."""

    recipients: int
    is_without_people: bool
    facts: list[str]
    leave: str
    mail: SampleMail | None

    @property
    def headline(self) -> str:
        if self.is_without_people:
            return _("Nobody is registered for it, so nobody will be told.")
        return wording.will_be_mailed(self.recipients)


def of_move(slot, starts_at, ends_at, *, now, shows_people) -> Effect:
    times = {"occurrence": slot, "starts_at": starts_at, "ends_at": ends_at}
    affected = impact.of_times(occurrence=slot, times=[(starts_at, ends_at)])
    facts = [*_hours(affected), *_becomes_night(affected), *_clashes(affected)]
    sample = partial(impact.sample_of_move, now=now, is_invented=not shows_people, **times)
    return _effect(slot, moved(starts_at, ends_at), facts, sample, now)


def of_parts(slot, parts, *, now, shows_people) -> Effect:
    after = slot_arranged(slot, parts)
    affected = impact.of_times(occurrence=slot, times=impact.times_held(after))
    facts = [*_hours(affected), *_becomes_night(affected), *_clashes(affected), *_entries(slot, after)]
    sample = partial(impact.sample_of_parts, occurrence=slot, arranged=after, now=now, is_invented=not shows_people)
    return _effect(slot, known(after), facts, sample, now)


def arranged(slot, parts) -> Known:
    return known(slot_arranged(slot, parts))


def slot_arranged(slot, parts):
    """A copy of the slot as it would be with these parts, for reading only."""
    after = copy(slot)
    after.parts = arranging.arrangement(slot, parts)
    after.starts_at, after.ends_at = times_of(after.parts or parts)
    return after


def of_calling_off(slot, *, now, shows_people) -> Effect:
    sample = partial(impact.sample_of_calling_off, occurrence=slot, now=now, is_invented=not shows_people)
    return _effect(slot, called_off(slot), [], sample, now)


def of_revival(slot, *, now, shows_people) -> Effect:
    affected = impact.of_times(occurrence=slot, times=impact.times_held(slot))
    sample = partial(impact.sample_of_revival, occurrence=slot, now=now, is_invented=not shows_people)
    return _effect(slot, held(slot), [*_hours(affected), *_clashes(affected)], sample, now)


def moved(starts_at, ends_at) -> Known:
    return Known(starts_at, ends_at, is_called_off=False)


def called_off(slot) -> Known:
    return replace(known(slot), is_called_off=True)


def held(slot) -> Known:
    return replace(known(slot), is_called_off=False)


def _effect(slot, after, facts, sample, now) -> Effect:
    audience = impact.audience(slot, after)
    recipients, silent = audience.recipients, _silent(audience.silent)
    starts = [next_start(what, now) for what in (known(slot), after)]
    all_facts = facts + _waiting(slot) + _invited(audience.invited)
    return Effect(
        recipients=recipients,
        is_without_people=not recipients and not audience.silent,
        # Where nobody gets a mail, "all of them" are those who hear nothing.
        facts=all_facts + silent if recipients else silent + all_facts,
        leave=mails_would_leave(starts, slot.session.season, now=now) if recipients else "",
        mail=sample_mail.read(sample()) if recipients else None,
    )


def _entries(slot, after):
    """How many mails with an entry each person gets besides the one that says all."""
    before = {part.number: part.times for part in alone(slot) if not part.is_called_off}
    then = {part.number: part.times for part in alone(after) if not part.is_called_off}
    others = sum(before.get(each) != then.get(each) for each in before.keys() | then.keys()) - 1
    if others < 1:
        return []
    text = ngettext(
        "Each part has a calendar entry of its own: %(number)s more short mail follows, with the other one.",
        "Each part has a calendar entry of its own: %(number)s more short mails follow, with one of the others each.",
        others,
    )
    return [text % {"number": number(others)}]


def _hours(affected):
    if not affected.people:
        return []
    if not affected.at_night:
        return [_("The hour is by day (06:00 to 22:00) for all of them.")]
    if not affected.by_day:
        return [_("The hour is at night (22:00 to 06:00) for all of them.")]
    text = _("The hour is by day (06:00 to 22:00) for %(day)s of them, and at night for %(night)s.")
    return [text % {"day": number(affected.by_day), "night": number(affected.at_night)}]


def _becomes_night(affected):
    if not affected.newly_at_night:
        return []
    text = ngettext(
        "It becomes night for %(number)s person who had it by day until now.",
        "It becomes night for %(number)s people who had it by day until now.",
        affected.newly_at_night,
    )
    return [text % {"number": number(affected.newly_at_night)}]


def _clashes(affected):
    if not affected.clashing:
        return []
    text = ngettext(
        "%(number)s of them is registered for another session at that time.",
        "%(number)s of them are registered for another session at that time.",
        affected.clashing,
    )
    return [text % {"number": number(affected.clashing)}]


def _waiting(slot):
    people = slot.waiting
    if not people:
        return []
    text = ngettext(
        "%(number)s of them is on the waiting list: that mail has no calendar entry.",
        "%(number)s of them are on the waiting list: their mails have no calendar entry.",
        people,
    )
    return [text % {"number": number(people)}]


def _invited(people):
    if not people:
        return []
    text = ngettext(
        "%(number)s of them is invited and has not answered: that mail has no calendar entry.",
        "%(number)s of them are invited and have not answered: their mails have no calendar entry.",
        people,
    )
    return [text % {"number": number(people)}]


def _silent(people):
    if not people:
        return []
    text = ngettext(
        "%(number)s person hears nothing: the mail of an earlier change has not left, and it is dropped.",
        "%(number)s people hear nothing: the mails of an earlier change have not left, and they are dropped.",
        people,
    )
    return [text % {"number": number(people)}]

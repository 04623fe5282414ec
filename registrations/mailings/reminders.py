"""Reminders before a time slot: posted by a periodic task, once for a time, and as late as they still help.

What several slots of one day tell a person is one mail, posted with the first of them.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from registrations.calendar import itip
from registrations.mail import kinds, outbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Message, Registration, ReminderRound, SlotChange
from sessions.clocks import reminder_times
from sessions.models import MOST_HOURS, Occurrence
from sessions.seasons.season_clocks import ALL

KIND, KIND_OF_SEVERAL = "reminder", "reminders"
# Who gets such a mail within a reminder's lead needs that reminder no more.
TELLING_THE_TIME = kinds.names(lambda kind: kind.tells_the_time)


def post_due(*, now, seasons=ALL) -> int:
    """Post the reminders of these seasons whose time has come and return how many; `now` is the time in them.

    May run at any moment, late or twice at once.

    After an outage the latest of them leaves, unless the next one is near; those before it are left out.
    """
    slots = seasons.among(_slots_to_come(now), "session__season")
    slots = _to_come(slots.filter(starts_at__lte=now + timedelta(hours=MOST_HOURS)), now)
    rounds = ReminderRound.objects.filter(occurrence__in=slots)
    posted = set(rounds.values_list("occurrence", "starts_at", "hours_before"))
    due = [slot for slot in slots if (hours := open_lead(slot, now)) and (slot.pk, slot.starts_at, hours) not in posted]
    return sum(_post(slot, open_lead(slot, now), now) for slot in due)


def open_lead(slot, now) -> int | None:
    """The lead, in hours, of the season whose reminder may leave now; there is one at most."""
    leads = slot.session.season.reminders_before
    return next((hours for hours in leads if _due_at(slot, hours) <= now < ends_at(slot, hours)), None)


def ends_at(slot, hours):
    """When a late one leaves no more."""
    return reminder_times.ends_at(slot.starts_at, hours, slot.session.season.reminders_before)


def _due_at(slot, hours):
    return reminder_times.due_at(slot.starts_at, hours)


@transaction.atomic
def _post(seen, hours, now) -> int:
    """The reminders of a slot as it was `seen`; of one that has changed since, the next run finds out what is due.

    Locks it, and those that one mail may tell of with it: a second task waits here, then finds what the first has
    posted; a killed one leaves neither round nor mails.
    """
    slots = _told_with(seen, hours, now)
    slot = next((each for each in slots if each.pk == seen.pk and each.starts_at == seen.starts_at), None)
    changing = set(SlotChange.objects.unprepared().filter(occurrence__in=slots).values_list("occurrence", flat=True))
    # Who hears of a change needs no reminder: who that is, is known when all mails of the change are prepared.
    if slot is None or slot.pk in changing or open_lead(slot, now) != hours:
        return 0
    posted, is_new = ReminderRound.objects.get_or_create(
        occurrence=slot, starts_at=slot.starts_at, hours_before=hours, defaults={"posted_at": now}
    )
    if not is_new:
        return 0
    others = [each for each in slots if each is not slot and each.pk not in changing]
    return _post_round(posted, _without_round(others, hours), now)


def _told_with(slot, hours, now):
    """The slot, and those to come of its season that one mail may tell of with it, locked."""
    latest = slot.starts_at + reminder_times.longest_together(hours)
    of_season = _slots_to_come(now).filter(session__season=slot.session.season_id, starts_at__lt=latest)
    then = of_season.filter(Q(starts_at__gte=slot.starts_at) | ~Q(parts=()), ends_at__gt=slot.starts_at)
    return [each for each in _to_come(then.locked(), now) if slot.starts_at <= each.starts_at < latest]


def _without_round(slots, hours):
    """Those of which nobody was reminded at this lead, but with another slot."""
    rounds = ReminderRound.objects.filter(occurrence__in=slots, hours_before=hours)
    posted = set(rounds.values_list("occurrence", "starts_at"))
    return [slot for slot in slots if (slot.pk, slot.starts_at) not in posted]


def _post_round(posted, others, now) -> int:
    """For the people of the slot one mail each, which tells of the other slots as well that belong to it."""
    slot, hours = posted.occurrence, posted.hours_before
    told = _told(slot, others, hours)
    outbox.post([_mail(of_one, hours, now) for [of_one, *more] in told if not more])
    _post_of_several([registrations for registrations in told if len(registrations) > 1], hours, now)
    posted.people = len(told)
    posted.save(update_fields=["people"])
    return len(told)


def _slots_to_come(now):
    """Hidden ones, too: who has a seat knows about it, and hears nothing when staff take the page down."""
    to_come = Q(starts_at__gt=now) | ~Q(parts=()) & Q(ends_at__gt=now)
    slots = Occurrence.objects.filter(to_come, called_off_at=None)
    return slots.select_related("session__season").in_order()


def _to_come(slots, now) -> list[Occurrence]:
    """The slots, and of those in parts each part, that have not begun."""
    return [stretch for slot in slots for stretch in slot.held_stretches if stretch.starts_at > now]


def _told(slot, others, hours) -> list[list[Registration]]:
    """What each person of the slot is told of who wants this reminder: first the slot, then those that belong to it."""
    slots = defaultdict(list)
    for each in (slot, *others):
        slots[each.pk].append(each)
    known = _who_knew(slots, hours, _due_at(slot, hours))
    of_slot = known.filter(occurrence=slot)
    found = known.filter(participant__in=of_slot.values("participant")) if others else of_slot
    by_person = defaultdict(list)
    registrations = found.select_related("participant").order_by("participant", "pk")
    for registration in _without_told_parts(registrations, slots, hours):
        if registration.participant.wants_reminder(hours):
            by_person[registration.participant_id].append(registration)
    told = [_in_one_mail(registrations, slot, hours) for registrations in by_person.values()]
    return [registrations for registrations in told if registrations[0].occurrence is slot]


def _without_told_parts(registrations, slots, hours) -> list[Registration]:
    """Each with its slot; of slots in parts one for each part of which its person was not reminded."""
    in_parts = [each for stretches in slots.values() for each in stretches if each.part]
    mails = Message.objects.filter(kind=KIND, registration__occurrence__in=in_parts, hours_before=hours)
    told = set(mails.values_list("registration", "known_starts_at")) if in_parts else set()
    return [
        itip.at(registration, stretch) if stretch.part else _in_slot(registration, stretch)
        for registration in registrations
        for stretch in slots[registration.occurrence_id]
        if not (stretch.part and (registration.pk, stretch.starts_at) in told)
    ]


def _in_slot(registration, slot):
    registration.occurrence = slot
    return registration


def _who_knew(slots, hours, due):
    """Confirmed registrations of people who want reminders and knew the time before this one was due.

    Without those that they have been reminded of already, in one mail with another one.
    """
    mails = Message.objects.unsent() | Message.objects.filter(sent_at__isnull=False)
    since = mails.filter(registration=OuterRef("pk"), kind__in=TELLING_THE_TIME, due_at__gte=due)
    told = Message.objects.filter(kind=KIND, registration=OuterRef("pk"), hours_before=hours)
    # Parts of one slot are looked at each for itself, by `_without_told_parts`.
    told = told.filter(known_starts_at=OuterRef("occurrence__starts_at"), registration__occurrence__parts=())
    people = Registration.objects.confirmed().of_confirmed_people().filter(participant__wants_reminders=True)
    return people.filter(~Exists(since), ~Exists(told), occurrence__in=list(slots), registered_at__lt=due)


def _in_one_mail(registrations, slot, hours) -> list[Registration]:
    zone = registrations[0].participant.timezone
    told = [
        registration
        for registration in registrations
        if reminder_times.are_told_together(slot.starts_at, registration.occurrence.starts_at, hours=hours, zone=zone)
    ]
    return sorted(told, key=lambda each: (each.occurrence is not slot, each.pk, each.occurrence.starts_at))


def _post_of_several(told, hours, now):
    """One mail to each, and for each registration a row that says in which mail it is: nobody posts another one."""
    mails = [_mail_of_several(registrations, hours, now) for registrations in told]
    outbox.post_new(mails)
    included = [
        _mail(registration, hours, now, status=Message.Status.INCLUDED, said_in=mail)
        for mail, registrations in zip(mails, told, strict=True)
        for registration in registrations
    ]
    outbox.post_new(included)


def _mail_of_several(registrations, hours, now) -> Message:
    first = registrations[0]
    return outbox.uncomposed_list(
        KIND_OF_SEVERAL,
        first.participant,
        key=_key(first, hours),
        message_id=random_message_id(),
        now=now,
        due_at=now,
        hours_before=hours,
        expires_at=max(ends_at(registration.occurrence, hours) for registration in registrations),
    )


def _mail(registration, hours, now, **more) -> Message:
    slot = registration.occurrence
    return outbox.uncomposed(
        KIND,
        registration,
        key=_key(registration, hours),
        message_id=random_message_id(),
        now=now,
        due_at=now,
        known_starts_at=slot.starts_at,
        hours_before=hours,
        expires_at=ends_at(slot, hours),
        **more,
    )


def _key(registration, hours) -> str:
    return f"{registration.uid}:{registration.occurrence.starts_at:%Y%m%dT%H%M%SZ}:{hours}"

"""Mails about the parts of a time slot that is held in several."""

from dataclasses import replace

from django.conf import settings

from registrations.calendar import itip, told
from registrations.mail.notices import part_words, seats
from registrations.mail.notices.about import about, carrying, change
from registrations.mail.notices.letters import calendar_message_id, message


def parts_changed(registration, *, previous, now):
    """Staff changed parts of the slot: entries move, come and go. `previous` is what the person knew of it."""
    slot = registration.occurrence
    context = {
        "changes": part_words.changes(previous, slot, registration),
        "other_slots": seats.other_slots(registration, now),
    }
    return change("parts_changed", registration, itip.REQUEST, now, context)


def part_entry(registration, number, *, now):
    """The calendar entry of one part, after the mail that said all: it comes, moves or goes."""
    carried = told.entry(registration, number)
    context = {"part": seats.seat(carried.about, now), "goes": carried.is_cancelled}
    letter = about("part_entry", registration, carried.method, now, context, calendar_message_id(registration, 0))
    own = {
        "key": part_entry_key(registration, number),
        "message_id": part_entry_message_id(registration, number),
        **carrying(carried, now),
    }
    return message(replace(letter, **own))


def part_entry_key(registration, number) -> str:
    return f"{registration.uid}:{registration.sequence}:{number}"


def part_entry_message_id(registration, number) -> str:
    local = registration.uid.partition("@")[0]
    return f"<{local}.{registration.sequence}.{number}@{settings.UID_DOMAIN}>"

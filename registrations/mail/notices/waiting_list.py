"""Mails to people who wait for a seat: none of them has a calendar part."""

from registrations.mail.notices import seats
from registrations.mail.notices.letters import Letter, calendar_message_id, message


def waitlisted(registration, *, now):
    """The person joined the list, by signing up or from the list of another slot."""
    context = {
        "free_slots": seats.free_slots(registration, now),
        "also": seats.upcoming_besides([registration], registration.participant, now),
    }
    return message(_letter("waitlisted", registration, now, context))


def left_waiting_list(registration, *, now):
    return message(_letter("left_waiting_list", registration, now, {}))


def waiting_changed(registration, *, previous, was_called_off, now):
    """Staff moved the slot, called it off, or hold it after all. `previous` has the times that the person knew."""
    slot = registration.occurrence
    is_moved = (previous.starts_at, previous.ends_at, previous.parts) != (slot.starts_at, slot.ends_at, slot.parts)
    context = {
        "was_called_off": was_called_off,
        "previous": seats.clocks(previous, registration) if is_moved and not slot.is_called_off else None,
        "free_slots": seats.free_slots(registration, now),
    }
    return message(_letter("waiting_changed", registration, now, context))


def _letter(kind, registration, now, context):
    return Letter(
        kind=kind,
        key=f"{registration.uid}:{registration.sequence}",
        participant=registration.participant,
        season=registration.session.season,
        now=now,
        message_id=calendar_message_id(registration, registration.sequence),
        context={"seat": seats.seat(registration, now), "is_first": registration.lacks_first_mail} | context,
        registration=registration,
        sequence=registration.sequence,
        thread=calendar_message_id(registration, 0) if registration.sequence else "",
    )

"""A mail about one registration: with its calendar entry, or that of one part of its time slot."""

from registrations.calendar import itip, told
from registrations.mail.notices import seats
from registrations.mail.notices.letters import CalendarPart, Letter, calendar_message_id, message


def change(kind, registration, method, now, context):
    return message(about(kind, registration, method, now, context, thread=calendar_message_id(registration, 0)))


def about(kind, registration, method, now, context, thread=""):
    if registration.entry_was_mailed and told.is_about_parts(registration):
        calendar = carrying(told.first_entry(registration, now), now)
    else:
        calendar = {"calendar": _calendar(method, registration, now) if registration.entry_was_mailed else None}
    return Letter(
        kind=kind,
        key=f"{registration.uid}:{registration.sequence}",
        participant=registration.participant,
        season=registration.session.season,
        now=now,
        message_id=calendar_message_id(registration, registration.sequence),
        context=_common(registration, now) | context,
        registration=registration,
        sequence=registration.sequence,
        thread=thread,
        **calendar,
    )


def carrying(carried, now) -> dict:
    return {"part": carried.number, "calendar": _calendar(carried.method, carried.about, now)}


def _calendar(method, registration, now) -> CalendarPart:
    text = itip.cancel if method == itip.CANCEL else itip.request
    return CalendarPart(method, text(registration, stamp=now))


def _common(registration, now) -> dict:
    said = {"has_entry": registration.entry_was_mailed, "is_first": registration.lacks_first_mail}
    return said | {"seat": seats.seat(registration, now)}

"""What a mail says about a registration: its title, its time on three clocks, and the addresses that belong to it."""

from dataclasses import dataclass

from registrations import links
from sessions.clocks import ThreeClocks, three_clocks
from sessions.plain_text import one_line


@dataclass(frozen=True)
class Seat:
    title: str
    clocks: ThreeClocks
    is_called_off: bool
    is_over: bool
    join_url: str
    change_url: str
    cancel_url: str
    page_url: str


def seat(registration, now) -> Seat:
    """Reads the registration's session, season, slot and participant."""
    return Seat(
        title=one_line(registration.session.title),
        clocks=clocks(registration.occurrence, registration),
        is_called_off=registration.occurrence.is_called_off,
        is_over=registration.occurrence.is_over(now),
        join_url=links.join(registration),
        change_url=links.change_slot(registration),
        cancel_url=links.cancel(registration),
        page_url=links.session_page(registration.session),
    )


def clocks(slot, registration) -> ThreeClocks:
    """`slot` on the clocks of the registration's reader and season."""
    zone = registration.participant.timezone
    return three_clocks(slot.starts_at, slot.ends_at, reader_zone=zone, season=registration.session.season)


def other_slots(registration, now) -> list[ThreeClocks]:
    """The times at which the same session is held as well, still to come."""
    slots = registration.session.occurrences.upcoming(now).exclude(pk=registration.occurrence_id).in_order()
    return [clocks(slot, registration) for slot in slots]


def all_of(participant, now) -> list[Seat]:
    """Every active registration, in order of time."""
    return [seat(registration, now) for registration in in_order(_active(participant))]


def upcoming_besides(registrations, participant, now) -> list[Seat]:
    """Active registrations other than these whose slot is not over, in order of time."""
    known = {registration.pk for registration in registrations}
    others = [registration for registration in _active(participant) if registration.pk not in known]
    to_come = [registration for registration in others if not registration.occurrence.is_over(now)]
    return [seat(registration, now) for registration in in_order(to_come)]


def in_order(registrations) -> list:
    return sorted(registrations, key=lambda registration: (registration.occurrence.starts_at, registration.pk))


def _active(participant):
    return participant.registrations.active().select_related("participant", "occurrence", "session__season")

"""Who gets a certificate of a session or of a season, and who does not, for which reason."""

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum

from registrations.certificates import paper
from registrations.models import Certificate, Participant, Registration
from sessions.models import Session

SECONDS_A_MINUTE = 60


class Why(StrEnum):
    """Why somebody gets none, or that nothing is against it."""

    GETS = "gets"
    HAS_ONE = "has-one"
    ABSENT = "absent"
    TOO_SHORT = "too-short"
    NOT_CONFIRMED = "not-confirmed"
    NOT_PRINTABLE = "not-printable"


@dataclass(frozen=True)
class Attended:
    """A registration that counts; no `minutes` where only the click that opened the meeting is known."""

    registration: Registration
    minutes: int | None


@dataclass(frozen=True)
class Candidate:
    """Somebody with a seat that is over. `attended` counts.

    `there` are minutes that were too few, `needed` how many it takes; `missing` are characters that no font has.
    """

    participant: Participant
    why: Why
    attended: tuple[Attended, ...] = ()
    there: int = 0
    needed: int = 0
    missing: str = ""


def candidates(season, session, *, now, only=None) -> list[Candidate]:
    """Everybody who had a seat in the session, or without one in an open session of the season; by name.

    Time slots that are over and were held. `only` these people, by id. Who was erased is nobody.
    """
    by_person = defaultdict(list)
    for registration in _seats(season, session, now, only):
        by_person[registration.participant].append(registration)
    holders = set(
        Certificate.objects.standing()
        .of_scope(season, session)
        .filter(participant__in=[person.pk for person in by_person])
        .values_list("participant", flat=True)
    )
    percent = season.certificate_percent
    found = [_candidate(person, seats, person.pk in holders, percent) for person, seats in by_person.items()]
    return _without_missing_characters(found)


def needed_seconds(slot, percent) -> int:
    """Rounded up; of one in parts, of those that are held."""
    held = slot.held_stretches or slot.stretches
    length = int(sum((each.ends_at - each.starts_at).total_seconds() for each in held))
    return -(-length * percent // 100)


def attended(registration, percent) -> Attended | None:
    """What of it counts: enough time in the reports of its slot, or without one the click on “join”."""
    seconds = registration.attended_seconds
    if seconds is None:
        return Attended(registration, None) if registration.joined_at else None
    if seconds and seconds >= needed_seconds(registration.occurrence, percent):
        return Attended(registration, seconds // SECONDS_A_MINUTE)
    return None


def _seats(season, session, now, only):
    seats = Registration.objects.confirmed().filter(
        session__season=season,
        participant__anonymised_at=None,
        occurrence__ends_at__lte=now,
        occurrence__called_off_at=None,
    )
    # Whoever reads the certificate of a season is told of no session that is hidden from others.
    seats = seats.filter(session=session) if session else seats.filter(session__access=Session.Access.OPEN)
    seats = seats if only is None else seats.filter(participant__in=only)
    related = ["participant", "occurrence", "session"]
    return seats.select_related(*related).order_by(
        "participant__name_key", "participant", "occurrence__starts_at", "pk"
    )


def _without_missing_characters(found) -> list[Candidate]:
    """All names are set together: one by one that would take a second for each thousand."""
    names = [each.participant.name_on_certificates for each in found if each.why is Why.GETS]
    missing = set(paper.missing("\n".join(names))) if names else set()
    return [_printable(each, missing) for each in found] if missing else found


def _printable(candidate, missing) -> Candidate:
    name = candidate.participant.name_on_certificates
    lacking = "".join(each for each in dict.fromkeys(name) if each in missing)
    if candidate.why is not Why.GETS or not lacking:
        return candidate
    return replace(candidate, why=Why.NOT_PRINTABLE, missing=lacking)


def _candidate(person, seats, has_one, percent) -> Candidate:
    counted = tuple(found for seat in seats if (found := attended(seat, percent)))
    if has_one:
        return Candidate(person, Why.HAS_ONE, counted)
    if person.confirmed_at is None:
        return Candidate(person, Why.NOT_CONFIRMED)
    if counted:
        return Candidate(person, Why.GETS, counted)
    longest = max(seats, key=lambda seat: seat.attended_seconds or 0)
    if not longest.attended_seconds:
        return Candidate(person, Why.ABSENT)
    there, needed = longest.attended_seconds, needed_seconds(longest.occurrence, percent)
    return Candidate(person, Why.TOO_SHORT, (), there // SECONDS_A_MINUTE, -(-needed // SECONDS_A_MINUTE))

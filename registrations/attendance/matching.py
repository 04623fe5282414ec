"""Whose times they are: by the address, and by the name only as a proposal for staff."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from registrations.attendance import presence
from registrations.attendance.reading import ADDED, Join
from registrations.models import Registration
from registrations.people import staff
from registrations.people.identity import fold_address, fold_name
from sessions.models import Occurrence

# A telephone that says whose it is: iPhone (Luis Example)
IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
OF_THE_HOUSE = ("host", "panel")


class Kind(StrEnum):
    MATCHED = "matched"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    STAFF = "staff"
    TELEPHONE = "telephone"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Visitor:
    """All times of one address, or of one name without an address.

    `candidates` are the registrations it can be, one alone where that `is_certain`, because the address says so.
    `seconds` are those inside the slot.
    """

    key: str
    name: str
    email: str
    part: str
    kind: Kind
    seconds: int
    joins: list[Join] = field(repr=False)
    candidates: list[Registration] = field(default_factory=list, repr=False)
    is_certain: bool = False


def visitors(joins, occurrence) -> list[Visitor]:
    """Everybody in a report of this slot, in the order in which they came; three questions to the database."""
    known = _Known(occurrence)
    together = defaultdict(list)
    for join in joins:
        together[key(join.email, join.name)].append(join)
    slot = occurrence.starts_at, occurrence.ends_at
    return [_visitor(who, theirs, known, slot) for who, theirs in together.items()]


def key(email, name) -> str:
    """Of somebody's time in a file, or in a report that counts. Two people without an address who have one name cannot
    be told apart.
    """
    return fold_address(email) if email else f"name: {fold_name(name)}"


def _visitor(key, joins, known, slot) -> Visitor:
    first = joins[0]
    seconds = presence.seconds([(join.joined_at, join.left_at) for join in joins], between=slot)
    part = next((join.part for join in joins if join.part in OF_THE_HOUSE), first.part)
    found, candidates = _found(key, first, part, known)
    kind = found if seconds else Kind.OUTSIDE
    return Visitor(key, first.name, first.email, part, kind, seconds, joins, candidates, found is Kind.MATCHED)


def _found(key, join, part, known) -> tuple[Kind, list[Registration]]:
    names = _names(join.name)
    if join.email and (behind := known.behind.get(key, [])):
        people = {each.participant_id for each in behind}
        of_this_name = [each for each in behind if each.participant.name_key in names]
        if len(people) == 1 or len(of_this_name) == 1:
            return Kind.MATCHED, of_this_name or behind
        return Kind.PROPOSED, behind
    if part == "telephone":
        return Kind.TELEPHONE, []
    if part in OF_THE_HOUSE or key in known.staff:
        return Kind.STAFF, []
    proposed = [each for name in names for each in known.called.get(name, [])]
    return (Kind.PROPOSED if proposed else Kind.UNKNOWN), proposed


def _names(name) -> list[str]:
    plain = ADDED.sub("", name)
    inside = IN_BRACKETS.search(plain)
    return [fold_name(each) for each in (plain, inside and inside[1]) if each]


class _Known:
    """Who is registered for the session, in this slot or another one, and who works here."""

    def __init__(self, occurrence):
        self.behind, self.called = defaultdict(list), defaultdict(list)
        for registration in latest(occurrence.session_id):
            self.behind[registration.participant.mailbox].append(registration)
            self.called[registration.participant.name_key].append(registration)
        self.staff = {fold_address(user.email) for user in staff.present() if user.email}


def latest(session_id) -> list[Registration]:
    """One of each person: the active one, or the last that was cancelled, for some of those come all the same."""
    theirs = Registration.objects.filter(session=session_id, participant__anonymised_at=None)
    # One object for each slot and not for each registration.
    of_session = Occurrence.objects.filter(session=session_id).select_related("session__season")
    slots = {slot.pk: slot for slot in of_session}
    by_person = {}
    of_person = ("name", "email", "mailbox", "name_key")
    needed = ["session", "occurrence", "status", *(f"participant__{name}" for name in of_person)]
    for registration in theirs.select_related("participant").only(*needed).order_by("registered_at", "pk"):
        registration.occurrence = slots[registration.occurrence_id]
        before = by_person.get(registration.participant_id)
        if before is None or before.is_cancelled:
            by_person[registration.participant_id] = registration
    return list(by_person.values())

"""The time slots of one session, as a season file plans them, against those that it has."""

from dataclasses import dataclass, replace

from sessions.clocks.wall_clock import as_typed
from sessions.models import Occurrence
from sessions.models.parts import alone
from sessions.seasons.load_report import CREATED, KEPT, REMOVED, UNCHANGED, UPDATED, Act, change

NOT_ASKED_FOR = "nobody asked for it"


@dataclass(frozen=True)
class Pair:
    """A planned slot and the row it is about; `against` says why the row cannot be moved."""

    planned: object
    row: Occurrence
    against: str = ""

    @property
    def moves(self) -> bool:
        return times_of_row(self.row) != self.planned.times

    @property
    def times(self):
        """Where the slot will be, or its parts."""
        return times_of_row(self.row) if self.against or not self.moves else self.planned.times


def times_of_row(row) -> list[tuple]:
    return [part.times for part in alone(row) if not part.is_called_off]


def load(session, planned, *, report, now):
    """Slots find their rows by their start; what is left on both sides is paired in order.

    Nobody's slot is moved or removed, none that was called off, and no two slots of the session come to overlap.
    """
    pairs, new, surplus = _matched(session, planned)
    pairs = _without_overlaps(_with_reasons(pairs, session, report), surplus)
    for pair in pairs:
        _update(pair, report, now)
    taken = [each for pair in pairs if not pair.row.is_called_off for each in pair.times] + _held(surplus)
    for entry in new:
        _create(session, entry, taken, report, now)
    for row in surplus:
        is_removed = report.may(Act.REMOVE, f"{_name(row)}: not in the file, is removed", against=people_of(row))
        report.count(Occurrence, REMOVED if is_removed else KEPT)
        if is_removed:
            row.delete()


def people_of(slot) -> str:
    """Why it must stay: who is registered for it, or has an invitation that names its session."""
    if slot.registrations.exists():
        return "it has registrations"
    return "people are invited to its session" if slot.session.invitations.exists() else ""


def _matched(session, planned):
    rows = {row.starts_at: row for row in session.occurrences.in_order()}
    unmatched = [entry for entry in planned if entry.starts_at not in rows]
    pairs = [Pair(entry, rows.pop(entry.starts_at)) for entry in planned if entry.starts_at in rows]
    left_over = list(rows.values())
    pairs += [Pair(entry, row) for entry, row in zip(unmatched, left_over, strict=False)]
    return pairs, unmatched[len(left_over) :], left_over[len(unmatched) :]


def _with_reasons(pairs, session, report):
    return [replace(pair, against=_reason(pair, report)) if pair.moves else pair for pair in pairs]


def _reason(pair, report) -> str:
    if Act.OVERWRITE not in report.allowed:
        return NOT_ASKED_FOR
    if pair.row.is_called_off:
        return "it was called off"
    people = people_of(pair.row)
    return f"{people}; move it in the admin" if people else ""


def _without_overlaps(pairs, surplus):
    """Moves onto another slot are given up one after the other, since what stays may be in the way of the next."""
    while pair := _first_overlap(pairs, surplus):
        kept = replace(pair, against="another slot of the session is held then")
        pairs = [kept if each is pair else each for each in pairs]
    return pairs


def _first_overlap(pairs, surplus):
    for pair in pairs:
        those = [other for other in pairs if other is not pair and not other.row.is_called_off]
        others = [each for other in those for each in other.times]
        if pair.moves and not pair.against and _overlap(pair.times, [*others, *_held(surplus)]):
            return pair
    return None


def _held(rows):
    return [each for row in rows if not row.is_called_off for each in times_of_row(row)]


def _overlap(times, others) -> bool:
    return any(begin < ends_at and starts_at < end for begin, end in times for starts_at, ends_at in others)


def _update(pair, report, now):
    row, noted = pair.row, len(report.remarks)
    changed = _moved(pair, report, now) | _other_fields(pair, report)
    if row.is_called_off:
        report.remarks.append(f"{_name(row)}: was called off, and stays so")
    if changed:
        Occurrence.objects.filter(pk=row.pk).update(**changed)
        report.count(Occurrence, UPDATED)
    else:
        report.count(Occurrence, KEPT if len(report.remarks) > noted else UNCHANGED)


def _moved(pair, report, now) -> dict:
    words = f"{_name(pair.row)}: is moved to {_hours(pair.row.session, pair.planned)}"
    against = "" if pair.against == NOT_ASKED_FOR else pair.against
    if not pair.moves or not report.may(Act.OVERWRITE, words, against=against):
        return {}
    planned = pair.planned
    times = {"starts_at": planned.starts_at, "ends_at": planned.ends_at, "parts": planned.parts}
    # RFC 5545 3.8.7.4: without a higher SEQUENCE, calendars that follow the public entry may keep the old time.
    typed = as_typed(planned.starts_at, planned.ends_at, pair.row.session.season.timezone)
    return times | typed | {"sequence": pair.row.sequence + 1, "changed_at": now}


def _other_fields(pair, report) -> dict:
    changed = {}
    for name, value in pair.planned.fields.items():
        before = getattr(pair.row, name)
        if before != value and report.may(Act.OVERWRITE, f"{_name(pair.row)}: {change(name, before, value)}"):
            changed[name] = value
    return changed


def _create(session, entry, taken, report, now):
    times = {"starts_at": entry.starts_at, "ends_at": entry.ends_at, "parts": entry.parts}
    against = "another slot of the session is held then" if _overlap(entry.times, taken) else ""
    words = f'session "{session.slug}": slot {_hours(session, entry)} is added'
    is_added = report.may(Act.ADD, words, against=against)
    report.count(Occurrence, CREATED if is_added else KEPT)
    if is_added:
        typed = as_typed(entry.starts_at, entry.ends_at, session.season.timezone)
        session.occurrences.create(**times, **typed, **entry.fields, changed_at=now)
        taken += entry.times


def _hours(session, slot) -> str:
    starts_at, ends_at = (moment.astimezone(session.season.zone) for moment in (slot.starts_at, slot.ends_at))
    return f"{starts_at:%Y-%m-%d %H:%M} to {ends_at:%H:%M}"


def _name(slot) -> str:
    local = slot.starts_at.astimezone(slot.session.season.zone)
    return f'session "{slot.session.slug}", slot {local:%Y-%m-%d %H:%M}'

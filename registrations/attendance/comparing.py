"""What files about a slot say otherwise than each other, and than the reports that count."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from registrations.attendance import importing, matching, presence
from registrations.models import AttendanceInterval, AttendanceReport

# So many people in two files who all came earlier in the one by the same time are read in two zones.
IN_BOTH = 3
SHIFT = timedelta(minutes=15)
COLUMNS = ("report", "registration", "name", "email", "joined_at", "left_at")


@dataclass(frozen=True)
class Difference:
    """Between the new files together and one report that counts; registered people who were there in the slot.

    `changed` of those in both have other minutes. `shifted` are the positions of the files in which everybody came
    earlier, or later, than in the report by the same time.
    """

    report: AttendanceReport
    in_both: int
    changed: int
    new_alone: int
    report_alone: int
    shifted: list[int]


def contradictions(visitors, number: int) -> list[tuple[int, int]]:
    """Pairs of the files, by position, in which everybody came earlier in the one by the same time."""
    first = _first_joins(visitors, number)
    return [(one, other) for one, other in combinations(range(number), 2) if _is_shifted(first[one], first[other])]


def differences(visitors, number: int, reports, slot) -> list[Difference]:
    """From each of these reports; one question to the database."""
    if not reports or not number:
        return []
    first, new = _first_joins(visitors, number), _minutes(_new_times(visitors), slot)
    intervals = defaultdict(list)
    for report, *interval in AttendanceInterval.objects.filter(report__in=reports).values_list(*COLUMNS).iterator():
        intervals[report].append(interval)
    return [_difference(report, intervals[report.pk], first, new, slot) for report in reports]


def _difference(report, intervals, first, new, slot) -> Difference:
    came, times = {}, defaultdict(list)
    for registration, name, email, joined_at, left_at in intervals:
        if registration:
            times[registration].append((joined_at, left_at))
        if email or name:
            key = matching.key(email, name)
            came[key] = min(came.get(key, joined_at), joined_at)
    old = _minutes(times, slot)
    both = new.keys() & old.keys()
    return Difference(
        report=report,
        in_both=len(both),
        changed=sum(new[each] != old[each] for each in both),
        new_alone=len(new.keys() - both),
        report_alone=len(old.keys() - both),
        shifted=[number for number, times in enumerate(first) if _is_shifted(times, came)],
    )


def _first_joins(visitors, number) -> list[dict]:
    """Of each file when everybody came first, by the key of the visitor."""
    first = [{} for _file in range(number)]
    for visitor in visitors:
        for join in visitor.joins:
            known = first[join.file].get(visitor.key, join.joined_at)
            first[join.file][visitor.key] = min(known, join.joined_at)
    return first


def _new_times(visitors) -> dict[int, list]:
    """By registration (id), of those whom nobody has to decide about."""
    times = defaultdict(list)
    for visitor in visitors:
        if registration := importing.registration_of(visitor, {})[0]:
            times[registration] += [(join.joined_at, join.left_at) for join in visitor.joins]
    return times


def _minutes(times, slot) -> dict[int, int]:
    """Without those who were not there in the slot."""
    seconds = {each: presence.seconds_in(slot, intervals) for each, intervals in times.items()}
    return {each: number // 60 for each, number in seconds.items() if number}


def _is_shifted(times, others) -> bool:
    """Whether the people of two files came at the same times, but for some quarters of an hour."""
    apart = Counter(round((times[key] - others[key]) / SHIFT) for key in times.keys() & others.keys())
    exact = Counter(times[key] - others[key] for key in times.keys() & others.keys())
    if sum(exact.values()) < IN_BOTH:
        return False
    [(shift, _number)] = apart.most_common(1)
    [(difference, number)] = exact.most_common(1)
    return bool(shift) and difference == shift * SHIFT and number * 5 >= sum(exact.values()) * 4

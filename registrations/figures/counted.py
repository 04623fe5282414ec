"""Whom the figures of a season count: two statements read them, and all else is counted in sets of their ids.

A cell is a dictionary by column of what `measures` explains; what is not in it is not known.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from registrations.models import Answer, AttendanceReport, Participant, Registration
from registrations.models.registrations import came
from sessions.models import Occurrence, Season

CONFIRMED = Q(status=Registration.Status.CONFIRMED)
ROWS_AT_ONCE = 10_000


@dataclass
class Slot:
    """Ids of participants; `seconds` by participant, of those whom a report of the meeting names."""

    row: Occurrence
    is_over: bool
    is_reported: bool
    registered: set[int] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)
    came: set[int] = field(default_factory=set)
    seconds: dict[int, int] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether somebody can tell who came: without a report, where nobody clicked, people came in another way."""
        return self.is_over and (self.is_reported or bool(self.came))

    @property
    def held(self) -> set[int]:
        """Who had a place, or came all the same."""
        return self.confirmed | self.came


class Counted:
    """One season at one moment."""

    def __init__(self, season, *, now):
        self.season, self.now = season, now

    @cached_property
    def slots(self) -> list[Slot]:
        """In order of time."""
        slots = {row.pk: self._slot(row) for row in self._occurrences()}
        for person, slot_id, has_place, has_come, seconds in self._registrations():
            slot = slots[slot_id]
            slot.registered.add(person)
            if has_place and not slot.row.is_called_off:
                slot.confirmed.add(person)
            if has_come:
                slot.came.add(person)
            if seconds:
                slot.seconds[person] = seconds
        return list(slots.values())

    def in_slots(self, slots) -> dict[str, int]:
        """The cell of these together; somebody who is in two of them is one of the people."""
        known = [slot for slot in slots if slot.is_known]
        reported = [slot.seconds for slot in known if slot.is_reported or slot.seconds]
        people = _together(slot.registered for slot in slots)
        cell = {
            "registered": sum(len(slot.registered) for slot in slots),
            "confirmed": sum(len(slot.confirmed) for slot in slots),
        }
        if known:
            cell |= {"came": sum(len(slot.came) for slot in known), "held": sum(len(slot.held) for slot in known)}
        if reported:
            cell["seconds"] = sum(sum(seconds.values()) for seconds in reported)
        return cell | self._of_people(people, _together(slot.came for slot in known) if known else None)

    @cached_property
    def in_season(self) -> dict[str, int]:
        return self.in_slots(self.slots)

    @cached_property
    def of_groups(self) -> dict[tuple[str, str, str], dict]:
        """By country, stakeholder group and language that people have in common, each "" where it is not known."""
        known = [slot for slot in self.slots if slot.is_known]
        numbers = {
            "registered": self._in_groups(slot.registered for slot in self.slots),
            "confirmed": self._in_groups(slot.confirmed for slot in self.slots),
            "came": self._in_groups(slot.came for slot in known),
            "held": self._in_groups(slot.held for slot in known),
            "seconds": self._seconds_in_groups(known),
        }
        people = defaultdict(set)
        for person in self._everybody:
            people[self._groups[person]].add(person)
        cells = {}
        for group, theirs in people.items():
            cells[group] = {column: number[group] for column, number in numbers.items() if column in self.in_season}
            cells[group] |= self.of_people(theirs)
        return cells

    def of_answers(self, questions) -> dict[int, dict[str, dict]]:
        """Cells of people by question and what they answered; under None those who answered at all."""
        people = defaultdict(lambda: defaultdict(set))
        given = Answer.objects.filter(question__in=questions).order_by()
        for question, value, person in given.values_list("question", "value", "participant"):
            if person in self._everybody:
                people[question][value].add(person)
                people[question][None].add(person)
        return {
            question: {value: self.of_people(theirs) for value, theirs in answers.items()}
            for question, answers in people.items()
        }

    def of_people(self, people) -> dict[str, int]:
        """The cell of these, wherever they were in the season."""
        return self._of_people(people, people & self._who_came if "people_came" in self.in_season else None)

    def _of_people(self, people, came) -> dict[str, int]:
        cell = {"people": len(people)}
        if self._knows_newcomers:
            cell["first_time"] = len(people & self._newcomers)
        return cell if came is None else cell | {"people_came": len(came)}

    def _in_groups(self, crowds) -> Counter:
        return Counter(map(self._groups.__getitem__, chain.from_iterable(crowds)))

    def _seconds_in_groups(self, slots) -> Counter:
        found = Counter()
        for slot in slots:
            for person, seconds in slot.seconds.items():
                found[self._groups[person]] += seconds
        return found

    @cached_property
    def _everybody(self) -> set[int]:
        return _together(slot.registered for slot in self.slots)

    @cached_property
    def _who_came(self) -> set[int]:
        return _together(slot.came for slot in self.slots if slot.is_known)

    def _occurrences(self):
        reports = AttendanceReport.objects.in_force().filter(occurrence=OuterRef("pk"))
        slots = Occurrence.objects.filter(session__season=self.season).annotate(is_reported=Exists(reports))
        return slots.select_related("session").in_order()

    def _slot(self, row) -> Slot:
        return Slot(row, row.is_over(self.now) and not row.is_called_off, row.is_reported)

    def _registrations(self):
        """Participant, slot, whether they have a place, whether they came, and the seconds of reports or None."""
        theirs = {"session__season": self.season, "participant__season": self.season}
        rows = Registration.objects.counted_once().filter(**theirs).order_by()
        columns = {"has_place": _whether(CONFIRMED), "has_come": _whether(came())}
        rows = rows.annotate(**columns).values_list("participant", "occurrence", *columns, "attended_seconds")
        return rows.iterator(ROWS_AT_ONCE)

    @cached_property
    def _people(self) -> list[tuple]:
        """Of whoever said yes: id, country, stakeholder group, language, whether they are erased, whether known."""
        earlier = self._earlier.filter(mailbox=OuterRef("mailbox"), name_key=OuterRef("name_key"))
        people = Participant.objects.filter(season=self.season, confirmed_at__isnull=False).order_by()
        columns = {"is_erased": _whether(Q(anonymised_at__isnull=False)), "came_before": Exists(earlier)}
        return list(people.annotate(**columns).values_list("pk", "country", "stakeholder", "language", *columns))

    @cached_property
    def _groups(self) -> dict[int, tuple[str, str, str]]:
        return {pk: tuple(group) for pk, *group, _is_erased, _known in self._people}

    @cached_property
    def _newcomers(self) -> set[int]:
        """Whoever is erased cannot be compared."""
        return {pk for pk, *_groups, is_erased, came_before in self._people if not (is_erased or came_before)}

    @cached_property
    def _knows_newcomers(self) -> bool:
        """Whether details of people are left before this season and, if it has people, in it."""
        is_left = not self._people or not all(is_erased for *_person, is_erased, _known in self._people)
        return is_left and self._earlier.exists()

    @cached_property
    def _earlier(self):
        """People of real seasons before this one who said yes and whose details are there."""
        seasons = Season.objects.filter(starts_on__lt=self.season.starts_on, is_rehearsal=False)
        # Named one by one, because the index on mailboxes begins with the season.
        pks = list(seasons.values_list("pk", flat=True))
        return Participant.objects.filter(season__in=pks, anonymised_at=None, confirmed_at__isnull=False)


def total(cells) -> dict[str, int]:
    """The sum of each column that any of them knows."""
    found = Counter()
    for cell in cells:
        found.update(cell)
    return dict(found)


def _together(sets) -> set[int]:
    return set().union(*sets)


def _whether(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())

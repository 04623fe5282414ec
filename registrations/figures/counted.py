"""Whom the figures of a season count: a few statements read sets of their ids, and all else is counted in those.

A cell is a dictionary by column of what `measures` explains; what is not in it is not known.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.db.models import Case, Exists, OuterRef, Q, When

from registrations.figures.together import Pairs, Values
from registrations.models import Answer, AttendanceReport, Participant, Registration
from sessions.models import Occurrence, Season, Session

CONFIRMED = Q(status=Registration.Status.CONFIRMED)
# What people said of themselves.
SAID = ("country", "stakeholder", "language")
OF_REGISTRATIONS = {"registered", "confirmed", "came", "held", "seconds"}


@dataclass
class Slot:
    """Ids of participants: `seconds` by id of those whom a report names.

    `crowds` are all of them once: sets of those alike, with whether they have a place and whether they came.
    """

    row: Occurrence
    is_over: bool
    is_reported: bool
    registered: set[int] = field(default_factory=set)
    came: set[int] = field(default_factory=set)
    seconds: dict[int, int] = field(default_factory=dict)
    crowds: list[tuple[bool, bool, set[int]]] = field(default_factory=list)

    def add(self, people, has_place, has_come):
        self.crowds.append((has_place, has_come, people))
        self.registered |= people
        if has_come:
            self.came |= people

    @property
    def is_known(self) -> bool:
        """Whether somebody can tell who came: without a report, where nobody clicked, people came in another way."""
        return self.is_over and (self.is_reported or bool(self.came))

    def number(self, column) -> int:
        return sum(len(people) for *crowd, people in self.crowds if column in self.columns(*crowd))

    def columns(self, has_place, has_come) -> tuple[str, ...]:
        """In which of them such a registration counts: `held` for who had a place, or came all the same."""
        is_confirmed = has_place and not self.row.is_called_off
        counts = {
            "registered": True,
            "confirmed": is_confirmed,
            "came": self.is_known and has_come,
            "held": self.is_known and (is_confirmed or has_come),
        }
        return tuple(column for column in counts if counts[column])


class Counted:
    """One season at one moment: all of its sessions, or those alone that everybody can see."""

    def __init__(self, season, *, now, in_public=False):
        self.season, self.now = season, now
        of_season = Session.objects.filter(season=season)
        self.sessions = of_season.filter(is_published=True) if in_public else of_season

    @cached_property
    def slots(self) -> list[Slot]:
        """In order of time."""
        slots = {row.pk: self._slot(row) for row in self._occurrences()}
        registrations = Registration.objects.standing().with_came().filter(occurrence__in=list(slots))
        self._put_active(slots, registrations.active())
        self._put_cancelled(slots, registrations.cancelled())
        return list(slots.values())

    def in_slots(self, slots) -> dict[str, int]:
        """The cell of these together; somebody who is in two of them is one of the people."""
        known = [slot for slot in slots if slot.is_known]
        reported = [slot.seconds for slot in known if slot.is_reported or slot.seconds]
        columns = ("registered", "confirmed", "came", "held") if known else ("registered", "confirmed")
        cell = {column: sum(slot.number(column) for slot in slots) for column in columns}
        if reported:
            cell["seconds"] = sum(sum(seconds.values()) for seconds in reported)
        people = _together([slot.registered for slot in slots])
        return cell | self._of_people(people, _together([slot.came for slot in known]) if known else None)

    @cached_property
    def in_season(self) -> dict[str, int]:
        return self.in_slots(self.slots)

    def by(self, column) -> dict[str, dict]:
        """Cells by country, stakeholder group or language, "" where it is not known."""
        of_values, place = defaultdict(set), SAID.index(column)
        for person, *said, _is_erased, _known in self._people:
            if person in self._everybody:
                of_values[said[place]].add(person)
        return {value: self._of_everything(people) for value, people in of_values.items()}

    def of_answers(self, questions) -> dict[int, dict[str, dict]]:
        """Cells of people by question and what they answered; under None those who answered at all."""
        people = defaultdict(lambda: defaultdict(set))
        given = Answer.objects.filter(question__in=questions).order_by().values_list("question", "value")
        for question, value, answered in given.annotate(people=Values("participant")):
            if theirs := self._everybody.intersection(answered):
                people[question][value] = theirs
                people[question][None] |= theirs
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

    def _of_everything(self, people) -> dict[str, int]:
        cell = dict.fromkeys(self.in_season.keys() & OF_REGISTRATIONS, 0)
        for columns, times in self._times.items():
            number = sum(filter(None, map(times.get, people)))
            for column in columns:
                cell[column] += number
        return cell | self.of_people(people)

    @cached_property
    def _times(self) -> dict[tuple[str, ...], Counter]:
        """How often somebody is registered, by the columns in which that counts, and the seconds that they were there.

        Each registration is in one of these alone: to count each column for itself takes twice as long.
        """
        crowds = defaultdict(list)
        for slot in self.slots:
            for has_place, has_come, people in slot.crowds:
                crowds[slot.columns(has_place, has_come)].append(people)
        times = {columns: Counter(chain.from_iterable(sets)) for columns, sets in crowds.items()}
        if "seconds" in self.in_season:
            times["seconds",] = _sum(slot.seconds for slot in self.slots if slot.is_known)
        return times

    @cached_property
    def _everybody(self) -> set[int]:
        return _together([slot.registered for slot in self.slots])

    @cached_property
    def _who_came(self) -> set[int]:
        return _together([slot.came for slot in self.slots if slot.is_known])

    def _occurrences(self):
        reports = AttendanceReport.objects.in_force().filter(occurrence=OuterRef("pk"))
        slots = Occurrence.objects.filter(session__in=self.sessions).annotate(is_reported=Exists(reports))
        # Named one by one, so that a test knows all that can change figures.
        read = ("session", "session__stream", "starts_at", "ends_at", "called_off_at")
        return slots.select_related("session").only(*read).in_order()

    def _slot(self, row) -> Slot:
        return Slot(row, row.is_over(self.now) and not row.is_called_off, row.is_reported)

    def _put_active(self, slots, registrations):
        """In a row for each crowd: a row for each registration would take twice as long."""
        has_place = Case(When(CONFIRMED, then=True), default=False)
        crowds = registrations.annotate(has_place=has_place).values_list("occurrence", "has_place", "has_come")
        known = Pairs("participant", "attended_seconds", filter=Q(attended_seconds__gt=0))
        rows = crowds.annotate(people=Values("participant"), seconds=known).order_by()
        for slot_id, *crowd, people, seconds in rows:
            slots[slot_id].add(self._said_yes.intersection(people), *crowd)
            times = {int(person): time for person, time in (seconds or {}).items()}
            slots[slot_id].seconds |= {person: times[person] for person in self._said_yes & times.keys()}

    def _put_cancelled(self, slots, registrations):
        """The last of each person in a session where they have no other that counts."""
        counted, crowds = defaultdict(set), defaultdict(set)
        for slot in slots.values():
            counted[slot.row.session_id] |= slot.registered
        rows = registrations.order_by("-pk").values_list("participant", "occurrence", "has_come", "attended_seconds")
        for person, slot_id, has_come, seconds in rows:
            slot = slots[slot_id]
            if person in self._said_yes and person not in counted[slot.row.session_id]:
                counted[slot.row.session_id].add(person)
                crowds[slot_id, has_come].add(person)
                slot.seconds |= {person: seconds} if seconds else {}
        for (slot_id, has_come), people in crowds.items():
            slots[slot_id].add(people, False, has_come)

    @cached_property
    def _people(self) -> list[tuple]:
        """Of whoever said yes: id, country, stakeholder group, language, whether they are erased, whether known."""
        earlier = self._earlier.filter(mailbox=OuterRef("mailbox"), name_key=OuterRef("name_key"))
        people = Participant.objects.filter(season=self.season, confirmed_at__isnull=False).order_by()
        is_erased = Case(When(anonymised_at__isnull=False, then=True), default=False)
        columns = {"is_erased": is_erased, "came_before": Exists(earlier)}
        return list(people.annotate(**columns).values_list("pk", *SAID, *columns))

    @cached_property
    def _said_yes(self) -> set[int]:
        return {pk for pk, *_about in self._people}

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
    return dict(_sum(cells))


def _sum(numbers) -> Counter:
    found = Counter()
    for each in numbers:
        found.update(each)
    return found


def _together(sets) -> set[int]:
    """Not to be changed: of one set alone it is that one."""
    return sets[0] if len(sets) == 1 else set().union(*sets)

"""Whom the figures of a season count: a few statements read them, and all else is counted in sets of their ids.

A cell is a dictionary by column of what `measures` explains; what is not in it is not known.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from registrations.models import Answer, AttendanceReport, Participant, Registration
from registrations.models.registrations import came
from sessions.models import Occurrence, Season, Session

CONFIRMED = Q(status=Registration.Status.CONFIRMED)
# What people said of themselves.
SAID = ("country", "stakeholder", "language")
OF_REGISTRATIONS = {"registered", "confirmed", "came", "held", "seconds"}


@dataclass
class Slot:
    """Ids of participants: `has_place` who is confirmed, and `seconds` by id of those whom a report names.

    `crowds` are all of them once: sets of those alike, with whether they have a place and whether they came.
    """

    row: Occurrence
    is_over: bool
    is_reported: bool
    registered: set[int] = field(default_factory=set)
    has_place: set[int] = field(default_factory=set)
    came: set[int] = field(default_factory=set)
    seconds: dict[int, int] = field(default_factory=dict)
    crowds: list[tuple[bool, bool, set[int]]] = field(default_factory=list)

    def add(self, people, has_place, has_come):
        self.crowds.append((has_place, has_come, people))
        self.registered |= people
        if has_place:
            self.has_place |= people
        if has_come:
            self.came |= people

    @property
    def confirmed(self) -> set[int]:
        return set() if self.row.is_called_off else self.has_place

    @property
    def is_known(self) -> bool:
        """Whether somebody can tell who came: without a report, where nobody clicked, people came in another way."""
        return self.is_over and (self.is_reported or bool(self.came))

    @property
    def held(self) -> set[int]:
        """Who had a place, or came all the same."""
        return self.confirmed | self.came

    def columns(self, has_place, has_come) -> tuple[str, ...]:
        """In which of them such a registration counts."""
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
        sessions = {slot.row.session_id for slot in slots.values()}
        registrations = Registration.objects.standing().filter(session__in=sessions)
        self._put(slots, self._said_by(registrations.active().order_by()))
        self._put(slots, _last_alone(slots, self._said_by(registrations.cancelled().order_by("-pk"))))
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

    def by(self, column) -> dict[str, dict]:
        """Cells by country, stakeholder group or language, "" where it is not known."""
        of_values = defaultdict(set)
        for person in self._everybody:
            of_values[self._details[person][column]].add(person)
        return {value: self._of_everything(people) for value, people in of_values.items()}

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
        return _together(slot.registered for slot in self.slots)

    @cached_property
    def _who_came(self) -> set[int]:
        return _together(slot.came for slot in self.slots if slot.is_known)

    def _occurrences(self):
        reports = AttendanceReport.objects.in_force().filter(occurrence=OuterRef("pk"))
        slots = Occurrence.objects.filter(session__in=self.sessions).annotate(is_reported=Exists(reports))
        # Named one by one, so that a test knows all that can change figures.
        read = ("session", "session__stream", "starts_at", "ends_at", "called_off_at")
        return slots.select_related("session").only(*read).in_order()

    def _slot(self, row) -> Slot:
        return Slot(row, row.is_over(self.now) and not row.is_called_off, row.is_reported)

    def _said_by(self, registrations):
        """Participant, slot, whether they have a place, whether they came, and the seconds of reports or None."""
        columns = {"has_place": _whether(CONFIRMED), "has_come": _whether(came())}
        return registrations.annotate(**columns).values_list("participant", "occurrence", *columns, "attended_seconds")

    def _put(self, slots, rows):
        """Into their slots, of people who said yes: to join their rows would take the database far longer."""
        people, said_yes = defaultdict(set), self._details.keys()
        for person, slot_id, has_place, has_come, seconds in rows:
            people[slot_id, has_place, has_come].add(person)
            if seconds and person in said_yes:
                slots[slot_id].seconds[person] = seconds
        for (slot_id, has_place, has_come), theirs in people.items():
            slots[slot_id].add(theirs & said_yes, has_place, has_come)

    @cached_property
    def _people(self) -> list[tuple]:
        """Of whoever said yes: id, country, stakeholder group, language, whether they are erased, whether known."""
        earlier = self._earlier.filter(mailbox=OuterRef("mailbox"), name_key=OuterRef("name_key"))
        people = Participant.objects.filter(season=self.season, confirmed_at__isnull=False).order_by()
        columns = {"is_erased": _whether(Q(anonymised_at__isnull=False)), "came_before": Exists(earlier)}
        return list(people.annotate(**columns).values_list("pk", *SAID, *columns))

    @cached_property
    def _details(self) -> dict[int, dict[str, str]]:
        return {pk: dict(zip(SAID, said, strict=True)) for pk, *said, _is_erased, _known in self._people}

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


def _last_alone(slots, rows):
    """Of cancelled ones, the last first: those of people who have no other in the session that counts."""
    counted = defaultdict(set)
    for slot in slots.values():
        counted[slot.row.session_id] |= slot.registered
    for row in rows:
        people = counted[slots[row[1]].row.session_id]
        if row[0] not in people:
            people.add(row[0])
            yield row


def total(cells) -> dict[str, int]:
    """The sum of each column that any of them knows."""
    return dict(_sum(cells))


def _sum(numbers) -> Counter:
    found = Counter()
    for each in numbers:
        found.update(each)
    return found


def _together(sets) -> set[int]:
    return set().union(*sets)


def _whether(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())

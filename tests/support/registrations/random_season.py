"""A season with all that its figures have to tell apart, at random."""

import random
from datetime import UTC, datetime, timedelta

from registrations.models import Answer, Participant, Registration, SeatRemoval
from sessions.models import Season
from tests.factories import (
    AttendanceReportFactory,
    OccurrenceFactory,
    ParticipantFactory,
    QuestionFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
    StreamFactory,
)

NOW = datetime(2030, 10, 20, tzinfo=UTC)
FIRST = datetime(2030, 9, 29, 22, 30, tzinfo=UTC)
COUNTRIES = ["", "000", "004", "010", "036", "052", "242", "250", "275", "404", "840"]
GROUPS = ["", "party", "ngo", "other"]
LANGUAGES = ["en", "fr", "zh-hans"]


def make(seed, *, people=90) -> Season:
    """With some hundred registrations, seasons before and after it, and a rehearsal that must not count."""
    dice = random.Random(seed)
    season = SeasonFactory()
    slots = _programme(season, dice)
    questions = _questions(season, slots[0].session)
    persons = Participant.objects.bulk_create(_person(season, dice, number) for number in range(people))
    rows = [row for person in persons for row in _registrations(person, slots, dice)]
    Registration.objects.bulk_create(rows)
    Answer.objects.bulk_create(answer for person in persons for answer in _answers(person, questions, dice))
    for days, is_rehearsal in [(-400, False), (-10, True), (300, False)]:
        start = season.starts_on + timedelta(days=days)
        other = SeasonFactory(starts_on=start, ends_on=start, is_rehearsal=is_rehearsal)
        Participant.objects.bulk_create(_in_other_season(other, dice, people))
    return season


def _questions(season, session):
    return [
        QuestionFactory(season=season, kind="one", choices=["Yes", "No", "Perhaps"]),
        QuestionFactory(season=None, session=session, kind="several", choices=["Air", "Gold"]),
        QuestionFactory(season=season, kind="line"),
    ]


def _programme(season, dice):
    streams = [StreamFactory(season=season) for _ in range(3)]
    sessions = [SessionFactory(season=season, stream=streams[number % 2]) for number in range(6)]
    SessionFactory(season=season, access="invitation")
    slots = []
    for number, session in enumerate(sessions):
        for day in (number, number + 9):
            # The first begins on a Sunday in UTC, and on a Monday in Geneva.
            starts_at = FIRST + timedelta(days=3 * day)
            called_off_at = starts_at - timedelta(days=1) if dice.random() < 0.2 else None
            slot = OccurrenceFactory(session=session, starts_at=starts_at, called_off_at=called_off_at)
            slot.has_clicks, slot.has_report = number != 2, dice.random() < 0.4
            if slot.has_report:
                AttendanceReportFactory(occurrence=slot)
            slots.append(slot)
    return slots


def _person(season, dice, number):
    said = {"country": dice.choice(COUNTRIES), "stakeholder": dice.choice(GROUPS), "language": dice.choice(LANGUAGES)}
    who = said | _identity(dice, number)
    if dice.random() < 0.1:
        who |= {"anonymised_at": NOW, "name": "", "name_key": "", "mailbox": f"erased-{number}", "language": ""}
    if dice.random() < 0.1:
        who["confirmed_at"] = None
    return ParticipantFactory.build(season=season, **who)


def _registrations(person, slots, dice):
    sessions = {slot.session_id for slot in dice.sample(slots, dice.randint(1, 5))}
    return [
        row for pk in sorted(sessions) for row in _in_session(person, [s for s in slots if s.session_id == pk], dice)
    ]


def _in_session(person, slots, dice):
    """Those that were cancelled, and perhaps one that stands, which staff may have given back after others."""
    states = ["cancelled"] * dice.choice([0, 0, 0, 1, 1, 2])
    states += dice.choice([["confirmed"], ["confirmed"], ["waitlisted"], []])
    if dice.random() < 0.2:
        dice.shuffle(states)
    for status in states:
        slot = dice.choice(slots)
        has_clicked = slot.has_clicks and dice.random() < 0.5
        yield RegistrationFactory.build(
            participant=person,
            occurrence=slot,
            status=status,
            joined_at=slot.starts_at if has_clicked else None,
            attended_seconds=dice.choice([0, 0, 900, 3600]) if slot.has_report else None,
            removal=_removal(dice) if status == "cancelled" and dice.random() < 0.4 else None,
        )


def _removal(dice):
    reason = dice.choice(SeatRemoval.Reason.values)
    return SeatRemoval.objects.get_or_create(reason=reason, defaults={"made_at": NOW})[0]


def _answers(person, questions, dice):
    for question in [] if person.anonymised_at else questions:
        values = question.choices or ["In my own words"]
        chosen = dice.sample(values, dice.randint(0, len(values) if question.kind == "several" else 1))
        for place, value in enumerate(chosen):
            yield Answer(participant=person, question=question, place=place, value=value)


def _in_other_season(season, dice, people):
    for number in range(people):
        if dice.random() < 0.4:
            has_said_yes = {} if dice.random() < 0.7 else {"confirmed_at": None}
            yield ParticipantFactory.build(season=season, **_identity(dice, number), **has_said_yes)


def _identity(dice, number):
    name = dice.choice(["Ana", "Bo"])
    return {"name": name, "name_key": name.lower(), "mailbox": f"person{number}@example.net"}

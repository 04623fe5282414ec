"""Who counts in the figures of a season, and as what: the rules that the page explains."""

from datetime import timedelta

import pytest

from registrations.figures import counting
from registrations.figures.tables import COUNTED
from registrations.models import SeatRemoval
from tests.factories import (
    AttendanceReportFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
    SeasonFactory,
)
from tests.support.registrations.random_season import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=NOW - timedelta(days=3))


def whole(season) -> dict:
    [table] = [table for table in counting.tables(season, now=NOW) if table.kind == "session"]
    return dict(zip(COUNTED, table.total.values, strict=True))


def numbers(slot, *columns):
    found = whole(slot.session.season)
    return tuple(found[column] for column in columns)


def register(slot, **fields):
    return RegistrationFactory(occurrence=slot, **fields)


def test_who_cancelled_is_registered_and_who_came_back_is_once(slot):
    register(slot, status="cancelled")
    person = register(slot, status="cancelled").participant
    register(slot, participant=person)

    assert numbers(slot, "registered", "confirmed", "people") == (2, 1, 2)


def test_who_came_back_is_in_the_slot_of_the_place_they_have(slot):
    other = OccurrenceFactory(session=slot.session, starts_at=NOW - timedelta(days=2))
    kept = register(slot)
    register(other, participant=kept.participant, status="cancelled")

    [table] = [table for table in counting.tables(slot.session.season, now=NOW) if table.kind == "slot"]

    assert {row.key: row.values[0] for row in table.rows} == {str(slot.pk): 1, str(other.pk): 0}


def test_who_waits_is_registered_and_has_no_place(slot):
    register(slot, status="waitlisted")

    assert numbers(slot, "registered", "confirmed", "people") == (1, 0, 1)


def test_who_was_named_and_has_not_said_yes_counts_nowhere(slot):
    register(slot, participant__confirmed_at=None, joined_at=slot.starts_at)

    assert numbers(slot, "registered", "confirmed", "came", "people") == (0, 0, None, 0)


@pytest.mark.parametrize(
    ("reason", "counts"), [("fake", 0), ("twice", 0), ("asked", 1), ("for-others", 1), ("other", 1)]
)
def test_place_that_was_taken_away_counts_unless_nobody_stood_behind_it(slot, reason, counts):
    removal = SeatRemoval.objects.create(reason=reason, made_at=NOW)
    register(slot, status="cancelled", removal=removal)

    assert numbers(slot, "registered", "confirmed", "people") == (counts, 0, counts)


def test_several_sessions_are_several_registrations_of_one_person(slot):
    person = register(slot).participant
    register(OccurrenceFactory(session__season=slot.session.season), participant=person)

    assert numbers(slot, "registered", "people") == (2, 1)


def test_a_report_decides_who_came_and_a_click_where_there_is_none(slot):
    AttendanceReportFactory(occurrence=slot)
    without = OccurrenceFactory(session__season=slot.session.season, starts_at=NOW - timedelta(days=1))
    register(slot, attended_seconds=600)
    register(slot, attended_seconds=0, joined_at=slot.starts_at)
    register(without, joined_at=without.starts_at)
    register(without)

    assert numbers(slot, "came", "held", "people_came", "seconds") == (2, 4, 2, 600)


def test_a_report_of_nobody_says_that_nobody_came(slot):
    AttendanceReportFactory(occurrence=slot)
    register(slot, attended_seconds=0)

    assert numbers(slot, "came", "held", "seconds") == (0, 1, 0)


def test_a_report_that_was_undone_says_nothing(slot):
    AttendanceReportFactory(occurrence=slot, undone_at=NOW)
    register(slot)

    assert numbers(slot, "came", "held", "seconds") == (None, None, None)


def test_who_came_without_a_place_is_among_those_of_whom_it_is_known(slot):
    register(slot, status="cancelled", joined_at=slot.starts_at)
    register(slot)

    assert numbers(slot, "confirmed", "came", "held") == (1, 1, 2)


def test_nobody_has_come_to_a_slot_that_goes_on():
    slot = OccurrenceFactory(starts_at=NOW - timedelta(minutes=5))
    register(slot, joined_at=NOW)

    assert numbers(slot, "confirmed", "came", "held") == (1, None, None)


class TestFirstTime:
    """Of three people: somebody of an earlier season, their colleague behind the mailbox, and a stranger."""

    @pytest.fixture
    def season(self, slot):
        for name, mailbox in [("ana", "office@example.net"), ("bo", "office@example.net"), ("ana", "ana@example.net")]:
            register(slot, participant__name_key=name, participant__mailbox=mailbox)
        return slot.session.season

    def earlier(self, season, days=-300, *, is_rehearsal=False, **fields):
        start = season.starts_on + timedelta(days=days)
        other = SeasonFactory(starts_on=start, ends_on=start, is_rehearsal=is_rehearsal)
        ParticipantFactory(**{"season": other, "name_key": "ana", "mailbox": "office@example.net"} | fields)

    def test_is_who_is_in_no_earlier_season_with_name_and_mailbox(self, season):
        self.earlier(season)

        assert whole(season)["first_time"] == 2

    def test_is_not_known_where_there_was_no_season_before(self, season):
        self.earlier(season, days=300)
        self.earlier(season, is_rehearsal=True)

        assert whole(season)["first_time"] is None

    @pytest.mark.parametrize(
        "gone", [{"confirmed_at": None}, {"anonymised_at": NOW, "mailbox": "erased-1", "name_key": ""}]
    )
    def test_is_not_known_where_nobody_of_before_can_be_recognised(self, season, gone):
        self.earlier(season, **gone)

        assert whole(season)["first_time"] is None

    def test_leaves_out_who_was_erased_in_the_season_itself(self, season):
        self.earlier(season)
        season.participants.filter(mailbox="ana@example.net").update(
            anonymised_at=NOW, mailbox="erased-2", name_key="", country="404"
        )

        assert (whole(season)["people"], whole(season)["first_time"]) == (3, 1)
        [table] = [table for table in counting.tables(season, now=NOW) if table.kind == "country"]
        assert {row.key: row.values[0] for row in table.rows} == {"": 2, "404": 1}

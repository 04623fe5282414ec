"""A season's figures are stored once it is over, and always before its people are anonymised."""

from datetime import UTC, date, datetime, timedelta

import pytest

from registrations.figures import counting, keeping, storing
from registrations.figures.names import names_of
from registrations.models import Figures, Participant
from registrations.privacy import erasure, retention
from sessions.models import Season
from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory, SessionFactory

pytestmark = pytest.mark.django_db

STARTS_AT = datetime(2030, 3, 1, 8, tzinfo=UTC)
OVER = STARTS_AT + timedelta(days=1)
PAST_TERM = datetime(2030, 12, 24, tzinfo=UTC)


@pytest.fixture
def season() -> Season:
    """Seven people at one slot; three came."""
    season = SeasonFactory(starts_on=date(2030, 2, 1), ends_on=date(2030, 3, 15))
    slot = OccurrenceFactory(session__season=season, starts_at=STARTS_AT)
    for number in range(7):
        RegistrationFactory(
            occurrence=slot,
            participant__country="404" if number < 5 else "756",
            participant__stakeholder="ngo",
            participant__language="fr",
            joined_at=STARTS_AT if number < 3 else None,
        )
    return season


def store(season, now=OVER):
    return storing.store(season_id=season.pk, now=now)


def shown(season, now=PAST_TERM) -> storing.SeasonFigures:
    return storing.figures_of(season, now=now)


def test_figures_are_counted_until_they_are_stored(season):
    counted = tuple(counting.tables(season, now=OVER))
    before = shown(season, OVER)
    store(season)

    after = shown(season, OVER)

    assert before == storing.SeasonFigures(counted, counted, names_of(season), OVER)
    assert (after.tables, after.kept.taken_at, after.until) == (counted, OVER, OVER)


def test_stored_figures_do_not_change_with_registrations_and_are_stored_again(season):
    store(season)
    before = shown(season)

    RegistrationFactory(occurrence=season.sessions.get().occurrences.get(), joined_at=STARTS_AT)

    assert shown(season) == before
    store(season, OVER + timedelta(days=1))
    assert shown(season).tables == tuple(counting.tables(season, now=OVER))


def test_sessions_that_are_not_published_count_in_nothing_for_others(season):
    before = shown(season).public
    session = SessionFactory(season=season, stream=season.streams.get(), is_published=False)
    hidden = OccurrenceFactory(session=session, starts_at=STARTS_AT)
    RegistrationFactory.create_batch(6, occurrence=hidden, participant__country="250", joined_at=STARTS_AT)

    counted, stored = shown(season, OVER), store(season)

    assert counted.public == before == stored.public
    assert counted.tables == stored.tables != before
    assert storing.for_others(counted) == storing.for_others(shown(season))


def test_announced_sessions_by_invitation_count_as_any_other(season):
    before = shown(season)
    season.sessions.update(access="invitation")

    assert shown(season) == before


@pytest.mark.parametrize("now", [STARTS_AT, STARTS_AT + timedelta(minutes=59)])
def test_season_that_is_not_over_is_not_stored(season, now):
    with pytest.raises(storing.TooEarly):
        store(season, now)

    assert not Figures.objects.exists()


def test_slot_that_was_called_off_keeps_no_season_open(season):
    OccurrenceFactory(session=season.sessions.get(), starts_at=OVER + timedelta(days=9), called_off_at=OVER)

    assert store(season).taken_at == OVER


def test_season_without_slots_is_not_over():
    with pytest.raises(storing.TooEarly):
        store(SeasonFactory())


def test_published_figures_are_not_stored_again(season):
    store(season)
    keeping.publish(season, now=OVER)

    with pytest.raises(keeping.FinalAlready):
        store(season, OVER + timedelta(days=1))


# The data clock


def test_data_clock_stores_before_it_anonymises(season):
    counted = tuple(counting.tables(season, now=PAST_TERM))

    retention.apply(now=PAST_TERM)

    assert set(Participant.objects.values_list("name", flat=True)) == {""}
    assert (shown(season).tables, shown(season).kept.taken_at) == (counted, PAST_TERM)
    assert tuple(counting.tables(season, now=PAST_TERM)) != counted, "two from Switzerland have no country any more"


def test_data_clock_keeps_what_staff_have_stored(season):
    store(season)

    retention.apply(now=PAST_TERM)

    assert (shown(season).kept.taken_at, Figures.objects.values("taken_at").distinct().count()) == (OVER, 1)


def test_figures_of_a_season_are_stored_once_though_people_go_in_batches(season, monkeypatch):
    monkeypatch.setattr(retention, "ROWS_A_BATCH", 2)

    retention.apply(now=PAST_TERM)

    assert Figures.objects.values("taken_at").distinct().count() == 1


def test_season_within_its_term_is_not_stored_by_itself(season):
    retention.apply(now=OVER)

    assert not Figures.objects.exists()


def test_what_staff_stored_stays_once_the_details_are_going(season):
    store(season)
    before = shown(season)
    retention.apply(now=PAST_TERM)

    with pytest.raises(storing.TooLate):
        store(season, PAST_TERM)

    assert shown(season) == before


def test_who_erases_their_data_changes_no_stored_number(season):
    store(season)
    before = shown(season)

    for person in Participant.objects.order_by("-pk")[:2]:
        erasure.erase(participant_id=person.pk, now=OVER)

    assert shown(season) == before
    assert tuple(counting.tables(season, now=OVER)) != before.tables

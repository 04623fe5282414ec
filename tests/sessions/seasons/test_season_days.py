"""When a season ends: by its dates and its slots, for every page and clock that asks."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from registrations.mail import composers
from registrations.models import Participant
from registrations.privacy import my_data, retention
from sessions.models import Season
from sessions.seasons import season_days
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SeasonFactory
from tests.support.sessions.admin_pages import page, season_form

pytestmark = pytest.mark.django_db
BEYOND = datetime(2030, 12, 20, 22, 30, tzinfo=UTC)  # 23:30 in Geneva; the slot ends after midnight
LAST = date(2030, 12, 21)


@pytest.fixture
def season():
    """From 1 September to 15 December, with a slot before and one after."""
    season = SeasonFactory(starts_on=date(2030, 9, 1), ends_on=date(2030, 12, 15))
    for starts_at in (datetime(2030, 8, 31, 7, tzinfo=UTC), BEYOND):
        OccurrenceFactory(session__season=season, starts_at=starts_at)
    return season


def noon(day):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


def test_days_of_slots_are_those_of_the_seasons_clock(season):
    assert season_days.of_slots(season) == (date(2030, 8, 31), LAST)
    assert season_days.around_slots(season) == (date(2030, 8, 31), LAST)
    assert season_days.last(season) == LAST


def test_season_without_slots_has_its_dates_alone():
    season = SeasonFactory()

    assert season_days.of_slots(season) is None
    assert season_days.around_slots(season) == (season.starts_on, season.ends_on)


def test_list_of_seasons_shows_the_days_of_its_slots(client, season):
    SeasonFactory(starts_on=date(2029, 9, 1), ends_on=date(2029, 12, 15))

    shown = client.get("/seasons/").content.decode()

    assert re.findall(r"\d+ \w+ \d{4} – \d+ \w+ \d{4}", shown) == [
        "31 August 2030 – 21 December 2030",
        "1 September 2029 – 15 December 2029",
    ]


def test_list_of_seasons_shows_nothing_of_hidden_sessions(client, season):
    season.sessions.update(is_published=False)

    assert "1 September 2030 – 15 December 2030" in client.get("/seasons/").content.decode()


@pytest.mark.parametrize("called_off_at", [None, BEYOND])
def test_season_is_over_the_day_after_its_last_slot(season, called_off_at):
    season.sessions.last().occurrences.update(called_off_at=called_off_at)
    days = [LAST, LAST + timedelta(days=1)]

    over = [season_days.ended(Season.objects.all(), now=noon(day)) for day in days]
    open_still = [season_days.not_ended(Season.objects.all(), now=noon(day)) for day in days]

    assert (over, open_still) == ([[], [season]], [[season], []])


@pytest.mark.parametrize(("zone", "is_over"), [("Pacific/Honolulu", False), ("Pacific/Auckland", True)])
def test_last_day_lasts_as_long_as_on_the_seasons_clock(zone, is_over):
    SeasonFactory(timezone=zone, ends_on=date(2030, 12, 15))

    over = season_days.ended(Season.objects.all(), now=datetime(2030, 12, 15, 23, tzinfo=UTC))

    assert bool(over) is is_over


def test_home_page_opens_with_the_season_whose_last_slot_is_to_come(season):
    SeasonFactory(title="The next", starts_on=date(2031, 9, 1), ends_on=date(2031, 12, 1))

    assert season_days.current(Season.objects.all(), now=noon(date(2030, 12, 18))) == season
    assert season_days.current(Season.objects.all(), now=noon(LAST + timedelta(days=1))).title == "The next"


def test_what_my_data_promises_is_what_retention_does(season, settings):
    person = RegistrationFactory(occurrence__session__season=season).participant
    kept_until = my_data.of(person, now=noon(LAST))["details_are_kept_until"]

    retention.apply(now=noon(kept_until))
    before = Participant.objects.get().anonymised_at
    retention.apply(now=noon(kept_until + timedelta(days=1)))

    assert kept_until == LAST + timedelta(days=settings.DATA_TERM_DAYS)
    assert before is None
    assert Participant.objects.get().anonymised_at


def test_links_are_sent_again_a_term_after_the_last_slot(season):
    ParticipantFactory(season=season)
    term = composers.LINKS_AFTER_SEASON_DAYS

    found = [
        season_days.not_ended(Season.objects.all(), now=noon(LAST + timedelta(days=days)), days=term)
        for days in (term, term + 1)
    ]

    assert found == [[season], []]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": "2030-09-01", "ends_on": "2030-12-20"}, "ends_on"),
        ({"starts_on": "2030-09-01", "ends_on": "2030-12-21"}, "starts_on"),
    ],
)
def test_form_of_a_season_refuses_dates_that_leave_out_a_slot(admin_client, season, changes, field):
    answer = admin_client.post(page("season_change", season.pk), season_form(season, **changes))

    errors = answer.context["adminform"].form.errors
    assert errors[field] == [
        "Its time slots run from 31 August 2030 to 21 December 2030: the season’s dates must hold them all."
    ]


def test_form_of_a_season_takes_dates_that_hold_every_slot(admin_client, season):
    sent = season_form(season, starts_on="2030-08-31", ends_on="2030-12-21")

    admin_client.post(page("season_change", season.pk), sent)

    season.refresh_from_db()
    assert (season.starts_on, season.ends_on) == (date(2030, 8, 31), LAST)


def test_other_clock_has_another_name(admin_client):
    season = SeasonFactory()

    refused = admin_client.post(page("season_change", season.pk), season_form(season, timezone="Asia/Tokyo"))
    admin_client.post(page("season_change", season.pk), season_form(season, timezone="Asia/Tokyo", place="Tokyo"))

    season.refresh_from_db()
    assert refused.context["adminform"].form.errors["place"] == [
        "Geneva is not on the clock Asia/Tokyo. Type what that clock is called, for example Tokyo."
    ]
    assert (season.timezone, season.place) == ("Asia/Tokyo", "Tokyo")

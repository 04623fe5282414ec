"""My season once its season is over, and what it says of the person."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SeasonFactory

pytestmark = pytest.mark.django_db
OVER = "This season is over."
LONG_AGO = {"starts_at": datetime(2020, 9, 17, 7, tzinfo=UTC), "ends_at": datetime(2020, 9, 17, 8, tzinfo=UTC)}


@pytest.fixture
def person():
    season = SeasonFactory(starts_on=date(2020, 9, 1), ends_on=date(2020, 12, 15))
    return ParticipantFactory(season=season, confirmed_at=timezone.now(), organisation="Ministry & Sons", country="404")


def page_of(client, person) -> str:
    return client.get(f"/my/{person.key}/").text


def test_page_of_a_past_season_leads_to_the_one_to_come(client, person):
    coming = SeasonFactory()

    page = page_of(client, person)

    assert OVER in page
    assert f'<a class="button" href="{coming.get_absolute_url()}">' in page
    assert f"/sign-up/{person.season.slug}/" not in page


@pytest.mark.parametrize(
    "other", [{"is_rehearsal": True}, {"starts_on": date(2021, 1, 1), "ends_on": date(2021, 2, 1)}]
)
def test_page_of_a_past_season_leads_to_no_rehearsal_and_no_other_past_one(client, person, other):
    season = SeasonFactory(**other)

    page = page_of(client, person)

    assert OVER in page
    assert f'<a class="button" href="{season.get_absolute_url()}">' not in page


def test_season_with_something_to_come_is_not_over(client, person):
    slot = OccurrenceFactory(session__season=person.season, starts_at=timezone.now() + timedelta(days=3))
    RegistrationFactory(participant=person, occurrence=slot, status="waitlisted")

    assert OVER not in page_of(client, person)


def test_details_name_organisation_and_country(client, person):
    page = page_of(client, person)

    assert "Ministry &amp; Sons" in page
    assert "<dd>Kenya</dd>" in page


def test_page_leads_to_sessions_that_are_over_where_there_are_some(client, person):
    link = '<a href="#over">Sessions that are over</a>'

    before = page_of(client, person)
    RegistrationFactory(participant=person, occurrence=OccurrenceFactory(session__season=person.season, **LONG_AGO))
    after = page_of(client, person)

    assert (link in before, link in after, 'id="over"' in after) == (False, True, True)

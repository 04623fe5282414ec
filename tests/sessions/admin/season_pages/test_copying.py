"""Copying a season in a form."""

from datetime import UTC, datetime

import pytest

from registrations.models import StaffAction
from sessions.models import Occurrence, Season
from tests.factories import OccurrenceFactory, SeasonFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
TYPED = {"title": "Season 2", "slug": "season-two", "starting": "2031-10-06"}


@pytest.fixture
def source():
    start = datetime(2030, 10, 8, 7, tzinfo=UTC)
    slot = OccurrenceFactory(starts_at=start, session__season__place="Bern", session__season__reminder_hours="48")
    return slot.session.season


def copy(client, source, **changes):
    return client.post(page("season_copy", source.pk), TYPED | changes)


def test_copy_is_a_draft_with_shifted_slots_and_all_the_rest(admin_client, source):
    answer = copy(admin_client, source)

    season = Season.objects.get(slug="season-two")
    assert answer.url == page("season_overview", season.pk)
    assert (season.title, season.is_published, season.place, season.reminder_hours) == ("Season 2", False, "Bern", "48")
    slot = Occurrence.objects.get(session__season=season)
    assert slot.starts_at == datetime(2031, 10, 7, 7, tzinfo=UTC)
    assert (slot.session.platform, slot.session.is_published) == ("WebEx", True)
    assert StaffAction.objects.values_list("action", "after").get() == ("copied", {"copied_from": str(source)})
    assert said(answer) == ["“Season 2” is copied. It is a draft: look through it, then publish it."]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"slug": "season two"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"title": ""}, "title"),
        ({"starting": "soon"}, "starting"),
        ({"starting": "9999-01-01"}, "starting"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost(admin_client, source, typed, field):
    answer = copy(admin_client, source, **typed)

    assert list(answer.context["form"].errors) == [field]
    assert [answer.context["form"][name].value() for name in TYPED] == list((TYPED | typed).values())
    assert Season.objects.count() == 1


def test_name_that_another_season_has_is_refused(admin_client, source):
    SeasonFactory(slug="season-two")

    assert list(copy(admin_client, source).context["form"].errors) == ["slug"]


def test_season_without_slots_says_why_it_cannot_be_copied(admin_client):
    answer = copy(admin_client, SeasonFactory(title="Empty"))

    assert answer.context["form"].non_field_errors() == ["Empty has no time slots."]

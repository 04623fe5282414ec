"""Copying a season to rehearse with it."""

import pytest

from sessions.models import Occurrence, Session
from tests.factories import (
    OccurrenceFactory,
    SessionFactory,
)
from tests.support.sessions.cloning import clone, geneva, source


@pytest.mark.django_db
def test_rehearsal_says_so_and_has_meetings_and_a_slot_that_is_soon_full():
    season = source(geneva(2020, 9, 15, 9), geneva(2020, 9, 15, 15))

    copy = clone(season, slug="2030", rehearsal=True)

    slots = Occurrence.objects.filter(session__season=copy).in_order()
    assert copy.is_rehearsal
    assert copy.title == "Minamata Online, rehearsal season"
    assert list(slots.values_list("meeting_url", "capacity")) == [
        ("https://meeting.example.org/2030/1", 2),
        ("https://meeting.example.org/2030/2", None),
    ]


@pytest.mark.django_db
def test_rehearsal_limits_the_seats_of_a_slot_that_is_open_to_all():
    season = source(geneva(2020, 9, 15, 9), access=Session.Access.INVITATION)
    open_to_all = SessionFactory(season=season)
    OccurrenceFactory(session=open_to_all, starts_at=geneva(2020, 9, 17, 9))

    copy = clone(season, rehearsal=True)

    slots = Occurrence.objects.filter(session__season=copy).in_order()
    assert list(slots.values_list("capacity", flat=True)) == [None, 2]


@pytest.mark.django_db
def test_season_that_is_no_rehearsal_has_no_meetings_yet():
    season = source(geneva(2020, 9, 15, 9))

    copy = clone(season)

    assert (copy.is_rehearsal, copy.title) == (False, "Minamata Online, Season 1 (2030)")
    assert Occurrence.objects.get(session__season=copy).meeting_url == ""

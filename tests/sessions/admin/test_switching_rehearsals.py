"""A season becomes a rehearsal, or a rehearsal a real season, only as long as nobody is in it."""

from datetime import timedelta

import pytest
from django.db import connection

from registrations.rehearsals import moving
from sessions.clocks import moment
from sessions.models import Season
from tests.factories import (
    DelegationFactory,
    InvitationFactory,
    MessageFactory,
    OccurrenceFactory,
    ParticipantFactory,
    SeasonFactory,
)
from tests.support.races import race
from tests.support.sessions.admin_pages import edit_season, page, sent_by

DAY = timedelta(days=1)
IN_USE = {
    "person": lambda season: ParticipantFactory(season=season),
    "delegation": lambda season: DelegationFactory(season=season),
    "invitation": lambda season: InvitationFactory(session__season=season, session__stream__season=season),
    "mail": lambda season: MessageFactory(rehearsal=season),
}
BOX = {True: {"is_rehearsal": ""}, False: {"is_rehearsal": "on"}}


def error_of(answer) -> list[str]:
    return answer.context["adminform"].form.errors.get("is_rehearsal", [])


@pytest.mark.django_db
@pytest.mark.parametrize("was", [False, True])
def test_season_nobody_is_in_is_switched(admin_client, was):
    season = SeasonFactory(is_rehearsal=was)
    OccurrenceFactory(session__season=season)

    assert edit_season(admin_client, season, **BOX[was]).status_code == 302

    assert Season.objects.get().is_rehearsal is not was


@pytest.mark.django_db
@pytest.mark.parametrize(("what", "was"), [*((what, True) for what in IN_USE), ("person", False)])
def test_season_with_anybody_in_it_is_not_and_all_else_that_was_typed_stays(admin_client, what, was):
    season = SeasonFactory(is_rehearsal=was)
    IN_USE[what](season)

    answer = edit_season(admin_client, season, title="Another title", **BOX[was])

    assert error_of(answer) == [
        "People have practised in it already, so it stays a rehearsal. Copy it for the real season."
        if was
        else "People are in it already, so it stays a real season. To practise, copy it as a rehearsal."
    ]
    assert "Another title" in answer.text
    assert Season.objects.get(pk=season.pk).is_rehearsal is was


@pytest.mark.django_db
@pytest.mark.parametrize("was", [False, True])
def test_all_else_of_a_season_with_people_is_saved(admin_client, was):
    season = SeasonFactory(is_rehearsal=was)
    ParticipantFactory(season=season)

    edit_season(admin_client, season, title="Another title")

    assert Season.objects.get().title == "Another title"


@pytest.mark.django_db
def test_rehearsal_whose_clock_is_on_its_way_stays_one(admin_client):
    season = SeasonFactory(is_rehearsal=True)
    moving.begin(season_id=season.pk, to=moment.of(season) + DAY, seen=season.clock_ahead, by=None)

    [words] = error_of(edit_season(admin_client, season, **BOX[True]))

    assert words.startswith("Its clock is being moved forward")


@pytest.mark.django_db(transaction=True)
def test_clock_that_moves_at_the_same_moment_is_seen_or_finds_a_real_season(admin_client):
    assert connection.vendor == "postgresql", "SQLite lets one write at a time"
    for _round in range(5):
        season = SeasonFactory(is_rehearsal=True)
        typed = sent_by(admin_client.get(page("season_change", season.pk))) | BOX[True]
        acts = [
            lambda pk=season.pk, typed=typed: admin_client.post(page("season_change", pk), typed).status_code,
            lambda pk=season.pk: Season.objects.set_ahead(pk, DAY),
        ]

        status, was_moved = race(2, lambda who, acts=acts: acts[who]())

        season.refresh_from_db()
        assert (status, season.is_rehearsal, bool(season.clock_ahead)) == (
            (200, True, True) if was_moved else (302, False, False)
        )

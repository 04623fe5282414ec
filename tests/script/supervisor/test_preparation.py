"""What script/server stores before its first start: seasons, and the first member of staff."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from script.supervisor import preparation
from sessions.models import Season
from tests.factories import SeasonFactory
from tests.support.migrations import NEWER, newer_tables


@pytest.mark.django_db
def test_seasons_are_loaded_once():
    for _ in range(2):
        preparation.load_past_season()
        preparation.clone_rehearsal(now=datetime(2030, 5, 8, 12, tzinfo=UTC))

    rehearsal = Season.objects.get(slug="rehearsal")
    assert Season.objects.count() == 2
    assert rehearsal.is_rehearsal
    assert rehearsal.starts_on >= date(2030, 5, 13)


@pytest.mark.django_db
def test_no_rehearsal_beside_a_season_that_has_not_ended():
    now = datetime(2030, 5, 8, 12, tzinfo=UTC)
    SeasonFactory(starts_on=now.date() - timedelta(days=30), ends_on=now.date())

    preparation.clone_rehearsal(now=now)

    assert Season.objects.count() == 1


@pytest.mark.django_db
def test_first_staff_user_is_made_once(var):
    preparation.create_first_staff()
    password = (var / "staff-password.txt").read_text().strip()

    preparation.create_first_staff()

    assert get_user_model().objects.get(is_superuser=True).check_password(password)
    assert (var / "staff-password.txt").read_text().strip() == password


@pytest.mark.django_db(transaction=True)
def test_tables_of_a_newer_version_are_left_alone(capsys):
    with newer_tables(), pytest.raises(SystemExit, match=r"^3$"):
        preparation.prepare(with_examples=True)

    assert ".".join(NEWER) in capsys.readouterr().err
    assert not Season.objects.exists()

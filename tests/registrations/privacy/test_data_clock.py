"""The command that applies retention, and the terms that people read."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from registrations import tasks
from registrations.models import Message, Participant
from registrations.people import consent
from tests.factories import (
    OccurrenceFactory,
    ParticipantFactory,
    SeasonFactory,
)
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


def left():
    return Participant.objects.filter(anonymised_at=None).count()


def test_dry_run_says_the_numbers_and_changes_nothing(capsys):
    OccurrenceFactory(session__season=(season := SeasonFactory(starts_on=date(2019, 9, 1), ends_on=date(2019, 12, 1))))
    ParticipantFactory(season=season)
    Message.objects.create(kind="x", dedupe_key="x", message_id="x", recipient="a", queued_at=NOW, due_at=NOW)
    season.sessions.get().occurrences.update(
        starts_at=datetime(2019, 9, 2, 8, tzinfo=UTC), ends_at=datetime(2019, 9, 2, 9, tzinfo=UTC)
    )

    call_command("apply_data_clock", dry_run=True)

    said = capsys.readouterr().out
    assert "People of seasons that ended more than 183 days ago, details removed: 1" in said
    assert "Nothing was changed." in said
    assert left() == 1

    call_command("apply_data_clock")

    assert "Nothing was changed." not in capsys.readouterr().out
    assert left() == 0


def test_clock_runs_every_day(settings):
    [entry] = [each for each in settings.CELERY_BEAT_SCHEDULE.values() if each["task"] == tasks.apply_data_clock.name]

    assert (entry["schedule"].hour, entry["schedule"].minute) == ({3}, {17})


def test_form_states_the_terms_of_the_settings(settings):
    settings.DATA_TERM_DAYS, settings.MAIL_TERM_DAYS = 365, 14

    assert "365 days (about 12 months) after the end of the season" in consent.text(SeasonFactory())
    assert "removed 14 days after sending" in consent.how_long()


def test_privacy_page_states_them_too(client, settings):
    settings.DATA_TERM_DAYS, settings.MAIL_TERM_DAYS = 90, 14

    page = client.get("/privacy/").text

    assert "90 days (about 3 months) after the end of the season" in page
    assert "14 days after the last mail that came back" in page

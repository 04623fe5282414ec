"""A season to be kept."""

import pytest

from tests.support.sessions.archives import season_of_everything


@pytest.fixture
def season(db, media, settings):
    settings.SITE_URL = "https://online.example.org"
    return season_of_everything()


@pytest.fixture
def two_languages(settings):
    """Six take three times as long, where a test is about something else."""
    settings.LANGUAGES = [("ar", "العربية"), ("en", "English")]

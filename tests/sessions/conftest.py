"""A folder for the files of a test."""

import pytest


@pytest.fixture
def media(settings, tmp_path):
    """The folder of the files of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT

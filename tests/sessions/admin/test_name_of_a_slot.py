"""How a time slot is called in headings, messages and the audit log."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from tests.factories import OccurrenceFactory
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_slot_is_called_by_its_day_on_the_clock_of_the_season_in_every_language_in_english(language):
    season = {"session__season__timezone": "Africa/Nairobi", "session__season__place": "Nairobi"}
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 22, tzinfo=UTC), session__title="Air", **season)

    with override(language):
        assert str(slot) == "Air, Wed 9 Oct 2030, 01:00 (Nairobi)"


def test_form_has_it_as_its_heading(admin_client):
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, tzinfo=UTC), session__title="Air")

    shown = admin_client.get(page("occurrence_change", slot.pk)).content.decode()

    assert "<h1>Air, Tue 8 Oct 2030, 09:00 (Geneva)</h1>" in shown

"""What staff type on the page of parts, and what is sent without typing: refused in words, or understood."""

from datetime import UTC, datetime

import pytest

from sessions.models import Occurrence
from sessions.models.parts import alone
from tests.factories import OccurrenceFactory
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts
from tests.support.sessions.admin_pages import page
from tests.support.sessions.moving import typed
from tests.support.sessions.parts_page import FIRST, SECOND, arrange, preview, rows

pytestmark = pytest.mark.django_db
FIELDS = ["number", "day", "begins", "ends", "past_midnight", "is_called_off", "url", "url_before"]


@pytest.fixture
def slot():
    return slot_in_parts(MORNING, MORNING + DAY)


def send(client, slot, **sent):
    return client.post(page("occurrence_parts", slot.pk), rows(FIRST, SECOND, {}, {}, stored=2) | sent)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", ["\0", "9" * 400, "٣"], ids=ascii)
def test_nothing_that_is_sent_for_a_row_breaks_the_page(admin_client, slot, name, value):
    answer = send(admin_client, slot, **{f"parts-1-{name}": value})

    assert answer.status_code in (200, 302)


@pytest.mark.parametrize(
    "management",
    [
        {"TOTAL_FORMS": "100000"},
        {"TOTAL_FORMS": "-1"},
        {"TOTAL_FORMS": ""},
        {"TOTAL_FORMS": "\0"},
        {"INITIAL_FORMS": "9"},
        {"INITIAL_FORMS": "x"},
    ],
    ids=str,
)
def test_rows_that_were_counted_wrongly_change_nothing_and_break_nothing(admin_client, slot, management):
    before = alone(slot)

    answer = send(admin_client, slot, **{f"parts-{name}": value for name, value in management.items()})

    slot.refresh_from_db()
    assert (answer.status_code, slot.parts) == (200, before)


def test_rows_in_any_order_become_parts_in_order_of_time(admin_client):
    slot = OccurrenceFactory(starts_at=MORNING + DAY)

    arrange(admin_client, slot, typed("09:00", "10:00", "2030-10-09", number="1"), typed("09:00", "10:00"), people="0")

    slot.refresh_from_db()
    assert [(part.number, part.starts_at) for part in slot.parts] == [(2, MORNING), (1, MORNING + DAY)]
    assert slot.starts_at == MORNING


def test_part_lasts_over_the_change_of_the_clocks(admin_client, slot):
    night = typed("01:30", "03:30", "2030-10-27")

    arrange(admin_client, slot, FIRST, SECOND, night, people="0")

    slot.refresh_from_db()
    assert slot.parts[2].times == (
        datetime(2030, 10, 26, 23, 30, tzinfo=UTC),
        datetime(2030, 10, 27, 2, 30, tzinfo=UTC),
    )
    assert slot.parts[2].ends_at - slot.parts[2].starts_at == 3 * HOUR


def test_hour_that_the_clocks_show_twice_is_refused_beside_it(admin_client, slot):
    answer = preview(admin_client, slot, FIRST, SECOND, typed("02:30", "03:30", "2030-10-27"))

    assert "twice" in str(answer.context["rows"].forms[2].errors["begins"])


def test_address_without_times_is_no_part_and_is_not_lost(admin_client, slot):
    answer = preview(admin_client, slot, FIRST, SECOND, {"url": "https://meet.example.org/third"})

    assert set(answer.context["rows"].forms[2].errors) == {"day", "begins", "ends"}
    assert "https://meet.example.org/third" in answer.text
    assert Occurrence.objects.get(pk=slot.pk).parts == slot.parts


def test_slot_that_is_in_the_way_is_named_beside_the_row_that_it_is_in_the_way_of(admin_client, slot):
    OccurrenceFactory(session=slot.session, starts_at=MORNING + 5 * DAY)

    answer = preview(admin_client, slot, FIRST, SECOND, typed("09:30", "11:00", "2030-10-13"))

    assert [bool(form.errors) for form in answer.context["rows"].forms] == [False, False, True]

"""Time slots in the form of their session."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from registrations.models import Message, Registration
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory, SessionFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import add_slot, edit_session, errors_of, page, sent_by

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 10, 8, 7, 0, tzinfo=UTC)


@pytest.fixture
def session():
    season = SeasonFactory(starts_on=date(2020, 9, 1), ends_on=date(2020, 12, 15))
    return SessionFactory(season=season, title="Mercury science")


@pytest.mark.parametrize(("day", "hour_in_utc"), [("2020-10-22", 13), ("2020-10-29", 14)])
def test_time_typed_in_geneva_is_stored_in_utc_before_and_after_the_clock_change(
    admin_client, session, day, hour_in_utc
):
    add_slot(admin_client, session, day, "15:00", "16:00")

    slot = session.occurrences.get()
    assert slot.starts_at == datetime(*date.fromisoformat(day).timetuple()[:3], hour_in_utc, tzinfo=UTC)
    assert (slot.ends_at - slot.starts_at).total_seconds() == 3600
    assert abs(datetime.now(UTC) - slot.changed_at).total_seconds() < 60


def test_slot_after_midnight_ends_on_the_next_day(admin_client, session):
    add_slot(admin_client, session, "2020-10-22", "23:30", "00:30", past_midnight="on")

    assert session.occurrences.get().ends_at == datetime(2020, 10, 22, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "begins", "ends", "field", "words"),
    [
        ("2020-10-22", "15:00", "15:00", "ends", "The end must be after the start"),
        ("2020-12-16", "15:00", "16:00", "day", "The season runs from 1 September 2020 to 15 December 2020"),
        ("2020-10-22", "3 pm", "16:00", "begins", "Type the time with 24 hours"),
        ("2020-10-25", "02:30", "04:00", "begins", "Geneva has 02:30 twice on Sunday 25 October 2020"),
    ],
)
def test_impossible_times_are_refused_beside_their_field(admin_client, session, day, begins, ends, field, words):
    response = add_slot(admin_client, session, day, begins, ends)

    [errors] = errors_of(response, "new_slots")
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert not session.occurrences.exists()


def test_time_that_the_clock_skips_is_refused(admin_client):
    season = SeasonFactory(starts_on=date(2021, 3, 1), ends_on=date(2021, 4, 1))
    session = SessionFactory(season=season)

    response = add_slot(admin_client, session, "2021-03-28", "02:30", "04:00")

    [errors] = errors_of(response, "new_slots")
    assert "There is no 02:30 in Geneva on Sunday 28 March 2021" in errors["begins"][0]


def test_slot_over_another_one_of_the_session_is_refused(admin_client, session):
    add_slot(admin_client, session, "2020-10-22", "15:00", "16:00")

    response = add_slot(admin_client, session, "2020-10-22", "15:30", "16:30")

    [errors] = errors_of(response, "new_slots")
    assert "Thursday 22 October 2020, 15:00–16:00 (Geneva, UTC+2)" in errors["begins"][0]
    assert session.occurrences.count() == 1


def test_two_new_slots_at_the_same_time_are_refused(admin_client, session):
    new = {"day": "2020-10-22", "begins": "15:00", "ends": "16:00"}
    typed = {f"new_slots__{number}__{name}": value for number in (0, 1) for name, value in new.items()}

    response = edit_session(admin_client, session, new_slots__TOTAL_FORMS=2, **typed)

    assert [list(errors) for errors in errors_of(response, "new_slots")] == [[], ["begins"]]
    assert not session.occurrences.exists()


def test_slot_over_one_of_another_session_is_saved_with_a_warning(admin_client, session):
    other = SessionFactory(season=session.season, title="Gold mining")
    add_slot(admin_client, other, "2020-10-22", "15:00", "16:00")

    response = add_slot(admin_client, session, "2020-10-22", "15:30", "16:30")

    assert session.occurrences.count() == 1
    assert "At the same time as “Gold mining”, Thursday 22 October 2020, 15:00–16:00 (Geneva, UTC+2)." in said(response)


def test_hour_that_looks_like_a_slip_is_saved_with_a_warning(admin_client):
    session = SessionFactory()

    response = add_slot(admin_client, session, "2030-10-08", "03:00", "04:00")

    assert session.occurrences.count() == 1
    assert "This is at night in Geneva: 03:00–04:00." in said(response)


def test_new_slot_that_nobody_can_register_for_is_saved_with_a_warning(admin_client):
    session = SessionFactory()
    closes = {"registration_closes_at_0": "2020-09-01", "registration_closes_at_1": "09:00"}
    new = {"day": "2030-10-08", "begins": "15:00", "ends": "16:00"}
    typed = {f"new_slots__0__{name}": value for name, value in new.items()}

    response = edit_session(admin_client, session, new_slots__TOTAL_FORMS=1, **closes, **typed)

    assert session.occurrences.count() == 1
    assert (
        "Registration closed on Tuesday 1 September 2020, 09:00 (Geneva, UTC+2): nobody can register for this time "
        "slot. To correct that, change “Registration closes” in the form of the session."
    ) in said(response)


def test_new_slot_of_unusual_length_is_saved_with_a_warning(admin_client):
    response = add_slot(admin_client, SessionFactory(), "2030-10-08", "09:00", "18:00")

    assert "It lasts 9 h 0 min, which is unusually long. Please check the times." in said(response)


def test_capacity_below_the_confirmed_is_refused_with_their_number(admin_client):
    slot = OccurrenceFactory(capacity=5)
    RegistrationFactory.create_batch(2, occurrence=slot)

    response = edit_session(admin_client, slot.session, occurrences__0__capacity=1)

    slot.refresh_from_db()
    [errors] = errors_of(response, "occurrences")
    assert errors == {"capacity": ["2 people are confirmed already. Choose this number or a higher one."]}
    assert slot.capacity == 5


def test_capacity_and_meeting_address_change_without_a_mail(admin_client):
    slot = RegistrationFactory().occurrence
    address = "https://meet.example.org/1"

    edit_session(admin_client, slot.session, occurrences__0__capacity=3, occurrences__0__meeting_url=address)

    slot.refresh_from_db()
    assert (slot.capacity, slot.meeting_url, slot.sequence) == (3, address, 0)
    assert not Message.objects.exists()


def test_times_of_a_saved_slot_cannot_be_changed_in_the_form(admin_client):
    slot = OccurrenceFactory()
    before = slot.starts_at

    response = edit_session(admin_client, slot.session, occurrences__0__starts_at="2030-11-01 10:00")

    slot.refresh_from_db()
    assert (response.status_code, slot.starts_at) == (302, before)


def test_form_shows_both_clocks_and_leads_to_the_page_that_moves_the_slot(admin_client):
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))

    shown = admin_client.get(page("session_change", slot.session_id)).content.decode()

    assert 'Tuesday 8 October 2030, <span class="hours">09:00–10:00</span> <small>(Geneva, UTC+2)</small>' in shown
    assert 'Tuesday 8 October 2030, <span class="hours">07:00–08:00</span> <small>(UTC)</small>' in shown
    assert page("occurrence_move", slot.pk) in shown


@pytest.mark.parametrize("status", Registration.Status.values)
def test_slot_with_registrations_is_not_deleted(admin_client, status):
    slot = RegistrationFactory(status=status).occurrence

    response = edit_session(admin_client, slot.session, occurrences__0__DELETE="on")

    assert "because people have registered for it" in response.content.decode()
    assert Occurrence.objects.filter(pk=slot.pk).exists()


def test_slot_without_registrations_is_deleted(admin_client):
    slot = OccurrenceFactory()

    edit_session(admin_client, slot.session, occurrences__0__DELETE="on")

    assert not Occurrence.objects.filter(pk=slot.pk).exists()


def test_slot_that_a_colleague_deleted_meanwhile_is_said_and_the_rest_is_saved(admin_client):
    slot = OccurrenceFactory()
    OccurrenceFactory(session=slot.session, starts_at=datetime(2030, 11, 20, tzinfo=UTC))
    address = page("session_change", slot.session.pk)
    sent = sent_by(admin_client.get(address))
    slot.delete()

    answer = admin_client.post(address, sent | {"title": "Another"})

    assert "Time slot: Somebody deleted this meanwhile. That is kept." in said(answer)
    assert type(slot.session).objects.filter(title="Another").exists()


def test_all_slots_have_one_number_of_queries(admin_client, django_assert_max_num_queries):
    session = SessionFactory()
    counts = []

    for more in (1, 2):
        OccurrenceFactory.create_batch(more, session=session)
        with django_assert_max_num_queries(60) as captured:
            admin_client.get(page("session_change", session.pk))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_slot_to_come_leads_to_registering_somebody_by_telephone(admin_client, session):
    coming, over = OccurrenceFactory(session=session), OccurrenceFactory(session=session, starts_at=LONG_AGO)

    shown = admin_client.get(page("session_change", session.pk)).content.decode()

    links = [reverse("admin:registrations_occurrence_telephone", args=[slot.pk]) in shown for slot in (coming, over)]
    assert links == [True, False]

"""The line beside a time slot at night, with the way out: on the pages of one person, and before a meeting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import Participant, Registration
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.nights import AT_NIGHT, LIMA, fill_up

pytestmark = pytest.mark.django_db

OTHER = "02:00–03:00 is at night for you. The other time slot is at 12:00 for you"
ONLY = "Only at night for you."


# Personal pages


@pytest.fixture
def seat(season, at_night):
    return RegistrationFactory(participant=ParticipantFactory(season=season, timezone=LIMA), occurrence=at_night)


@pytest.fixture
def pages(client, seat):
    my = f"/my/{seat.participant.key}/"
    return lambda: [client.get(path).text for path in (my, f"{my}{seat.session.slug}/session/")]


def test_personal_pages_offer_the_other_slot(pages, seat, by_day):
    for page in pages():
        assert "The other time slot begins at 12:00 for you." in page
        assert f'href="/my/{seat.participant.key}/{seat.session.slug}/time-slot/">Change to the other' in page


def test_personal_pages_offer_the_recording_and_the_list_of_a_full_slot(pages, seat, by_day):
    fill_up(by_day)

    for page in pages():
        assert "The other time slot, at 12:00 for you, is full. To wait for a place in it, cancel this" in page
        assert f'href="/my/{seat.participant.key}/recordings/">Send me the recording' in page


def test_list_of_the_full_slot_is_there_after_cancelling_as_the_page_says(client, seat, by_day):
    fill_up(by_day)
    mine = f"/my/{seat.participant.key}/{seat.session.slug}/"

    client.post(f"{mine}cancel/")
    client.post(f"{mine}come-back/", {"slot": f"wait-{by_day.pk}"})

    back = Registration.objects.active().get()
    assert (back.occurrence, back.is_waiting) == (by_day, True)


def test_who_waits_for_a_place_at_night_reads_of_the_free_slot_by_day(pages, seat, by_day):
    Registration.objects.filter(pk=seat.pk).update(status="waitlisted", waiting_since=seat.registered_at)

    for page in pages():
        assert "This is at night for you. The other time slot begins at 12:00 for you." in page


def test_who_waits_at_night_can_wait_for_the_full_slot_by_day_instead(client, pages, seat, by_day):
    fill_up(by_day)
    Registration.objects.filter(pk=seat.pk).update(status="waitlisted", waiting_since=seat.registered_at)
    Occurrence.objects.filter(pk=seat.occurrence_id).update(capacity=0, taken=0, waiting=1)
    change = f"/my/{seat.participant.key}/{seat.session.slug}/time-slot/"

    shown = pages()
    client.post(change, {"slot": f"wait-{by_day.pk}"})

    for page in shown:
        assert "at 12:00 for you, is full, too. You can wait for a place in it instead." in page
        assert f'href="{change}">Wait for the other time slot' in page
    assert Registration.objects.get().occurrence == by_day


def test_personal_pages_say_nothing_of_nights_by_day(pages, seat, by_day):
    Participant.objects.update(timezone="Africa/Nairobi")

    assert ["at night" in page for page in pages()] == [False, False]


# Changing the slot, coming back, adding a session


@pytest.fixture
def page_for(client, seat):
    return lambda page="": client.get(f"/my/{seat.participant.key}/{page}").text


@pytest.fixture
def later_night(at_night):
    return OccurrenceFactory(session=at_night.session, starts_at=AT_NIGHT + timedelta(hours=1))


def test_change_to_another_night_offers_the_recording(page_for, seat, later_night):
    page = page_for(f"{seat.session.slug}/time-slot/")

    assert ONLY in page
    assert f'href="/my/{seat.participant.key}/recordings/">Send me the recording' in page


def test_change_to_another_night_names_the_full_slot_by_day(page_for, seat, later_night, by_day):
    fill_up(by_day)

    page = page_for(f"{seat.session.slug}/time-slot/")

    assert "The other time slot, at 12:00 for you, is full. To wait for a place in it, cancel" in page
    assert ONLY not in page


def test_change_from_day_to_night_says_what_would_be_lost_and_no_more(page_for, seat, later_night, by_day):
    Registration.objects.update(occurrence=by_day)
    later_night.delete()

    page = page_for(f"{seat.session.slug}/time-slot/")

    assert "02:00–03:00 is at night for you. The time slot that you have is not." in page
    assert "recordings/" not in page


def test_change_to_a_slot_by_day_needs_no_line(page_for, seat, by_day):
    page = page_for(f"{seat.session.slug}/time-slot/")

    assert "is at night for you" not in page
    assert "recordings/" not in page


def test_change_where_nothing_is_left_offers_the_recording(page_for, seat):
    page = page_for(f"{seat.session.slug}/time-slot/")

    assert "There is no other time slot with a free place." in page
    assert f'href="/my/{seat.participant.key}/recordings/">Send me the recording' in page


def test_coming_back_to_a_night_names_the_slot_by_day_or_offers_the_recording(page_for, seat, by_day):
    Registration.objects.update(status=Registration.Status.CANCELLED, cancelled_at=seat.registered_at)
    address = f"{seat.session.slug}/come-back/"

    beside = page_for(address)
    by_day.delete()
    alone = page_for(address)

    assert [OTHER in page for page in (beside, alone)] == [True, False]
    assert [ONLY in page for page in (beside, alone)] == [False, True]
    assert ["recordings/" in page for page in (beside, alone)] == [False, True]


def test_session_to_add_that_is_only_at_night_offers_its_recording(page_for, season):
    once = OccurrenceFactory(session__season=season, starts_at=AT_NIGHT - timedelta(days=1))
    Registration.objects.all().delete()

    before = page_for()
    OccurrenceFactory(session=once.session, starts_at=once.starts_at + timedelta(hours=10))

    assert before.count(ONLY) == 2
    assert page_for().count(ONLY) == 1
    Participant.objects.update(wants_announcements=True)
    assert "When you are registered, we send you the recording once it is published." in page_for()


def test_session_to_add_names_the_list_of_the_full_slot_by_day(page_for, by_day):
    fill_up(by_day)
    Registration.objects.all().delete()

    page = page_for()

    assert "The other time slot, at 12:00 for you, is full." in page
    assert "Put me on the waiting list" in page


# The waiting room


@pytest.fixture
def room(client, seat):
    return lambda: client.get(f"/join/{seat.join_key}/").text


def test_waiting_room_names_the_other_slot_and_opens_no_page_of_the_person(room, seat, by_day):
    page = room()

    assert "The other time slot begins at 12:00 for you. To move there, open “My season”" in page
    assert seat.participant.key not in page


def test_waiting_room_names_the_full_slot_and_the_recording(room, seat, by_day):
    fill_up(by_day)

    page = room()

    assert "The other time slot, at 12:00 for you, is full. “My season” says how to wait" in page
    assert "To get the recording, open “My season” with the link in our mails." in page


def test_waiting_room_tells_the_way_to_the_recording(room, seat):
    before = room()
    Participant.objects.update(wants_announcements=True)
    after = room()

    assert "To get the recording, open “My season” with the link in our mails." in before
    assert "We send you the recording once it is published." not in before
    assert "We send you the recording once it is published." in after


def test_waiting_room_of_who_cancelled_or_can_enter_says_nothing_of_nights(room, seat):
    Registration.objects.update(status=Registration.Status.CANCELLED, cancelled_at=AT_NIGHT)
    cancelled = room()
    Registration.objects.update(status=Registration.Status.CONFIRMED, cancelled_at=None)
    now = timezone.now()
    Occurrence.objects.update(starts_at=now, ends_at=now + timedelta(hours=1), meeting_url="https://meet.example/j")

    assert ["at night" in cancelled, "at night" in room()] == [False, False]

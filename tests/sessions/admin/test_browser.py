"""The staff desk in a real browser: its scripts run under the strict policy, and no slot moves by a slip."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from registrations.models import Message
from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory, SpeakerQuestionFactory
from tests.support.registrations.certificates import certificate_of, held, was_there
from tests.support.sessions.admin_pages import page as address
from tests.support.sessions.desks import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = "Donaudampfschiffahrt" * 10


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))


@pytest.fixture
def desk(open_page, site, admin_client):
    """A page of the staff desk, signed in, on a wide screen and in Geneva."""
    return signed_in(open_page(timezone="Europe/Zurich", width=1280), site, admin_client)


def test_staff_see_how_many_are_told_before_they_move_a_slot(desk, site, slot):
    RegistrationFactory(occurrence=slot)
    desk.goto(f"{site}{address('session_change', slot.session_id)}")

    desk.get_by_role("link", name="Move this time slot").click()
    desk.get_by_label("From (Geneva time)").fill("15:00")
    desk.get_by_label("To (Geneva time)").fill("16:00")
    desk.get_by_role("button", name="See what this change does").click()
    assert not Message.objects.exists()
    desk.get_by_label("Type the number of people who will be told").fill("1")
    desk.get_by_role("button", name="Move it and tell 1 person").click()

    desk.get_by_text("The mail to 1 person leaves at ").wait_for()
    slot.refresh_from_db()
    assert (slot.starts_at.hour, Message.objects.count()) == (13, 1)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_slip_is_taken_back_before_anybody_hears_of_it(open_page, site, admin_client, slot, javascript):
    RegistrationFactory(occurrence=slot)
    desk = signed_in(open_page(timezone="Europe/Zurich", width=360, javascript=javascript), site, admin_client)
    desk.goto(f"{site}{address('occurrence_call_off', slot.pk)}")

    desk.get_by_role("button", name="Call it off and tell 1 person").click()
    desk.get_by_text("Type 1 here to confirm").wait_for()
    desk.get_by_label("Type the number of people who will be told").fill("1")
    desk.get_by_role("button", name="Call it off and tell 1 person").click()
    desk.get_by_role("link", name="Take it back").click()
    desk.get_by_text("1 mail has not left: this person hears nothing.").wait_for()
    desk.get_by_role("button", name="Take it back").click()

    desk.get_by_text("This change was taken back.").wait_for()
    slot.refresh_from_db()
    assert (slot.is_called_off, Message.objects.unsent().count()) == (False, 0)


def test_new_slot_is_added_with_the_day_taken_from_the_calendar(desk, site, slot):
    desk.goto(f"{site}{address('session_change', slot.session_id)}")

    desk.get_by_role("button", name="Add another New time slot").click()
    desk.fill("#id_new_slots-0-day", "2030-10-22")
    desk.click("#new_slots-0 .date-icon")
    desk.locator(".calendar td a", has_text="23").locator("visible=true").click()
    desk.fill("#id_new_slots-0-begins", "15:00")
    desk.fill("#id_new_slots-0-ends", "16:00")
    desk.get_by_role("button", name="Save", exact=True).click()

    desk.get_by_text("was changed successfully").wait_for()
    assert datetime(2030, 10, 23, 13, 0, tzinfo=UTC) in slot.session.occurrences.values_list("starts_at", flat=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_staff_fit_their_screen(open_page, site, admin_client, slot, width):
    RegistrationFactory(occurrence=slot)
    OccurrenceFactory(session=slot.session, meeting_url=f"https://meet.example.org/{'x' * 200}")
    desk = signed_in(open_page(width=width), site, admin_client)
    of_season = ("overview", "figures", "copy", "withdraw", "change")
    addresses = [address(f"season_{name}", slot.session.season_id) for name in of_season]
    addresses += [address(f"session_{name}", slot.session_id) for name in ("change", "withdraw")]
    addresses += [address(f"occurrence_{action}", slot.pk) for action in ("move", "call_off")]
    addresses += [reverse(f"admin:registrations_message_{name}") for name in ("post", "changelist")]

    widths = {}
    for path in addresses:
        desk.goto(f"{site}{path}")
        widths[path] = desk.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(addresses, width)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_about_what_comes_after_a_session_fit_their_screen_with_long_names(open_page, site, admin_client, width):
    season = SeasonFactory(title=WORD, is_rehearsal=True)
    certificate = certificate_of(was_there(held(session__title=WORD, session__season=season), participant__name=WORD))
    question = SpeakerQuestionFactory(session=certificate.session, wording=WORD)
    addresses = [
        *(address(f"season_{name}", season.pk) for name in ("overview", "feedback", "archive", "clock", "timetable")),
        *(address(f"session_{name}", certificate.session_id) for name in ("change", "feedback")),
        *(_of_registrations(f"season_{name}", season) for name in ("certificates", "certificate_people")),
        _of_registrations("session_certificates", certificate.session),
        _of_registrations("certificate_change", certificate),
        _of_registrations("message_box", season),
        address("speakerquestion_of_session", certificate.session_id),
        address("speakerquestion_change", question.pk),
    ]
    desk = signed_in(open_page(width=width), site, admin_client)

    widths = {}
    for path in addresses:
        desk.goto(f"{site}{path}")
        widths[path] = desk.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(addresses, width)


def _of_registrations(name, row) -> str:
    return reverse(f"admin:registrations_{name}", args=[row.pk])


@pytest.mark.parametrize(("width", "javascript"), [(360, True), (1280, False)])
def test_address_is_emptied_once_staff_have_read_what_it_does(open_page, site, admin_client, slot, width, javascript):
    slot.meeting_url = "https://meet.example.org/1"
    slot.save()
    RegistrationFactory(occurrence=slot)
    desk = signed_in(open_page(width=width, javascript=javascript), site, admin_client)
    desk.goto(f"{site}{address('session_change', slot.session_id)}")

    desk.get_by_role("link", name="Texts").click()
    desk.get_by_label("Summary").fill("Typed before")
    desk.get_by_role("link", name="Slots").click()
    desk.locator("#id_occurrences-0-meeting_url").fill("")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_text("1 person with a place finds no way into the meeting.").wait_for()
    desk.get_by_label("Type the number of people who are registered").fill("1")
    desk.get_by_role("button", name="Save with these effects").click()

    desk.get_by_text("was changed successfully").wait_for()
    slot.refresh_from_db()
    assert (slot.meeting_url, slot.session.summary) == ("", "Typed before")

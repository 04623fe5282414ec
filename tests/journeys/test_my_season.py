"""Switching the slot, cancelling, coming back, and a slot that staff move: the calendar follows each time."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import expect

from registrations.models import Registration
from tests.journeys.people import text_of
from tests.support.staff import sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_switch_cancel_and_come_back(registered, javascript):
    # Given somebody with one entry in the calendar
    somebody = registered(javascript)
    [registration] = Registration.objects.all()
    first, second = registration.session.occurrences.in_order()
    assert somebody.calendar.entries == {registration.uid: first.starts_at}

    # When they switch to the other slot, then the entry moves
    page = somebody.opens_my_season()
    somebody.follows("Change the time slot")
    somebody.presses("Change my time slot")
    expect(page.get_by_role("status")).to_be_visible()
    somebody.receives(2)
    assert somebody.calendar.entries == {registration.uid: second.starts_at}

    # When they cancel, then the entry goes
    somebody.follows("Cancel")
    somebody.presses("Cancel my registration")
    somebody.receives(3)
    assert somebody.calendar.entries == {}

    # When they come back, then there is one new entry
    somebody.follows("Come back")
    page.get_by_role("radio").first.check()
    somebody.presses("Register me again")
    somebody.receives(4)
    again = Registration.objects.active().get()
    assert somebody.calendar.entries == {again.uid: first.starts_at}
    assert again.uid != registration.uid


def test_staff_move_the_slot_and_the_entry_moves(registered, open_page, site, beat):
    # Given somebody registered, and a member of staff at the desk
    somebody = registered()
    [registration] = Registration.objects.all()
    starts_at = registration.occurrence.starts_at
    desk = at_the_desk(open_page(), site, registration.session)

    # When the slot is moved by an hour and a half
    desk.get_by_role("link", name="Move this time slot").first.click()
    desk.get_by_label("From (Geneva time)").fill("10:30")
    desk.get_by_label("To (Geneva time)").fill("11:30")
    desk.get_by_role("button", name="See what this change does").click()
    expect(desk.get_by_text("Nothing has been changed yet.")).to_be_visible()
    desk.get_by_label("Type the number of people who will be told").fill("1")
    desk.get_by_role("button", name="Move it and tell 1 person").click()

    # And does not wait for the time in which it could be taken back
    desk.get_by_role("link", name="If people must hear of it sooner").click()
    desk.get_by_role("button", name="Send the waiting mails now").click()
    expect(desk.get_by_text("1 mail leaves now.")).to_be_visible()

    # Then one mail says so in the person's clock, and the entry in the calendar has the new hour
    mails = somebody.receives(2)
    moved_to = starts_at + timedelta(minutes=90)
    assert somebody.calendar.entries == {registration.uid: moved_to}
    assert moved_to.astimezone(ZoneInfo("Africa/Nairobi")).strftime("%H:%M") in text_of(mails[1])

    # And the page of the change says by itself that it is done
    expect(desk.get_by_text("Done: 1 sent")).to_be_visible()


def at_the_desk(desk, site, session):
    client = sign_in(Client(), User.objects.create_superuser("staff"))
    desk.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    desk.goto(f"{site}/admin/")
    desk.get_by_role("link", name="Sessions", exact=True).first.click()
    row = desk.get_by_role("row").filter(has_text=session.title).filter(has_text=session.season.title)
    row.get_by_role("link", name=session.title).click()
    return desk


def test_details_are_corrected(registered):
    somebody = registered()
    page = somebody.opens_my_season()
    somebody.follows("Correct my details")

    page.get_by_label("Your name").fill("Amina W. Otieno")
    page.get_by_label("Your time zone").select_option("Asia/Kathmandu")
    somebody.presses("Save my details")

    expect(page.get_by_text("Amina W. Otieno").first).to_be_visible()
    expect(page.get_by_text("Kathmandu, UTC+5:45").first).to_be_visible()


def test_opening_every_link_of_every_mail_changes_nothing(registered):
    somebody = registered()
    [mail] = somebody.receives(1)
    before = list(Registration.objects.values())

    for link in {word for word in text_of(mail).split() if word.startswith(somebody.site)}:
        for _ in range(2):
            somebody.page.request.get(link)
            somebody.page.request.head(link)

    assert list(Registration.objects.values()) == before


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_session_is_added_by_one_button(registered, javascript):
    # Given somebody registered for one session, with a phone
    somebody = registered(javascript, width=360)
    page = somebody.opens_my_season()
    first = page.get_by_role("button", name=re.compile("^Add ?: ")).first
    slot = int(first.get_attribute("value"))

    # When they press the first button of their page
    first.click()
    expect(page.get_by_role("status")).to_contain_text("is added.")

    # Then both sessions are theirs, and the new one is in their calendar, too
    somebody.receives(2)
    added = Registration.objects.get(occurrence=slot)
    assert [each.participant for each in Registration.objects.all()] == [added.participant] * 2
    assert somebody.calendar.entries[added.uid] == added.occurrence.starts_at
